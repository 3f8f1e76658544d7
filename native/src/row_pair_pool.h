/**
 * The small buffers of a thread that carries row pairs through several steps: per step the pair that came
 * last, and a few free ones. A pair that is no longer needed is the next one to be written, so that all of
 * them stay in the cache.
 */
#pragma once

#include <array>

#include "row_pairs.h"
#include "strip_grid.h"

namespace gray_scott {

/** Steps that one sweep can carry. */
inline constexpr int MOST_DEPTH = 64;

template <typename Real>
class RowPairPool {
  public:
    /** For `depth` steps over rows of `cells`, in 64-byte aligned memory of `bytes_needed`. */
    RowPairPool(std::byte* memory, int depth, int64_t cells) : pitch_(pitch(cells)), freeCount_(0) {
        Real* buffer = reinterpret_cast<Real*>(memory);
        for (int step = 0; step < depth; ++step, buffer += 4 * pitch_) held_[step] = buffer;
        for (int spare = 0; spare < SPARE; ++spare, buffer += 4 * pitch_) give_back(buffer);
        plain_ = buffer;
    }

    static size_t bytes_needed(int depth, int64_t cells) {
        return ((depth + SPARE + 1) * 4 * pitch(cells) * sizeof(Real) + 4095) / 4096 * 4096;
    }

    Real* take() noexcept { return free_[--freeCount_]; }
    void give_back(Real* buffer) noexcept { free_[freeCount_++] = buffer; }

    /** The pair that came last at a step. */
    Real* held(int step) const noexcept { return held_[step]; }
    /** Holds `newer` instead; the pair before it is still the caller's. */
    void hold(int step, Real* newer) noexcept { held_[step] = newer; }

    TwoRows<Real> rows(Real* buffer) const noexcept {
        return {{buffer, buffer + pitch_}, {buffer + 2 * pitch_, buffer + 3 * pitch_}};
    }
    /** A place for a pair in the order of the grid. */
    TwoRows<Real> plain() const noexcept { return rows(plain_); }

    /** The four rows of two consecutive pairs, to be updated into a third buffer. */
    RowPair<Real> update(Real* older, Real* newer, Real* next) const noexcept {
        const auto [u01, v01] = rows(older);
        const auto [u23, v23] = rows(newer);
        const auto [nextU, nextV] = rows(next);
        return {{u01[0], u01[1], u23[0], u23[1]},
                {v01[0], v01[1], v23[0], v23[1]},
                {nextU[0], nextU[1]},
                {nextV[0], nextV[1]}};
    }

  private:
    /** One entering, one being computed. */
    static constexpr int SPARE = 2;

    /**
     * A load whose address agrees in its low 12 bits with that of a store shortly before makes the processor
     * wait. Twelve rows are walked through at once: where all begin at multiples of 1 KiB, the loads run
     * ahead of every store. Not all at the same place of a page either, or they would share one set of the
     * cache.
     */
    static int64_t pitch(int64_t cells) {
        const size_t bytes = (cells * sizeof(Real) + 1023) / 1024 * 1024;
        return (bytes % 4096 == 0 ? bytes + 1024 : bytes) / sizeof(Real);
    }

    const int64_t pitch_;
    int freeCount_;
    std::array<Real*, MOST_DEPTH> held_;
    std::array<Real*, SPARE> free_;
    Real* plain_;
};

}  // namespace gray_scott

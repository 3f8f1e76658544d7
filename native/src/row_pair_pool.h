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

/** The two rows of a buffer, of both species. */
template <typename Real>
struct TwoRows {
    Real* u[2];
    Real* v[2];
};

template <typename Real>
class RowPairPool {
  public:
    /** For `depth` steps over rows of `cells`, in 64-byte aligned memory of `bytes_needed`. */
    RowPairPool(std::byte* memory, int depth, int64_t cells) : pitch_(pitch(cells)), freeCount_(0) {
        Real* buffer = reinterpret_cast<Real*>(memory);
        for (int step = 0; step < depth; ++step, buffer += 4 * pitch_) held_[step] = buffer;
        for (int spare = 0; spare < SPARE; ++spare, buffer += 4 * pitch_) give_back(buffer);
    }

    static size_t bytes_needed(int depth, int64_t cells) {
        return ((depth + SPARE) * 4 * pitch(cells) * sizeof(Real) + 4095) / 4096 * 4096;
    }

    Real* take() noexcept { return free_[--freeCount_]; }
    void give_back(Real* buffer) noexcept { free_[freeCount_++] = buffer; }

    /** The pair that came last at a step. */
    Real* held(int step) const noexcept { return held_[step]; }
    /** Holds `newer` instead; the pair before it is still the caller's. */
    void hold(int step, Real* newer) noexcept { held_[step] = newer; }

    /** From some cell of each on. */
    TwoRows<Real> rows(Real* buffer, int64_t cell = 0) const noexcept {
        Real* const from = buffer + cell;
        return {{from, from + pitch_}, {from + 2 * pitch_, from + 3 * pitch_}};
    }

  private:
    /** One to be read, one to be written, one that leaves. */
    static constexpr int SPARE = 3;

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
};

}  // namespace gray_scott

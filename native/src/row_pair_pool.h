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
    static constexpr int64_t LINE = StripGrid<Real>::LINE;

    /** For `depth` steps over `cols` columns, in memory of `bytes_needed`. */
    RowPairPool(std::byte* memory, int depth, int64_t cols) : pitch_(pitch(cols)), freeCount_(0) {
        Real* buffer = reinterpret_cast<Real*>(memory) + LINE;
        for (int step = 0; step < depth; ++step, buffer += 4 * pitch_) held_[step] = buffer;
        for (int spare = 0; spare < SPARE; ++spare, buffer += 4 * pitch_) give_back(buffer);
        aside_ = buffer;
    }

    static size_t bytes_needed(int depth, int64_t cols) {
        return ((depth + SPARE + 1) * 4 * pitch(cols) * sizeof(Real) + 4095) / 4096 * 4096;
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

    /** The four rows of two consecutive pairs from column `col` on, to be updated. */
    RowPair<Real> update(const Real* older, const Real* newer, int64_t col) const noexcept {
        RowPair<Real> pair{};
        for (int row = 0; row < 4; ++row) {
            const Real* cells = (row < 2 ? older : newer) + (row % 2) * pitch_ + col;
            pair.u[row] = cells;
            pair.v[row] = cells + 2 * pitch_;
        }
        return pair;
    }

    /** A place for rows that nobody needs. */
    Real* aside() const noexcept { return aside_; }

  private:
    /** One entering, one being computed, one leaving. */
    static constexpr int SPARE = 3;

    /** A line is read before and after the columns; lines are written whole. */
    static int64_t pitch(int64_t cols) { return StripGrid<Real>::padded(cols) + 2 * LINE; }

    const int64_t pitch_;
    int freeCount_;
    std::array<Real*, MOST_DEPTH> held_;
    std::array<Real*, MOST_DEPTH + SPARE> free_;
    Real* aside_;
};

}  // namespace gray_scott

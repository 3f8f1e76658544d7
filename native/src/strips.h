/**
 * How `champion` cuts a grid into strips of columns that lean.
 *
 * In a sweep that leans west, each step of a strip lies one column further to the west than the step before,
 * as far as the sweep is deep: what a step needs to the east is then in its own strip, and what it needs to
 * the west was computed by the strip before. In one that leans east it is the other way about. A state is
 * stored in the strips in which a sweep left it, so that the next one, which leans back, finds its rows
 * sorted.
 */
#pragma once

#include "pair_kernels.h"

namespace gray_scott {

inline constexpr int64_t LINE_BYTES = 64;

struct Strips {
    /** Most steps of a sweep. */
    int depth;
    int64_t count;
    /** A row of a strip, in lanes. */
    int64_t lanes, segment;
    /**
     * The first strip begins this many columns to the west of the grid, and at most `depth` more: with the
     * periodic boundary a copy of the eastern end, which loses one column a step, lies there.
     */
    int64_t offset;

    int64_t cells() const noexcept { return lanes * segment; }
    /** Where in a strip's row a column of it is stored. */
    int64_t place_of(int64_t col) const noexcept { return col % segment * lanes + col / segment; }
};

/** Where a column of a line of all strips is stored: found once, then counted on. */
class Place {
  public:
    int64_t strip;

    Place(const Strips& strips, int64_t col)
        : strip(col / strips.cells()),
          strips_(&strips),
          lane_(col % strips.cells() / strips.segment),
          position_(col % strips.segment) {}

    /** In the strip's row. */
    int64_t cell() const noexcept { return position_ * strips_->lanes + lane_; }

    /** To the next column. */
    void go_on() noexcept {
        if (++position_ < strips_->segment) return;
        position_ = 0;
        if (++lane_ < strips_->lanes) return;
        lane_ = 0;
        ++strip;
    }

  private:
    const Strips* strips_;
    int64_t lane_, position_;
};

template <typename Real>
Strips strips_of(const Job& job) {
    Strips strips{};
    strips.depth = int(job.integer("depth"));
    strips.lanes = pair_kernels_of<Real>(job).lanes;
    const bool periodic = job.boundary == Boundary::periodic;
    strips.offset = periodic ? strips.depth : 0;
    // To the west, to lean, and to the east.
    const int64_t cols = job.cols + strips.depth * (periodic ? 3 : 1);
    // `strip` counts columns of f32: what matters is the room that they take in the cache.
    const int64_t wide =
        std::max<int64_t>(1, job.integer("strip") * int64_t(sizeof(float)) / int64_t(sizeof(Real)));
    strips.count = std::max<int64_t>(1, (cols + wide / 2) / wide);
    // In whole cache lines, and no shorter than what a row is completed with.
    const int64_t inLine = std::max<int64_t>(1, LINE_BYTES / int64_t(sizeof(Real)) / strips.lanes);
    const int64_t unit = strips.count * strips.lanes * inLine;
    strips.segment = std::max(BEYOND, (cols + unit - 1) / unit * inLine);
    return strips;
}

}  // namespace gray_scott

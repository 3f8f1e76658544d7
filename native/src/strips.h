/** How `champion` cuts a grid into strips of columns. */
#pragma once

#include "pair_kernels.h"
#include "strip_grid.h"

namespace gray_scott {

struct Strips {
    /** Most steps of a sweep: what a strip is wider than its columns, at each side. */
    int depth;
    /** Columns that come out of a strip, in whole cache lines; the last one begins where it still fits. */
    int64_t cols;
    /** A row of a strip with its margins, in lanes. */
    int64_t lanes, segment;

    int64_t cells() const noexcept { return lanes * segment; }
};

/**
 * As many strips as the job's `strip`, the width with both margins, makes necessary, or one less where an
 * eighth more does without it; all of one width.
 */
template <typename Real>
Strips strips_of(const Job& job) {
    constexpr int64_t LINE = StripGrid<Real>::LINE;
    Strips strips{};
    strips.depth = int(job.integer("depth"));
    // `strip` counts columns of f32: what matters is the room that they take in the cache.
    const int64_t wide = job.integer("strip") * int64_t(sizeof(float)) / int64_t(sizeof(Real));
    const int64_t most = (wide - 2 * strips.depth) / LINE * LINE;
    const int64_t cols = StripGrid<Real>::padded(job.cols);
    const int64_t widest = std::max(LINE, most + most / 8);
    const int64_t count = (cols + widest - 1) / widest;
    strips.cols = StripGrid<Real>::padded((cols + count - 1) / count);
    strips.lanes = pair_kernels_of<Real>(job).lanes;
    strips.segment =
        std::max(strips.lanes, (strips.cols + 2 * strips.depth + strips.lanes - 1) / strips.lanes);
    return strips;
}

}  // namespace gray_scott

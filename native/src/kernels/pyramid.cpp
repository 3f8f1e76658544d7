/**
 * Teaches: compute several steps while the data is in cache. A fast loop on a large grid waits for memory,
 * which is read and written once per step. Here the grid is cut into tiles of `blockRows` × `blockCols`, and
 * each tile is carried `depth` steps ahead in two small buffers before the next tile is looked at: memory is
 * read and written once in `depth` steps.
 *
 * A cell after one step depends on its neighbours before it, so after `depth` steps on everything within
 * `depth` cells. The first step therefore computes a margin of `depth` − 1 cells around the tile, the next
 * one a cell less on every side, the last one the tile alone: drawn over time, a pyramid cut off at the top.
 * Neighbouring tiles compute the margins that they share twice. That is the price: with R rows, C columns and
 * depth D about (D − 1) × (1/R + 1/C) of the work is done again. It pays only where memory was the limit and
 * both buffers stay in cache. Rows are updated as in `simd`.
 */
#include "../pyramid_tile.h"

namespace gray_scott {
namespace {

template <typename Real>
class Pyramid final : public Kernel {
  public:
    explicit Pyramid(const Job& job)
        : grid_(job),
          blocks_(job, PyramidTile<Real>::LINE),
          depth_(job.integer("depth")),
          memory_(PyramidTile<Real>::bytes_needed(job, blocks_)),
          tile_(job, blocks_, memory_.data()) {}

    static size_t bytes_needed(const Job& job) {
        return HaloGrid<Real>::bytes_needed(job) +
               PyramidTile<Real>::bytes_needed(job, Blocks(job, PyramidTile<Real>::LINE));
    }

    void prepare(Member& me) noexcept override {
        grid_.fill(band_of(me, grid_.rows()));
        tile_.fill();
    }
    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(state_, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

    void advance(int64_t steps, Member& me) noexcept override {
        while (steps > 0) {
            // What is left at the end may be less than a whole pyramid.
            const int64_t depth = std::min(depth_, steps);
            for (int64_t number = 0; number < blocks_.count(); ++number) {
                climb(blocks_.at(number), depth, me);
                if (me.cancelled()) return;
            }
            state_ = 1 - state_;
            steps -= depth;
        }
    }

  private:
    void climb(const Block& block, int64_t depth, const Member& me) noexcept {
        tile_.enter(grid_, state_, block, depth, me);
        for (int64_t margin = depth - 1; margin > 0; --margin) tile_.shrink_to(margin, me);
        tile_.leave(grid_, state_, me);
    }

    HaloGrid<Real> grid_;
    const Blocks blocks_;
    const int64_t depth_;
    const PageMemory memory_;
    PyramidTile<Real> tile_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

size_t bytes_needed(const Job& job) {
    return job.precision == Precision::f32 ? Pyramid<float>::bytes_needed(job)
                                           : Pyramid<double>::bytes_needed(job);
}

}  // namespace

extern const KernelEntry pyramid;
const KernelEntry pyramid = {"pyramid", ROW_KERNEL_ISAS, bytes_needed, make_kernel<Pyramid>};

}  // namespace gray_scott

/**
 * Teaches: sharing the grid in blocks that are handed out, instead of one band of rows a thread for good.
 *
 * The grid is cut into blocks of `blockRows` × `blockCols`, and a counter says which one comes next; whoever
 * has finished a block takes the next. A thread that is slowed down, by another program or on a slower core,
 * then simply takes fewer, where in bands all the others would wait for it. A narrow block is also updated
 * from rows that are still in the nearest cache. It costs one shared counter, a call per piece of a row, and
 * knowing who works where: the memory that a thread touched first may be updated by another. Blocks that are
 * too small spend their time at the counter, blocks that are too large leave threads without work, and a
 * width that is no multiple of a cache line lets two threads write the same line.
 */
#include <atomic>

#include "../row_kernels.h"

namespace gray_scott {
namespace {

template <typename Real>
class ThreadsBlocks final : public Kernel {
  public:
    explicit ThreadsBlocks(const Job& job)
        : grid_(job),
          blocks_(job),
          constants_(constants_of<Real>(job)),
          update_rows_(rows_of<Real>(GS_PICK_ROW_KERNEL(autovec, job.isa))) {}

    void prepare(Member& me) noexcept override { grid_.fill(band_of(me, grid_.rows())); }

    /** Runs on every thread of the team at once. */
    void advance(int64_t steps, Member& me) noexcept override {
        int state = state_;
        for (int64_t step = 0; step < steps; ++step) {
            Counter& taken = taken_[step % 2];
            update(state, taken, me);
            state = 1 - state;
            if (!me.meet()) return;
            // Everybody counts with the other one by now, and meets again before this one's next turn.
            if (me.rank == 0) taken.value.store(0, std::memory_order_relaxed);
        }
        if (me.rank == 0) state_ = state;
    }

    void load(Rows rows, const void* u, const void* v) noexcept override {
        grid_.load(state_, rows, u, v);
        // A cancelled step leaves them anywhere.
        for (Counter& counter : taken_) counter.value = 0;
    }

    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

  private:
    /** Blocks already handed out in a step; alone on its cache line, since all threads write it. */
    struct alignas(64) Counter {
        std::atomic<int64_t> value = 0;
    };

    void update(int state, Counter& taken, const Member& me) noexcept {
        while (!me.cancelled()) {
            // What the blocks hold is ordered by the meeting, not by the counter.
            const int64_t number = taken.value.fetch_add(1, std::memory_order_relaxed);
            if (number >= blocks_.count()) return;
            const Block block = blocks_.at(number);
            update_rows_(grid_.block_band(state, block), constants_);
            grid_.refresh_block_halo(1 - state, block);
        }
    }

    HaloGrid<Real> grid_;
    const Blocks blocks_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real> update_rows_;
    /** Steps take turns with them. */
    Counter taken_[2];
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

}  // namespace

extern const KernelEntry threads_blocks;
const KernelEntry threads_blocks = {"threads_blocks", ROW_KERNEL_ISAS, halo_bytes,
                                    make_kernel<ThreadsBlocks>};

}  // namespace gray_scott

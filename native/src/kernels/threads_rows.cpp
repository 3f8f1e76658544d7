/**
 * Teaches: several processors on one grid. Every thread has a band of rows of its own and computes it with
 * the row kernel of `autovec`; nothing is shared but the rows at the seams, which are only read.
 *
 * The team is started once and kept: creating threads at every step would cost more than a small step does.
 * In a step nobody waits, because everybody reads the old state and writes the new one; at its end all meet
 * once, because a band's neighbours must be complete before it goes on. Each thread is also the first to
 * write the memory of its band, so that a machine with several memory banks puts it near that thread. It
 * costs the meeting, which a small grid feels, and the threads share one memory, which a large grid feels.
 *
 * To see how near to that memory's limit they come, the rows of `simd` can be put in the place of those of
 * `autovec`, with stores past the caches: an ordinary store reads a line before it writes it, for nothing.
 */
#include "../row_kernels.h"

namespace gray_scott {
namespace {

template <typename Real>
class ThreadsRows final : public Kernel {
  public:
    explicit ThreadsRows(const Job& job)
        : grid_(job),
          constants_(constants_of<Real>(job)),
          update_rows_(rows_of<Real>(job.word("rows") == "autovec"
                                         ? GS_PICK_ROW_KERNEL(autovec, job.isa)
                                         : GS_PICK_ROW_KERNEL(simd_streaming, job.isa))) {}

    /** First touch: on every thread, for the rows that it will own. */
    void prepare(Member& me) noexcept override { grid_.fill(band_of(me, grid_.rows())); }

    /** Runs on every thread of the team at once. */
    void advance(int64_t steps, Member& me) noexcept override {
        const Rows band = band_of(me, grid_.rows());
        int state = state_;
        for (int64_t step = 0; step < steps; ++step) {
            update(state, band, me);
            state = 1 - state;
            grid_.refresh_halo(state, band);
            if (!me.meet()) return;
        }
        if (me.rank == 0) state_ = state;
    }

    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(state_, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

  private:
    /** In pieces, so that a cancelled run ends soon even in the middle of a large step. */
    void update(int state, Rows band, const Member& me) noexcept {
        const int64_t rowsPerCheck = grid_.rows_per_check();
        for (int64_t row = band.begin; row < band.end && !me.cancelled(); row += rowsPerCheck) {
            update_rows_(grid_.band(state, {row, std::min(band.end, row + rowsPerCheck)}), constants_);
        }
    }

    HaloGrid<Real> grid_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real> update_rows_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

}  // namespace

extern const KernelEntry threads_rows;
const KernelEntry threads_rows = {"threads_rows", ROW_KERNEL_ISAS, halo_bytes, make_kernel<ThreadsRows>};

}  // namespace gray_scott

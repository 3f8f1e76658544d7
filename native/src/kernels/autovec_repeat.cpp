/**
 * Teaches: what a small difference looks like when its size is known beforehand.
 *
 * The rows of `autovec`, but of every `every` rows the last is computed a second time, with the same
 * result. 32 makes it 1 row in 32: 33 rows of work instead of 32, so 3.1 % slower, as long as the row comes
 * out of a cache. 0 repeats none. The number is read when the kernel runs, so that both are the same machine
 * code: another arrangement of it may cost or gain as much as the difference that is looked for.
 */
#include "../row_kernels.h"

namespace gray_scott {
namespace {

template <typename Real>
class AutovecRepeat final : public Kernel {
  public:
    explicit AutovecRepeat(const Job& job)
        : grid_(job),
          every_(job.integer("every")),
          constants_(constants_of<Real>(job)),
          update_rows_(rows_of<Real>(GS_PICK_ROW_KERNEL(autovec, job.isa))) {}

    void prepare(Member& me) noexcept override { grid_.fill(band_of(me, grid_.rows())); }
    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(state_, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

    void advance(int64_t steps, Member& me) noexcept override {
        const int64_t rows = grid_.rows();
        const int64_t rowsPerCheck = grid_.rows_per_check();
        for (int64_t step = 0; step < steps; ++step) {
            for (int64_t row = 0; row < rows; ++row) {
                if (row % rowsPerCheck == 0 && me.cancelled()) return;
                const bool again = every_ > 0 && row % every_ == every_ - 1;
                for (int time = again ? 0 : 1; time < 2; ++time) {
                    update_rows_(grid_.band(state_, {row, row + 1}), constants_);
                }
            }
            state_ = 1 - state_;
            grid_.refresh_halo(state_, {0, rows});
        }
    }

  private:
    HaloGrid<Real> grid_;
    const int64_t every_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real> update_rows_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

}  // namespace

extern const KernelEntry autovec_repeat;
const KernelEntry autovec_repeat = {"autovec_repeat", ROW_KERNEL_ISAS, halo_bytes,
                                    make_kernel<AutovecRepeat>};

}  // namespace gray_scott

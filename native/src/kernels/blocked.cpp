/**
 * Teaches: keep the neighbours in cache until they are needed again. Every row is read three times in a step,
 * as the south, the middle and the north of a window; it comes from memory only once if it is still in cache
 * the second and third time.
 *
 * The grid is cut into blocks of `blockRows` × `blockCols`, one finished before the next begins, so that what
 * must stay in cache are three rows of a block instead of three rows of the grid: with 512 columns of f32,
 * 12 KB for both species, which the first level holds whatever the width of the grid. The rows themselves are
 * updated as in `autovec`. It costs shorter rows, each with a start and an end, and cache lines at the seams
 * that both neighbours read. It gains only where three whole rows do not fit: the second level of recent
 * processors holds those of very wide grids, and then there is nothing left to win.
 */
#include "../row_kernels.h"

namespace gray_scott {
namespace {

template <typename Real>
class Blocked final : public Kernel {
  public:
    explicit Blocked(const Job& job)
        : grid_(job),
          blocks_(job),
          constants_(constants_of<Real>(job)),
          update_rows_(rows_of<Real>(GS_PICK_ROW_KERNEL(autovec, job.isa))) {}

    void prepare(Member& me) noexcept override { grid_.fill(band_of(me, grid_.rows())); }
    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(state_, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

    void advance(int64_t steps, Member& me) noexcept override {
        for (int64_t step = 0; step < steps; ++step) {
            for (int64_t number = 0; number < blocks_.count(); ++number) {
                if (me.cancelled()) return;
                update_rows_(grid_.block_band(state_, blocks_.at(number)), constants_);
            }
            state_ = 1 - state_;
            grid_.refresh_halo(state_, {0, grid_.rows()});
        }
    }

  private:
    HaloGrid<Real> grid_;
    const Blocks blocks_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real> update_rows_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

}  // namespace

extern const KernelEntry blocked;
const KernelEntry blocked = {"blocked", ROW_KERNEL_ISAS, halo_bytes, make_kernel<Blocked>};

}  // namespace gray_scott

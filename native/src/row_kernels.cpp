#include "row_kernels.h"

#include <stdexcept>

namespace gray_scott {

namespace {

/** A row kernel over the whole grid on one thread. */
template <typename Real, typename Stored = Real>
class SerialRows final : public Kernel {
  public:
    SerialRows(const Job& job, UpdateRows<Real, Stored> update)
        : grid_(job), constants_(constants_of<Real>(job)), update_(update) {}

    void prepare(Member& me) noexcept override { grid_.fill(band_of(me, grid_.rows())); }
    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(state_, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

    void advance(int64_t steps, Member& me) noexcept override {
        const int64_t rows = grid_.rows();
        const int64_t rowsPerCheck = grid_.rows_per_check();
        for (int64_t step = 0; step < steps; ++step) {
            for (int64_t row = 0; row < rows; row += rowsPerCheck) {
                if (me.cancelled()) return;
                update_(grid_.band(state_, {row, std::min(rows, row + rowsPerCheck)}), constants_);
            }
            state_ = 1 - state_;
            grid_.refresh_halo(state_, {0, rows});
        }
    }

  private:
    HaloGrid<Real, Stored> grid_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real, Stored> update_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

/** Two passes over the whole grid on one thread; the grid's second state holds the Laplacian of the first. */
template <typename Real>
class SerialTwoPass final : public Kernel {
  public:
    explicit SerialTwoPass(const Job& job)
        : grid_(job),
          constants_(constants_of<Real>(job)),
          laplacian_(rows_of<Real>(GS_PICK_ROW_KERNEL(laplacian_only, job.isa))),
          update_(rows_of<Real>(GS_PICK_ROW_KERNEL(update_from_laplacian, job.isa))) {}

    void prepare(Member& me) noexcept override { grid_.fill(band_of(me, grid_.rows())); }
    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(STATE, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(STATE, rows, u, v); }

    void advance(int64_t steps, Member& me) noexcept override {
        for (int64_t step = 0; step < steps; ++step) {
            pass(laplacian_, STATE, me);
            pass(update_, LAPLACIAN, me);
            if (me.cancelled()) return;
            grid_.refresh_halo(STATE, {0, grid_.rows()});
        }
    }

  private:
    static constexpr int STATE = 0, LAPLACIAN = 1;

    void pass(UpdateRows<Real> rowsOf, int from, const Member& me) noexcept {
        const int64_t rows = grid_.rows();
        const int64_t rowsPerCheck = grid_.rows_per_check();
        for (int64_t row = 0; row < rows && !me.cancelled(); row += rowsPerCheck) {
            rowsOf(grid_.band(from, {row, std::min(rows, row + rowsPerCheck)}), constants_);
        }
    }

    HaloGrid<Real> grid_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real> laplacian_, update_;
};

std::unique_ptr<Kernel> make_serial(const Job& job, const RowKernel& rowKernel) {
    if (job.precision == Precision::f32) return std::make_unique<SerialRows<float>>(job, rowKernel.f32);
    return std::make_unique<SerialRows<double>>(job, rowKernel.f64);
}

const RowKernel& autovec_rows(const Job& job) {
    const std::string& flags = job.word("flags");
    const RowKernel& optimised = GS_PICK_ROW_KERNEL(autovec, job.isa);
    if (flags == "native") return optimised;
    if (job.isa != ROW_KERNEL_ISAS[0]) throw std::out_of_range(flags + " is compiled for the baseline only");
    if (flags == "O0") return autovec_O0;
    if (flags == "O1") return autovec_O1;
    if (flags == "O2") return autovec_O2;
    if (flags == "O3") return optimised;
    throw std::out_of_range("flags is " + flags);
}

const RowKernel& simd_fma_rows(const Job& job) {
    const std::string& chains = job.word("chains");
    if (chains == "1") return GS_PICK_ROW_KERNEL(simd_fma_1, job.isa);
    if (chains == "2") return GS_PICK_ROW_KERNEL(simd_fma_2, job.isa);
    if (chains == "4") return GS_PICK_ROW_KERNEL(simd_fma_4, job.isa);
    if (chains == "8") return GS_PICK_ROW_KERNEL(simd_fma_8, job.isa);
    throw std::out_of_range("chains is " + chains);
}

}  // namespace

extern const KernelEntry laplacian_pass;
const KernelEntry laplacian_pass = {"laplacian_pass", ROW_KERNEL_ISAS, halo_bytes,
                                    make_kernel<SerialTwoPass>};

extern const KernelEntry autovec;
const KernelEntry autovec = {"autovec", ROW_KERNEL_ISAS, halo_bytes,
                             [](const Job& job) { return make_serial(job, autovec_rows(job)); }};

extern const KernelEntry simd;
const KernelEntry simd = {"simd", ROW_KERNEL_ISAS, halo_bytes,
                          [](const Job& job) { return make_serial(job, GS_PICK_ROW_KERNEL(simd, job.isa)); }};

extern const KernelEntry simd_fma;
const KernelEntry simd_fma = {"simd_fma", ROW_KERNEL_ISAS, halo_bytes,
                              [](const Job& job) { return make_serial(job, simd_fma_rows(job)); }};

extern const KernelEntry half_storage;
const KernelEntry half_storage = {"half_storage", ROW_KERNEL_ISAS, HaloGrid<float, Half>::bytes_needed,
                                  [](const Job& job) -> std::unique_ptr<Kernel> {
                                      return std::make_unique<SerialRows<float, Half>>(
                                          job, GS_PICK_ROW_KERNEL(half_storage, job.isa).f32);
                                  }};

#if defined(GS_FORTRAN)
extern const KernelEntry fortran;
const KernelEntry fortran = {"fortran", ROW_KERNEL_ISAS, halo_bytes, [](const Job& job) {
                                 return make_serial(job, GS_PICK_ROW_KERNEL(fortran, job.isa));
                             }};
#endif

}  // namespace gray_scott

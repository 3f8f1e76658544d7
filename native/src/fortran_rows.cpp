/** Row kernels out of kernels/fortran.f90, where a Fortran compiler was found. */
#include "row_kernels.h"

namespace gray_scott {

namespace {

/** Arrays begin at the halo's corner, above and to the left of the first cell to update. */
template <typename Real>
using FortranRows = void(const Real* u, const Real* v, Real* nextU, Real* nextV, int64_t stride, int64_t cols,
                         int64_t rows, Real a, Real b, Real diffusionU, Real diffusionV, Real feed, Real kill,
                         Real dt);

template <typename Real, FortranRows<Real> rows>
void update_rows(const RowBand<Real>& band, const StepConstants<Real>& c) {
    const int64_t corner = (band.rowBegin - 1) * band.stride - 1;
    rows(band.u + corner, band.v + corner, band.nextU + corner, band.nextV + corner, band.stride, band.cols,
         band.rowEnd - band.rowBegin, c.a, c.b, c.diffusionU, c.diffusionV, c.feed, c.kill, c.dt);
}

}  // namespace

#define GS_FORTRAN_ROWS(isa)                                                \
    extern "C" FortranRows<float> fortran_f32_##isa;                        \
    extern "C" FortranRows<double> fortran_f64_##isa;                       \
    const RowKernel fortran_##isa = {update_rows<float, fortran_f32_##isa>, \
                                     update_rows<double, fortran_f64_##isa>};

#if defined(__x86_64__) || defined(_M_X64)
GS_FORTRAN_ROWS(baseline)
GS_FORTRAN_ROWS(avx2)
GS_FORTRAN_ROWS(avx512)
#elif defined(__aarch64__) || defined(_M_ARM64)
GS_FORTRAN_ROWS(neon)
#else
GS_FORTRAN_ROWS(baseline)
#endif

}  // namespace gray_scott

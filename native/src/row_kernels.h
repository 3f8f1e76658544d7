/**
 * Row kernels by instruction set, and the plumbing that makes a whole kernel of one. A row kernel's own file
 * is compiled once per instruction set and knows nothing but its rows; what surrounds it is compiled once,
 * here.
 */
#pragma once

#include "halo_grid.h"
#include "kernel.h"

namespace gray_scott {

#if defined(__x86_64__) || defined(_M_X64)
inline constexpr Isa ROW_KERNEL_ISAS[] = {Isa::baseline, Isa::avx2, Isa::avx512};
#define GS_DECLARE_FOR_ISAS(type, name) extern const type name##_baseline, name##_avx2, name##_avx512;
#define GS_PICK_ROW_KERNEL(name, isa) \
    ((isa) == Isa::avx512 ? name##_avx512 : (isa) == Isa::avx2 ? name##_avx2 : name##_baseline)
#elif defined(__aarch64__) || defined(_M_ARM64)
inline constexpr Isa ROW_KERNEL_ISAS[] = {Isa::neon};
#define GS_DECLARE_FOR_ISAS(type, name) extern const type name##_neon;
#define GS_PICK_ROW_KERNEL(name, isa) (name##_neon)
#else
inline constexpr Isa ROW_KERNEL_ISAS[] = {Isa::baseline};
#define GS_DECLARE_FOR_ISAS(type, name) extern const type name##_baseline;
#define GS_PICK_ROW_KERNEL(name, isa) (name##_baseline)
#endif

GS_DECLARE_FOR_ISAS(RowKernel, autovec)
// At lower levels of optimisation, for the first of ROW_KERNEL_ISAS only.
extern const RowKernel autovec_O0, autovec_O1, autovec_O2;
GS_DECLARE_FOR_ISAS(RowKernel, laplacian_only)
GS_DECLARE_FOR_ISAS(RowKernel, update_from_laplacian)
GS_DECLARE_FOR_ISAS(RowKernel, simd)
GS_DECLARE_FOR_ISAS(RowKernel, simd_streaming)
GS_DECLARE_FOR_ISAS(RowKernel, simd_lanes)
GS_DECLARE_FOR_ISAS(RowKernel, simd_fma_1)
GS_DECLARE_FOR_ISAS(RowKernel, simd_fma_2)
GS_DECLARE_FOR_ISAS(RowKernel, simd_fma_4)
GS_DECLARE_FOR_ISAS(RowKernel, simd_fma_8)
GS_DECLARE_FOR_ISAS(HalfRowKernel, half_storage)
// Where a Fortran compiler was found (GS_FORTRAN).
GS_DECLARE_FOR_ISAS(RowKernel, fortran)

/** What a kernel on a `HaloGrid` allocates. */
inline size_t halo_bytes(const Job& job) {
    return job.precision == Precision::f32 ? HaloGrid<float>::bytes_needed(job)
                                           : HaloGrid<double>::bytes_needed(job);
}

/** The rows of `kernel` in precision `Real`. */
template <typename Real>
UpdateRows<Real> rows_of(const RowKernel& kernel) {
    if constexpr (sizeof(Real) == sizeof(float)) {
        return kernel.f32;
    } else {
        return kernel.f64;
    }
}

}  // namespace gray_scott

/** Row-pair kernels by instruction set, and the constants that they take. See row_pairs.h. */
#pragma once

#include "row_kernels.h"
#include "row_pairs.h"
#include "strip_grid.h"

namespace gray_scott {

#if defined(__x86_64__) || defined(_M_X64)
extern const PairKernel champion_rows_baseline, champion_rows_avx2, champion_rows_avx512;
#elif defined(__aarch64__) || defined(_M_ARM64)
extern const PairKernel champion_rows_neon;
#else
extern const PairKernel champion_rows_baseline;
#endif

/** Those for the job's precision, instruction set and weights. */
template <typename Real>
PairKernels<Real> pair_kernels_of(const Job& job) {
    const PairKernel& kernel = GS_PICK_ROW_KERNEL(champion_rows, job.isa);
    const int equal = job.constants.a == job.constants.b ? 1 : 0;
    if constexpr (sizeof(Real) == sizeof(float)) {
        return kernel.f32[equal];
    } else {
        return kernel.f64[equal];
    }
}

/** The step's constants, combined in f64 before they are rounded. */
template <typename Real>
PairConstants<Real> pair_constants_of(const Job& job) {
    const StepConstants<double>& c = job.constants;
    PairConstants<Real> combined{};
    combined.edgesU = Real(c.dt * c.diffusionU * c.a);
    combined.cornersU = Real(c.dt * c.diffusionU * c.b);
    combined.edgesV = Real(c.dt * c.diffusionV * c.a);
    combined.cornersV = Real(c.dt * c.diffusionV * c.b);
    combined.feed = Real(c.dt * c.feed);
    combined.dt = Real(c.dt);
    combined.centreU = Real(1 - c.dt * c.feed);
    combined.centreV = Real(1 - c.dt * (c.feed + c.kill));
    return combined;
}

/** Columns of a strip: whole cache lines, and no more than the grid has. */
template <typename Real>
int64_t strip_of(const Job& job) {
    const int64_t wanted = StripGrid<Real>::padded(job.integer("strip"));
    return std::min(wanted, StripGrid<Real>::padded(job.cols));
}

}  // namespace gray_scott

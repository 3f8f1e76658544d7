/**
 * What `champion`'s inner loop is given: two rows to compute at once, out of the four that they need.
 * Compiled once per instruction set like the row kernels, so data only (see rows.h).
 */
#pragma once

#include <stdint.h>

namespace gray_scott {

/** One step with its constants combined, so that a whole update is sums and fused products. */
template <typename Real>
struct PairConstants {
    /** dt × diffusion × stencil weight of the edge and of the corner neighbours. */
    Real edgesU, cornersU, edgesV, cornersV;
    /** What feed and decay leave of the cell itself. */
    Real centreU, centreV;
    Real feed, dt;
};

/**
 * Rows 0 … 3 of the old state, of which 1 and 2 are updated. Reads one vector of cells (64 bytes) before
 * column 0 and after the last one; writes whole vectors. `next` is 64-byte aligned, the old rows need not be.
 */
template <typename Real>
struct RowPair {
    const Real* u[4];
    const Real* v[4];
    Real* nextU[2];
    Real* nextV[2];
};

template <typename Real>
using UpdatePair = void (*)(const RowPair<Real>&, int64_t cols, const PairConstants<Real>&);

template <typename Real>
struct PairKernels {
    /** Into memory that is read again soon. */
    UpdatePair<Real> keep;
    /** Past the caches, for memory that is not: what is written need not be read first. */
    UpdatePair<Real> stream;
};

/** One row-pair kernel as compiled for one instruction set; by whether all eight weights are equal. */
struct PairKernel {
    PairKernels<float> f32[2];
    PairKernels<double> f64[2];
    /** Makes streamed rows visible to other threads. */
    void (*fence)();
};

}  // namespace gray_scott

/**
 * What `champion`'s inner loops are given: two rows to compute at once, out of the four that they need, in an
 * order of the cells of their own. Compiled once per instruction set like the row kernels, so data only (see
 * rows.h).
 *
 * A row of LANES × `segment` cells is cut into one segment per lane: column `segment` × lane + position is
 * stored at position × LANES + lane. To be sorted, a row has at least LANES cells in each segment.
 */
#pragma once

#include <stdint.h>

namespace gray_scott {

/** One step with its constants combined, so that a whole update is sums and fused products. */
template <typename Real>
struct PairConstants {
    /** dt × diffusion × stencil weight of the edge neighbours. */
    Real edgesU, edgesV;
    /** Weight of a corner neighbour in units of that of an edge neighbour. */
    Real corner;
    /** What feed, decay and the eight neighbours leave of the cell itself. */
    Real centreU, centreV;
    Real feed, dt;
};

/** Rows 0 … 3 of the old state, of which 1 and 2 are updated, all 64-byte aligned. */
template <typename Real>
struct RowPair {
    const Real* u[4];
    const Real* v[4];
    Real* nextU[2];
    Real* nextV[2];
};

/**
 * One step of two rows. The first column takes its west neighbour from somewhere in the row and the last one
 * its east neighbour: rows are wider than what is wanted of them.
 */
template <typename Real>
using UpdatePair = void (*)(const RowPair<Real>&, int64_t segment, const PairConstants<Real>&);

/** Sorts a row at any address into lanes. */
template <typename Real>
using SortIn = void (*)(const Real* row, Real* lanes, int64_t segment);

/** And back. */
template <typename Real>
using SortOut = void (*)(const Real* lanes, Real* row, int64_t segment);

/** Copies whole cache lines, from any address to the beginning of one. */
template <typename Real>
using CopyLines = void (*)(const Real* from, Real* to, int64_t cols);

template <typename Real>
struct PairKernels {
    int64_t lanes;
    /** By whether all eight weights are equal, then by whether dt is 1. */
    UpdatePair<Real> update[2][2];
    SortIn<Real> sortIn;
    SortOut<Real> sortOut;
    /** Into memory that is read again soon. */
    CopyLines<Real> copy;
    /** Past the caches, for memory that is not: what is written need not be read first. */
    CopyLines<Real> stream;
};

/** The row-pair kernels as compiled for one instruction set. */
struct PairKernel {
    PairKernels<float> f32;
    PairKernels<double> f64;
    /** Makes streamed rows visible to other threads. */
    void (*fence)();
};

}  // namespace gray_scott

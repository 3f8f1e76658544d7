/**
 * What `champion`'s inner loops are given: two rows to compute at once, out of the four that they need, in an
 * order of the cells of their own. Compiled once per instruction set like the row kernels, so data only (see
 * rows.h).
 *
 * A row of LANES × `segment` cells is cut into one segment per lane: column `segment` × lane + position is
 * stored at position × LANES + lane.
 */
#pragma once

#include <stdint.h>

namespace gray_scott {

/** Columns that a strip's row is completed with: to lean by one a step, and for the neighbour of the last
 * one. */
inline constexpr int64_t BEYOND = 2;

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

/**
 * Rows 0 … 3 of the old state, of which 1 and 2 are updated: from the vector to the west of the first one
 * that is wanted to the one to the east of the last. All are aligned to vectors.
 */
template <typename Real>
struct RowPair {
    const Real* u[4];
    const Real* v[4];
    Real* nextU[2];
    Real* nextV[2];
};

/** One step of `segment` vectors of two rows. */
template <typename Real>
using UpdatePair = void (*)(const RowPair<Real>&, int64_t segment, const PairConstants<Real>&);

/**
 * Completes a row of `segment` vectors (at least `BEYOND`) with as many as a strip may lean in one step: each
 * lane goes on in the segment of the next one, the last lane in the strip beside it, of which `edge` has the
 * `BEYOND` nearest columns. In exchange `edge` gets those of this row that the next strip will ask for.
 */
template <typename Real>
using JoinLanes = void (*)(Real* row, int64_t segment, Real* edge);

/** Sorts a row at any address into lanes. */
template <typename Real>
using SortIn = void (*)(const Real* row, Real* lanes, int64_t segment);

/** And back. */
template <typename Real>
using SortOut = void (*)(const Real* lanes, Real* row, int64_t segment);

/** Copies whole vectors that are aligned as such. */
template <typename Real>
using CopyVectors = void (*)(const Real* from, Real* to, int64_t cells);

template <typename Real>
struct PairKernels {
    int64_t lanes;
    /** By whether all eight weights are equal, then by whether dt is 1. */
    UpdatePair<Real> update[2][2];
    /** To the west of a row whose vectors follow, and to the east of one that begins here. */
    JoinLanes<Real> joinWest, joinEast;
    SortIn<Real> sortIn;
    SortOut<Real> sortOut;
    /** Into memory that is read again soon. */
    CopyVectors<Real> copy;
    /** Past the caches, for memory that is not: what is written need not be read first. */
    CopyVectors<Real> stream;
};

/** The row-pair kernels as compiled for one instruction set. */
struct PairKernel {
    PairKernels<float> f32;
    PairKernels<double> f64;
    /** Makes streamed rows visible to other threads. */
    void (*fence)();
};

}  // namespace gray_scott

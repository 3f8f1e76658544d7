/**
 * Teaches: what a second walk through memory costs. The formula is cut in two, as one would write it on the
 * blackboard: first the Laplacian of both species on the whole grid, into two planes of its own, then the
 * update, which needs no neighbour any more.
 *
 * Each loop is short, free of branches and easy for the compiler to vectorise, and since the update looks at
 * one place only, it can overwrite u and v where they stand: no second state is needed. That is why it is far
 * faster than the tested window, and many array languages can say nothing else. It costs traffic. The
 * Laplacian is written, and by the time it is read back a large grid has pushed it out of the cache; 10
 * values per cell go through memory where a fused loop moves 4. The next rung fuses the two passes.
 */
#include "../rows.h"

namespace gray_scott {
namespace {

template <typename Real>
void laplacian_of_row(const Real* __restrict north, const Real* __restrict row, const Real* __restrict south,
                      Real* __restrict laplacian, int64_t cols, Real a, Real b) {
    for (int64_t c = 0; c < cols; ++c) {
        // Two differences, so that both are exactly 0 where all cells are alike.
        laplacian[c] = a * ((north[c] + south[c]) + (row[c - 1] + row[c + 1]) - 4 * row[c]) +
                       b * ((north[c - 1] + south[c - 1]) + (north[c + 1] + south[c + 1]) - 4 * row[c]);
    }
}

template <typename Real>
void update_row(const Real* __restrict laplacianU, const Real* __restrict laplacianV, Real* __restrict rowU,
                Real* __restrict rowV, int64_t cols, const StepConstants<Real>& constants) {
    const Real diffusionU = constants.dt * constants.diffusionU;
    const Real diffusionV = constants.dt * constants.diffusionV;
    const Real feed = constants.dt * constants.feed;
    const Real decay = constants.dt * (constants.feed + constants.kill);
    const Real dt = constants.dt;

    for (int64_t c = 0; c < cols; ++c) {
        const Real u = rowU[c];
        const Real v = rowV[c];
        const Real uvv = dt * (u * v * v);
        rowU[c] = u + (diffusionU * laplacianU[c] - uvv + feed * (1 - u));
        rowV[c] = v + (diffusionV * laplacianV[c] + uvv - decay * v);
    }
}

/** First pass: from the planes of the state into those of the Laplacian. */
template <typename Real>
void laplacian_of_rows(const RowBand<Real>& band, const StepConstants<Real>& constants) {
    for (int64_t row = band.rowBegin; row < band.rowEnd; ++row) {
        const int64_t at = row * band.stride;
        laplacian_of_row(band.u + at - band.stride, band.u + at, band.u + at + band.stride, band.nextU + at,
                         band.cols, constants.a, constants.b);
        laplacian_of_row(band.v + at - band.stride, band.v + at, band.v + at + band.stride, band.nextV + at,
                         band.cols, constants.a, constants.b);
    }
}

/** Second pass: from the planes of the Laplacian into those of the state, which it reads and overwrites. */
template <typename Real>
void update_rows(const RowBand<Real>& band, const StepConstants<Real>& constants) {
    for (int64_t row = band.rowBegin; row < band.rowEnd; ++row) {
        const int64_t at = row * band.stride;
        update_row(band.u + at, band.v + at, band.nextU + at, band.nextV + at, band.cols, constants);
    }
}

}  // namespace

extern const RowKernel GS_FOR_ISA(laplacian_only), GS_FOR_ISA(update_from_laplacian);
const RowKernel GS_FOR_ISA(laplacian_only) = {laplacian_of_rows<float>, laplacian_of_rows<double>};
const RowKernel GS_FOR_ISA(update_from_laplacian) = {update_rows<float>, update_rows<double>};

}  // namespace gray_scott

/**
 * Teaches: write the loop so that the compiler can compute many cells at once.
 *
 * Four things stood in its way and are gone. No branch: a halo of one cell around the grid holds what the
 * boundary says, so every cell is a centre cell. No doubt: `__restrict` promises that what is written is not
 * what is read, else each store could change the next load. No table: two weights and sums instead of a
 * window loop. No repeated work: the constants are combined before the loop. The file is compiled once per
 * instruction set (4 values of f32 at a time with SSE2 or NEON, 8 with AVX2, 16 with AVX-512), and the widest
 * that the processor has is called; `flags` calls what the compiler made of it for the baseline at a lower
 * level of optimisation. It costs a halo to keep, and a promise that the compiler cannot check. On a large
 * grid the gain ends where memory cannot deliver faster.
 */
#include "../rows.h"

namespace gray_scott {
namespace {

template <typename Real>
void update_row(const Real* __restrict northU, const Real* __restrict rowU, const Real* __restrict southU,
                const Real* __restrict northV, const Real* __restrict rowV, const Real* __restrict southV,
                Real* __restrict nextU, Real* __restrict nextV, int64_t cols,
                const StepConstants<Real>& constants) {
    const Real a = constants.a;
    const Real b = constants.b;
    const Real diffusionU = constants.dt * constants.diffusionU;
    const Real diffusionV = constants.dt * constants.diffusionV;
    const Real feed = constants.dt * constants.feed;
    const Real decay = constants.dt * (constants.feed + constants.kill);
    const Real dt = constants.dt;

    for (int64_t c = 0; c < cols; ++c) {
        const Real u = rowU[c];
        const Real v = rowV[c];

        // The centre is taken off each sum, not off the whole with a weight of its own: where all cells are
        // alike the differences are exactly 0 in every precision, and the background stays what it is.
        const Real laplacianU =
            a * ((northU[c] + southU[c]) + (rowU[c - 1] + rowU[c + 1]) - 4 * u) +
            b * ((northU[c - 1] + southU[c - 1]) + (northU[c + 1] + southU[c + 1]) - 4 * u);
        const Real laplacianV =
            a * ((northV[c] + southV[c]) + (rowV[c - 1] + rowV[c + 1]) - 4 * v) +
            b * ((northV[c - 1] + southV[c - 1]) + (northV[c + 1] + southV[c + 1]) - 4 * v);

        const Real uvv = dt * (u * v * v);
        nextU[c] = u + (diffusionU * laplacianU - uvv + feed * (1 - u));
        nextV[c] = v + (diffusionV * laplacianV + uvv - decay * v);
    }
}

/** Rows lie `stride` values apart; the row above and below the grid, and the columns beside it, are the halo.
 */
template <typename Real>
void update_rows(const RowBand<Real>& band, const StepConstants<Real>& constants) {
    for (int64_t row = band.rowBegin; row < band.rowEnd; ++row) {
        const int64_t at = row * band.stride;
        update_row(band.u + at - band.stride, band.u + at, band.u + at + band.stride,
                   band.v + at - band.stride, band.v + at, band.v + at + band.stride, band.nextU + at,
                   band.nextV + at, band.cols, constants);
    }
}

}  // namespace

extern const RowKernel GS_FOR_ISA(autovec);
const RowKernel GS_FOR_ISA(autovec) = {update_rows<float>, update_rows<double>};

}  // namespace gray_scott

/**
 * Teaches: fewer instructions are not always less time. A fused multiply-add (FMA) does x × y + z in one
 * instruction with one rounding, and tempts one to write the whole Laplacian as a chain of them: eight
 * neighbours, eight FMA.
 *
 * The trap has two jaws. In a chain each FMA waits for the one before, 4 cycles or so each, while the
 * processor could start two in every cycle: hence `chains`, which splits the sum into 1, 2, 4 or 8 that run
 * side by side and are added at the end; with 8 nothing is left to fuse. A processor that looks far enough
 * ahead hides the wait by itself, with work from the next vectors. And what is fused cannot be shared: `simd`
 * adds each column once for three cells, here every cell has eight neighbours of its own, to be loaded and
 * taken apart. SSE2 has no FMA; there a product and a sum stand in its place.
 */
#include "../rows.h"
#include "../vectors.h"

namespace gray_scott {
namespace {

/** The constants of the step in every lane. */
template <typename Real>
struct Constants {
    Vector<Real> a, b, diffusionU, diffusionV, feed, decay, dt;

    explicit Constants(const StepConstants<Real>& c)
        : a(broadcast(c.a)),
          b(broadcast(c.b)),
          diffusionU(broadcast(c.dt * c.diffusionU)),
          diffusionV(broadcast(c.dt * c.diffusionV)),
          feed(broadcast(c.dt * c.feed)),
          decay(broadcast(c.dt * (c.feed + c.kill))),
          dt(broadcast(c.dt)) {}
};

/** Sum of weight × (neighbour − centre), in `chains` partial sums that do not wait for one another. */
template <int chains, typename Real>
inline Vector<Real> laplacian(const Real* centre, int64_t stride, const Constants<Real>& constants) {
    const Vector<Real> here = load(centre);
    const Real* const north = centre - stride;
    const Real* const south = centre + stride;
    const Real* const neighbours[] = {north,     south,     centre - 1, centre + 1,
                                      north - 1, north + 1, south - 1,  south + 1};
    Vector<Real> sums[chains];
    for (int i = 0; i < 8; ++i) {
        const Vector<Real> difference = load_unaligned(neighbours[i]) - here;
        const Vector<Real> weight = i < 4 ? constants.a : constants.b;
        Vector<Real>& sum = sums[i % chains];
        sum = i < chains ? weight * difference : multiply_add(weight, difference, sum);
    }
    for (int apart = chains / 2; apart > 0; apart /= 2) {
        for (int i = 0; i < apart; ++i) sums[i] = sums[i] + sums[i + apart];
    }
    return sums[0];
}

template <int chains, typename Real>
void update_row(const Real* rowU, const Real* rowV, Real* nextU, Real* nextV, int64_t stride, int64_t cols,
                const Constants<Real>& constants) {
    for (int64_t col = 0; col < cols; col += LANES<Real>) {
        const Vector<Real> u = load(rowU + col);
        const Vector<Real> v = load(rowV + col);
        const Vector<Real> uv = u * v;
        const Vector<Real> dtV = constants.dt * v;
        // Feed − feed × u, and not feed × (1 − u): one instruction, and still exactly 0 where u is 1.
        const Vector<Real> reactionU =
            subtract_product(subtract_product(constants.feed, constants.feed, u), uv, dtV);
        const Vector<Real> reactionV = subtract_product(uv * dtV, constants.decay, v);
        const Vector<Real> newU =
            u +
            multiply_add(constants.diffusionU, laplacian<chains>(rowU + col, stride, constants), reactionU);
        const Vector<Real> newV =
            v +
            multiply_add(constants.diffusionV, laplacian<chains>(rowV + col, stride, constants), reactionV);
        // Beyond the last column stands the halo, which must stay.
        if (col + LANES<Real> <= cols) {
            store(nextU + col, newU);
            store(nextV + col, newV);
        } else {
            store_first(nextU + col, newU, cols - col);
            store_first(nextV + col, newV, cols - col);
        }
    }
}

template <int chains, typename Real>
void update_rows(const RowBand<Real>& band, const StepConstants<Real>& stepConstants) {
    const Constants<Real> constants(stepConstants);
    for (int64_t row = band.rowBegin; row < band.rowEnd; ++row) {
        const int64_t at = row * band.stride;
        update_row<chains>(band.u + at, band.v + at, band.nextU + at, band.nextV + at, band.stride, band.cols,
                           constants);
    }
}

}  // namespace

// One for each choice of `chains`: the compiler can keep the sums in registers only if it knows how many.
extern const RowKernel GS_FOR_ISA(simd_fma_1), GS_FOR_ISA(simd_fma_2), GS_FOR_ISA(simd_fma_4),
    GS_FOR_ISA(simd_fma_8);
const RowKernel GS_FOR_ISA(simd_fma_1) = {update_rows<1, float>, update_rows<1, double>};
const RowKernel GS_FOR_ISA(simd_fma_2) = {update_rows<2, float>, update_rows<2, double>};
const RowKernel GS_FOR_ISA(simd_fma_4) = {update_rows<4, float>, update_rows<4, double>};
const RowKernel GS_FOR_ISA(simd_fma_8) = {update_rows<8, float>, update_rows<8, double>};

}  // namespace gray_scott

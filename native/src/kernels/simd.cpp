/**
 * Teaches: say which vector instructions you want, instead of hoping that the compiler finds them.
 *
 * Written by hand, the loop can do what no compiler finds in `autovec`. A row is read in whole, aligned
 * vectors, three loads per species instead of nine; the sum of each column of three is computed once and kept
 * in registers for the three cells that need it; the neighbours to the left and right are not loaded but
 * shuffled out of two registers. With equal weights the two sums of the Laplacian become one, without corners
 * one disappears: the loop exists three times, chosen once per call. Products are added in one rounding
 * (FMA) where the processor can. It costs a page that few can read, and one set of wrappers (vectors.h) for
 * each family of processors.
 */
#include "../prefetch.h"
#include "../rows.h"
#include "../vectors.h"

namespace gray_scott {
namespace {

/** How the weights of edges (a) and corners (b) are related. */
enum class Weights { equal, noCorners, different };

/** One vector of cells with those above and below. */
template <typename Real>
struct Column {
    Vector<Real> middle;
    /** North + south. */
    Vector<Real> outer;
    Vector<Real> sum;
};

template <typename Real>
inline Column<Real> load_column(const Real* middle, int64_t stride) {
    const Vector<Real> centre = load(middle);
    const Vector<Real> outer = load(middle - stride) + load(middle + stride);
    return {centre, outer, centre + outer};
}

/** The constants of the step in every lane. */
template <typename Real>
struct Constants {
    Vector<Real> edgesU, cornersU, edgesV, cornersV, feed, decay, dt;

    explicit Constants(const StepConstants<Real>& c)
        : edgesU(broadcast(c.dt * c.diffusionU * c.a)),
          cornersU(broadcast(c.dt * c.diffusionU * c.b)),
          edgesV(broadcast(c.dt * c.diffusionV * c.a)),
          cornersV(broadcast(c.dt * c.diffusionV * c.b)),
          feed(broadcast(c.dt * c.feed)),
          decay(broadcast(c.dt * (c.feed + c.kill))),
          dt(broadcast(c.dt)) {}
};

/**
 * `reaction` + diffusion. The centre is taken off each sum, not off the whole with a weight of its own, so
 * that the background, where all cells are 1 or 0, stays what it is to the last bit.
 */
template <Weights weights, typename Real>
inline Vector<Real> add_diffusion(const Column<Real>& west, const Column<Real>& here,
                                  const Column<Real>& east, Vector<Real> edgeWeight,
                                  Vector<Real> cornerWeight, Vector<Real> reaction) {
    if constexpr (weights == Weights::equal) {
        const Vector<Real> nine =
            left_neighbours(west.sum, here.sum) + right_neighbours(here.sum, east.sum) + here.sum;
        return multiply_add(edgeWeight, subtract_product(nine, broadcast(Real(9)), here.middle), reaction);
    } else {
        const Vector<Real> four = broadcast(Real(4));
        const Vector<Real> edges = left_neighbours(west.middle, here.middle) +
                                   right_neighbours(here.middle, east.middle) + here.outer;
        const Vector<Real> edgesApart = subtract_product(edges, four, here.middle);
        if constexpr (weights == Weights::different) {
            const Vector<Real> corners =
                left_neighbours(west.outer, here.outer) + right_neighbours(here.outer, east.outer);
            const Vector<Real> cornersApart = subtract_product(corners, four, here.middle);
            reaction = multiply_add(cornerWeight, cornersApart, reaction);
        }
        return multiply_add(edgeWeight, edgesApart, reaction);
    }
}

/**
 * The row below is the only one that comes from memory. The processor guesses what is read next, but only to
 * the end of a page, and with six rows under way it is late: this asks for it well ahead, in the row or the
 * next.
 */
template <typename Real>
inline void prefetch_below(const Real* below) {
    constexpr int64_t AHEAD_BYTES = 4096;
    prefetch(reinterpret_cast<const char*>(below) + AHEAD_BYTES);
}

template <Weights weights, bool streaming, typename Real>
void update_row(const Real* u, const Real* v, Real* nextU, Real* nextV, int64_t stride, int64_t cols,
                const Constants<Real>& constants) {
    Column<Real> westU = load_column(u - LANES<Real>, stride), hereU = load_column(u, stride);
    Column<Real> westV = load_column(v - LANES<Real>, stride), hereV = load_column(v, stride);
    for (int64_t col = 0; col < cols; col += LANES<Real>) {
        if constexpr (streaming) prefetch_below(u + col + stride), prefetch_below(v + col + stride);
        const Column<Real> eastU = load_column(u + col + LANES<Real>, stride);
        const Column<Real> eastV = load_column(v + col + LANES<Real>, stride);

        const Vector<Real> uvv = constants.dt * (hereU.middle * hereV.middle * hereV.middle);
        const Vector<Real> reactionU = subtract_product(constants.feed, constants.feed, hereU.middle) - uvv;
        const Vector<Real> reactionV = subtract_product(uvv, constants.decay, hereV.middle);
        const Vector<Real> newU = hereU.middle + add_diffusion<weights>(westU, hereU, eastU, constants.edgesU,
                                                                        constants.cornersU, reactionU);
        const Vector<Real> newV = hereV.middle + add_diffusion<weights>(westV, hereV, eastV, constants.edgesV,
                                                                        constants.cornersV, reactionV);
        // Beyond the last column stands the halo, which must stay.
        if (col + LANES<Real> <= cols) {
            streaming ? store_streaming(nextU + col, newU) : store(nextU + col, newU);
            streaming ? store_streaming(nextV + col, newV) : store(nextV + col, newV);
        } else {
            store_first(nextU + col, newU, cols - col);
            store_first(nextV + col, newV, cols - col);
        }
        westU = hereU, hereU = eastU;
        westV = hereV, hereV = eastV;
    }
}

template <Weights weights, bool streaming, typename Real>
void update_each_row(const RowBand<Real>& band, const StepConstants<Real>& constants) {
    const Constants<Real> broadcasted(constants);
    for (int64_t row = band.rowBegin; row < band.rowEnd; ++row) {
        const int64_t at = row * band.stride;
        update_row<weights, streaming>(band.u + at, band.v + at, band.nextU + at, band.nextV + at,
                                       band.stride, band.cols, broadcasted);
    }
    if constexpr (streaming) fence_streaming();
}

template <bool streaming, typename Real>
void update_rows(const RowBand<Real>& band, const StepConstants<Real>& constants) {
    if (constants.b == 0) return update_each_row<Weights::noCorners, streaming>(band, constants);
    if (constants.a == constants.b) return update_each_row<Weights::equal, streaming>(band, constants);
    update_each_row<Weights::different, streaming>(band, constants);
}

}  // namespace

extern const RowKernel GS_FOR_ISA(simd), GS_FOR_ISA(simd_streaming);
const RowKernel GS_FOR_ISA(simd) = {update_rows<false, float>, update_rows<false, double>};
/** The same past the caches: a row that is not read again soon need not be read before it is written. */
const RowKernel GS_FOR_ISA(simd_streaming) = {update_rows<true, float>, update_rows<true, double>};

}  // namespace gray_scott

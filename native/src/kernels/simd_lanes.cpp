/**
 * Teaches: lay the data out so that the shuffles go away. In a row of consecutive cells the left neighbours
 * of a vector straddle two vectors; they cost an unaligned load or a shuffle each.
 *
 * Here a row is cut into as many segments as a vector has lanes, and each lane walks through a segment of its
 * own: with 4 lanes and 12 columns, vector 0 holds columns 0 3 6 9, vector 1 holds 1 4 7 10. The left
 * neighbours of a whole vector are then simply the vector before it: every access is aligned, every
 * column sum is loaded once and used as it is, and the loop has neither shuffles nor a tail. Only where
 * segments meet does a lane need its neighbour lane's value: one shuffle at each end of a row, into a border
 * vector. It costs a layout that nothing else understands (cells are sorted on the way in and out), and
 * padding where the columns do not divide evenly.
 */
#include "../rows.h"
#include "../vectors.h"

namespace gray_scott {
namespace {

/** How the weights of edges (a) and corners (b) are related. */
enum class Weights { equal, noCorners, different };

/** One vector of cells, one of each segment, with those above and below. */
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
        const Vector<Real> nine = west.sum + east.sum + here.sum;
        return multiply_add(edgeWeight, subtract_product(nine, broadcast(Real(9)), here.middle), reaction);
    } else {
        const Vector<Real> four = broadcast(Real(4));
        const Vector<Real> edges = west.middle + east.middle + here.outer;
        const Vector<Real> edgesApart = subtract_product(edges, four, here.middle);
        if constexpr (weights == Weights::different) {
            const Vector<Real> corners = west.outer + east.outer;
            const Vector<Real> cornersApart = subtract_product(corners, four, here.middle);
            reaction = multiply_add(cornerWeight, cornersApart, reaction);
        }
        return multiply_add(edgeWeight, edgesApart, reaction);
    }
}

/**
 * Fills the border vectors of a row: before the first vector stand the last cells of the segments to the
 * left, after the last one the first cells of the segments to the right. What lies outside the grid is
 * already there and stays.
 */
template <typename Real>
inline void join_segments(Real* row, int64_t length) {
    Real* const before = row - LANES<Real>;
    Real* const after = row + length;
    const Vector<Real> last = load(after - LANES<Real>);
    const Vector<Real> first = load(row);
    store(before, left_neighbours(broadcast(before[0]), last));
    store(after, right_neighbours(first, broadcast(after[LANES<Real> - 1])));
}

template <Weights weights, typename Real>
void update_row(const Real* u, const Real* v, Real* nextU, Real* nextV, int64_t stride, int64_t length,
                const Constants<Real>& constants) {
    Column<Real> westU = load_column(u - LANES<Real>, stride), hereU = load_column(u, stride);
    Column<Real> westV = load_column(v - LANES<Real>, stride), hereV = load_column(v, stride);
    for (int64_t at = 0; at < length; at += LANES<Real>) {
        const Column<Real> eastU = load_column(u + at + LANES<Real>, stride);
        const Column<Real> eastV = load_column(v + at + LANES<Real>, stride);

        const Vector<Real> uvv = constants.dt * (hereU.middle * hereV.middle * hereV.middle);
        const Vector<Real> reactionU = subtract_product(constants.feed, constants.feed, hereU.middle) - uvv;
        const Vector<Real> reactionV = subtract_product(uvv, constants.decay, hereV.middle);
        const Vector<Real> newU = hereU.middle + add_diffusion<weights>(westU, hereU, eastU, constants.edgesU,
                                                                        constants.cornersU, reactionU);
        const Vector<Real> newV = hereV.middle + add_diffusion<weights>(westV, hereV, eastV, constants.edgesV,
                                                                        constants.cornersV, reactionV);
        store(nextU + at, newU);
        store(nextV + at, newV);
        westU = hereU, hereU = eastU;
        westV = hereV, hereV = eastV;
    }
    join_segments(nextU, length);
    join_segments(nextV, length);
}

template <Weights weights, typename Real>
void update_each_row(const RowBand<Real>& band, const StepConstants<Real>& constants) {
    const Constants<Real> broadcasted(constants);
    for (int64_t row = band.rowBegin; row < band.rowEnd; ++row) {
        const int64_t at = row * band.stride;
        update_row<weights>(band.u + at, band.v + at, band.nextU + at, band.nextV + at, band.stride,
                            band.cols, broadcasted);
    }
}

template <typename Real>
void update_rows(const RowBand<Real>& band, const StepConstants<Real>& constants) {
    if (constants.b == 0) return update_each_row<Weights::noCorners>(band, constants);
    if (constants.a == constants.b) return update_each_row<Weights::equal>(band, constants);
    update_each_row<Weights::different>(band, constants);
}

}  // namespace

extern const RowKernel GS_FOR_ISA(simd_lanes);
const RowKernel GS_FOR_ISA(simd_lanes) = {update_rows<float>, update_rows<double>, LANES<float>,
                                          LANES<double>};

}  // namespace gray_scott

/**
 * Teaches: halve the bytes when memory is what one waits for.
 *
 * The loop is that of `simd`, but what lies in memory are halves, numbers of two bytes instead of four: each
 * load widens a vector of them to f32, each store rounds it back. All arithmetic between is f32. A large grid
 * moves half the bytes, so that a loop that waits for memory has half as long to wait; a grid in cache gains
 * nothing and pays for the conversions.
 *
 * It costs digits: a half has 11 significant bits, 3 decimal digits. Near u = 1 two neighbours among the
 * halves are 0.0005 apart; a change smaller than half of that is rounded away, step after step, and the cell
 * stands still where the exact one drifts.
 */
#include "../half_vectors.h"
#include "../rows.h"

namespace gray_scott {
namespace {

/** How the weights of edges (a) and corners (b) are related. */
enum class Weights { equal, noCorners, different };

/** One vector of cells with those above and below. */
struct Column {
    Vector<float> middle;
    /** North + south. */
    Vector<float> outer;
    Vector<float> sum;
};

inline Column load_column(const Half* middle, int64_t stride) {
    const Vector<float> centre = load(middle);
    const Vector<float> outer = load(middle - stride) + load(middle + stride);
    return {centre, outer, centre + outer};
}

/** The constants of the step in every lane. */
struct Constants {
    Vector<float> edgesU, cornersU, edgesV, cornersV, feed, decay, dt;

    explicit Constants(const StepConstants<float>& c)
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
template <Weights weights>
inline Vector<float> add_diffusion(const Column& west, const Column& here, const Column& east,
                                   Vector<float> edgeWeight, Vector<float> cornerWeight,
                                   Vector<float> reaction) {
    if constexpr (weights == Weights::equal) {
        const Vector<float> nine =
            left_neighbours(west.sum, here.sum) + right_neighbours(here.sum, east.sum) + here.sum;
        return multiply_add(edgeWeight, subtract_product(nine, broadcast(9.0f), here.middle), reaction);
    } else {
        const Vector<float> four = broadcast(4.0f);
        const Vector<float> edges = left_neighbours(west.middle, here.middle) +
                                    right_neighbours(here.middle, east.middle) + here.outer;
        const Vector<float> edgesApart = subtract_product(edges, four, here.middle);
        if constexpr (weights == Weights::different) {
            const Vector<float> corners =
                left_neighbours(west.outer, here.outer) + right_neighbours(here.outer, east.outer);
            const Vector<float> cornersApart = subtract_product(corners, four, here.middle);
            reaction = multiply_add(cornerWeight, cornersApart, reaction);
        }
        return multiply_add(edgeWeight, edgesApart, reaction);
    }
}

template <Weights weights>
void update_row(const Half* u, const Half* v, Half* nextU, Half* nextV, int64_t stride, int64_t cols,
                const Constants& constants) {
    Column westU = load_column(u - LANES<float>, stride), hereU = load_column(u, stride);
    Column westV = load_column(v - LANES<float>, stride), hereV = load_column(v, stride);
    for (int64_t col = 0; col < cols; col += LANES<float>) {
        const Column eastU = load_column(u + col + LANES<float>, stride);
        const Column eastV = load_column(v + col + LANES<float>, stride);

        const Vector<float> uvv = constants.dt * (hereU.middle * hereV.middle * hereV.middle);
        const Vector<float> reactionU = subtract_product(constants.feed, constants.feed, hereU.middle) - uvv;
        const Vector<float> reactionV = subtract_product(uvv, constants.decay, hereV.middle);
        const Vector<float> newU =
            hereU.middle +
            add_diffusion<weights>(westU, hereU, eastU, constants.edgesU, constants.cornersU, reactionU);
        const Vector<float> newV =
            hereV.middle +
            add_diffusion<weights>(westV, hereV, eastV, constants.edgesV, constants.cornersV, reactionV);
        // Beyond the last column stands the halo, which must stay.
        if (col + LANES<float> <= cols) {
            store(nextU + col, newU);
            store(nextV + col, newV);
        } else {
            store_first(nextU + col, newU, cols - col);
            store_first(nextV + col, newV, cols - col);
        }
        westU = hereU, hereU = eastU;
        westV = hereV, hereV = eastV;
    }
}

template <Weights weights>
void update_each_row(const RowBand<Half>& band, const StepConstants<float>& constants) {
    const Constants broadcasted(constants);
    for (int64_t row = band.rowBegin; row < band.rowEnd; ++row) {
        const int64_t at = row * band.stride;
        update_row<weights>(band.u + at, band.v + at, band.nextU + at, band.nextV + at, band.stride,
                            band.cols, broadcasted);
    }
}

void update_rows(const RowBand<Half>& band, const StepConstants<float>& constants) {
    if (constants.b == 0) return update_each_row<Weights::noCorners>(band, constants);
    if (constants.a == constants.b) return update_each_row<Weights::equal>(band, constants);
    update_each_row<Weights::different>(band, constants);
}

}  // namespace

extern const HalfRowKernel GS_FOR_ISA(half_storage);
const HalfRowKernel GS_FOR_ISA(half_storage) = {update_rows};

}  // namespace gray_scott

/**
 * The inner loop of `champion`: two rows at once, everything in registers.
 *
 * The sum of the two middle rows serves both outputs, so that a column of three costs one and a half
 * additions; each column's sum is kept for its two neighbours, which are shuffled out of registers. What is
 * left of the update is folded into fused products, balanced so that a processor with two adders and two
 * multipliers keeps all four busy.
 */
#include "../row_pairs.h"
#include "../rows.h"
#include "../vectors.h"

namespace gray_scott {
namespace {

/** One vector of columns over the four rows: the two middle cells and what is above and below each. */
template <typename Real>
struct Columns {
    Vector<Real> middle[2];
    /** Equal weights: the sums of three. Else: north + south. */
    Vector<Real> sum[2];
};

template <bool equal, typename Real>
inline Columns<Real> load_columns(const Real* const rows[4], int64_t at) {
    const Vector<Real> row0 = load_unaligned(rows[0] + at), row1 = load_unaligned(rows[1] + at);
    const Vector<Real> row2 = load_unaligned(rows[2] + at), row3 = load_unaligned(rows[3] + at);
    if constexpr (equal) {
        const Vector<Real> shared = row1 + row2;
        return {{row1, row2}, {row0 + shared, shared + row3}};
    } else {
        return {{row1, row2}, {row0 + row2, row1 + row3}};
    }
}

/**
 * Diffusion, added to `reaction`. The cell is taken off each sum: with a weight of its own, rounded apart
 * from the others, it would drift, and the errors of many steps would no longer stay below the tolerance.
 */
template <bool equal, typename Real>
inline Vector<Real> add_neighbours(const Columns<Real>& west, const Columns<Real>& here,
                                   const Columns<Real>& east, int row, Vector<Real> edges,
                                   Vector<Real> corners, Vector<Real> reaction) {
    if constexpr (equal) {
        const Vector<Real> beside =
            left_neighbours(west.sum[row], here.sum[row]) + right_neighbours(here.sum[row], east.sum[row]);
        const Vector<Real> nine = beside + here.sum[row];
        return multiply_add(edges, subtract_product(nine, broadcast(Real(9)), here.middle[row]), reaction);
    } else {
        const Vector<Real> cornerSum =
            left_neighbours(west.sum[row], here.sum[row]) + right_neighbours(here.sum[row], east.sum[row]);
        const Vector<Real> edgeSum = left_neighbours(west.middle[row], here.middle[row]) +
                                     right_neighbours(here.middle[row], east.middle[row]) + here.sum[row];
        const Vector<Real> four = broadcast(Real(4)) * here.middle[row];
        return multiply_add(edges, edgeSum - four, multiply_add(corners, cornerSum - four, reaction));
    }
}

template <bool equal, bool streaming, typename Real>
void update_pair(const RowPair<Real>& rows, int64_t cols, const PairConstants<Real>& c) {
    const Vector<Real> edgesU = broadcast(c.edgesU), cornersU = broadcast(c.cornersU);
    const Vector<Real> edgesV = broadcast(c.edgesV), cornersV = broadcast(c.cornersV);
    const Vector<Real> centreU = broadcast(c.centreU), centreV = broadcast(c.centreV);
    const Vector<Real> feed = broadcast(c.feed), dt = broadcast(c.dt);
    constexpr int64_t lanes = LANES<Real>;

    Columns<Real> westU = load_columns<equal>(rows.u, -lanes), westV = load_columns<equal>(rows.v, -lanes);
    Columns<Real> hereU = load_columns<equal>(rows.u, 0), hereV = load_columns<equal>(rows.v, 0);
    for (int64_t at = 0; at < cols; at += lanes) {
        const Columns<Real> eastU = load_columns<equal>(rows.u, at + lanes);
        const Columns<Real> eastV = load_columns<equal>(rows.v, at + lanes);
        for (int row = 0; row < 2; ++row) {
            const Vector<Real> u = hereU.middle[row], v = hereV.middle[row];
            const Vector<Real> uv = dt * u * v;
            const Vector<Real> reactionU = multiply_add(centreU, u, subtract_product(feed, uv, v));
            const Vector<Real> reactionV = multiply_add(uv, v, centreV * v);
            const Vector<Real> nextU =
                add_neighbours<equal>(westU, hereU, eastU, row, edgesU, cornersU, reactionU);
            const Vector<Real> nextV =
                add_neighbours<equal>(westV, hereV, eastV, row, edgesV, cornersV, reactionV);
            if constexpr (streaming) {
                store_streaming(rows.nextU[row] + at, nextU);
                store_streaming(rows.nextV[row] + at, nextV);
            } else {
                store(rows.nextU[row] + at, nextU);
                store(rows.nextV[row] + at, nextV);
            }
        }
        westU = hereU;
        westV = hereV;
        hereU = eastU;
        hereV = eastV;
    }
}

template <bool equal, typename Real>
constexpr PairKernels<Real> PAIR = {update_pair<equal, false, Real>, update_pair<equal, true, Real>};

}  // namespace

extern const PairKernel GS_FOR_ISA(champion_rows);
const PairKernel GS_FOR_ISA(champion_rows) = {
    {PAIR<false, float>, PAIR<true, float>}, {PAIR<false, double>, PAIR<true, double>}, fence_streaming};

}  // namespace gray_scott

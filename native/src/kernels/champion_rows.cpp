/**
 * The inner loops of `champion`: two rows at once, everything in registers, no shuffles.
 *
 * Rows are in the order of `simd_lanes`, each lane walking through a segment of its own, so that a vector's
 * neighbours are the vectors before and after it. The sum of the two middle rows serves both outputs: a
 * column of three costs one and a half additions. What is left of an update, in fused products: with Σ the
 * sum of all nine cells, and all that a cell keeps of itself in one constant, u' = u × (centreU − dt v²) +
 * (edgesU × Σ + feed),   v' = v × (centreV + dt u v) + edgesV × Σ, where the centre is such that the
 * background stays what it is to the last bit (pair_kernels.h).
 */
#include "../row_pairs.h"
#include "../rows.h"
#include "../vectors.h"

namespace gray_scott {
namespace {

/** The same columns of both rows. */
template <typename Real>
struct Both {
    Vector<Real> upper, lower;
};

template <typename Real>
inline Both<Real> operator+(Both<Real> x, Both<Real> y) {
    return {x.upper + y.upper, x.lower + y.lower};
}

/** What a vector of columns adds to the sums of its neighbours, and to its own. */
template <typename Real>
struct Columns {
    Both<Real> aside, here;
};

template <bool equal, typename Real>
inline Columns<Real> load_columns(const Real* const (&rows)[4], int64_t at, Vector<Real> corner) {
    const Vector<Real> row0 = load(rows[0] + at), row1 = load(rows[1] + at);
    const Vector<Real> row2 = load(rows[2] + at), row3 = load(rows[3] + at);
    if constexpr (equal) {
        const Vector<Real> shared = row1 + row2;
        const Both<Real> threes{row0 + shared, shared + row3};
        return {threes, threes};
    } else {
        const Both<Real> ends{row0 + row2, row1 + row3};
        const Both<Real> aside{multiply_add(corner, ends.upper, row1),
                               multiply_add(corner, ends.lower, row2)};
        return {aside, ends};
    }
}

/** A row's constants in every lane. */
template <typename Real>
struct Constants {
    Vector<Real> edgesU, edgesV, corner, centreU, centreV, feed, dt;

    explicit Constants(const PairConstants<Real>& c)
        : edgesU(broadcast(c.edgesU)),
          edgesV(broadcast(c.edgesV)),
          corner(broadcast(c.corner)),
          centreU(broadcast(c.centreU)),
          centreV(broadcast(c.centreV)),
          feed(broadcast(c.feed)),
          dt(broadcast(c.dt)) {}
};

template <bool unitStep, typename Real>
inline void update_cells(Vector<Real> u, Vector<Real> v, Vector<Real> sumU, Vector<Real> sumV, Real* nextU,
                         Real* nextV, const Constants<Real>& c) {
    const Vector<Real> dtV = unitStep ? v : c.dt * v;
    const Vector<Real> keptU = subtract_product(c.centreU, v, dtV);
    const Vector<Real> keptV = multiply_add(u, dtV, c.centreV);
    store(nextU, multiply_add(u, keptU, multiply_add(c.edgesU, sumU, c.feed)));
    store(nextV, multiply_add(v, keptV, c.edgesV * sumV));
}

template <typename Real>
inline Both<Real> from_lane_before(Both<Real> x) {
    return {left_neighbours(x.upper, x.upper), left_neighbours(x.lower, x.lower)};
}

template <typename Real>
inline Both<Real> from_lane_after(Both<Real> x) {
    return {right_neighbours(x.upper, x.upper), right_neighbours(x.lower, x.lower)};
}

template <bool equal, bool unitStep, typename Real>
void update_pair(const RowPair<Real>& pair, int64_t segment, const PairConstants<Real>& constants) {
    const Constants<Real> c(constants);
    // Copies, because a store of vectors might change what a pointer points to.
    const Real* const u[4] = {pair.u[0], pair.u[1], pair.u[2], pair.u[3]};
    const Real* const v[4] = {pair.v[0], pair.v[1], pair.v[2], pair.v[3]};
    Real* const nextU[2] = {pair.nextU[0], pair.nextU[1]};
    Real* const nextV[2] = {pair.nextV[0], pair.nextV[1]};
    // All is loaded before anything is stored: see RowPairPool::pitch.
    const auto update = [&](int64_t at, Both<Real> sumU, Both<Real> sumV) {
        const Both<Real> cellsU{load(u[1] + at), load(u[2] + at)};
        const Both<Real> cellsV{load(v[1] + at), load(v[2] + at)};
        update_cells<unitStep>(cellsU.upper, cellsV.upper, sumU.upper, sumV.upper, nextU[0] + at,
                               nextV[0] + at, c);
        update_cells<unitStep>(cellsU.lower, cellsV.lower, sumU.lower, sumV.lower, nextU[1] + at,
                               nextV[1] + at, c);
    };

    const int64_t last = (segment - 1) * LANES<Real>;
    Columns<Real> hereU = load_columns<equal>(u, 0, c.corner), hereV = load_columns<equal>(v, 0, c.corner);
    const Both<Real> endU = from_lane_after(hereU.aside), endV = from_lane_after(hereV.aside);
    Both<Real> westU = from_lane_before(load_columns<equal>(u, last, c.corner).aside);
    Both<Real> westV = from_lane_before(load_columns<equal>(v, last, c.corner).aside);
    for (int64_t at = 0; at < last; at += LANES<Real>) {
        const Columns<Real> eastU = load_columns<equal>(u, at + LANES<Real>, c.corner);
        const Columns<Real> eastV = load_columns<equal>(v, at + LANES<Real>, c.corner);
        update(at, westU + hereU.here + eastU.aside, westV + hereV.here + eastV.aside);
        westU = hereU.aside, hereU = eastU;
        westV = hereV.aside, hereV = eastV;
    }
    update(last, westU + hereU.here + endU, westV + hereV.here + endV);
}

/** Calls `sort(position)` for blocks of LANES positions; the last one overlaps where they do not divide
 * evenly. */
template <int lanes, typename Sort>
inline void for_each_block(int64_t segment, const Sort& sort) {
    int64_t position = 0;
    for (; position + lanes < segment; position += lanes) sort(position);
    sort(segment - lanes);
}

template <typename Real>
void sort_in(const Real* row, Real* lanes, int64_t segment) {
    for_each_block<LANES<Real>>(segment, [&](int64_t position) {
        Vector<Real> block[LANES<Real>];
        for (int i = 0; i < LANES<Real>; ++i) block[i] = load_unaligned(row + i * segment + position);
        transpose(block);
        for (int i = 0; i < LANES<Real>; ++i) store(lanes + (position + i) * LANES<Real>, block[i]);
    });
}

template <typename Real>
void sort_out(const Real* lanes, Real* row, int64_t segment) {
    for_each_block<LANES<Real>>(segment, [&](int64_t position) {
        Vector<Real> block[LANES<Real>];
        for (int i = 0; i < LANES<Real>; ++i) block[i] = load(lanes + (position + i) * LANES<Real>);
        transpose(block);
        for (int i = 0; i < LANES<Real>; ++i) store_unaligned(row + i * segment + position, block[i]);
    });
}

template <bool streaming, typename Real>
void copy_lines(const Real* from, Real* to, int64_t cols) {
    for (int64_t col = 0; col < cols; col += LANES<Real>) {
        const Vector<Real> cells = load_unaligned(from + col);
        streaming ? store_streaming(to + col, cells) : store(to + col, cells);
    }
}

template <typename Real>
constexpr PairKernels<Real> KERNELS = {LANES<Real>,
                                       {{update_pair<false, false, Real>, update_pair<false, true, Real>},
                                        {update_pair<true, false, Real>, update_pair<true, true, Real>}},
                                       sort_in<Real>,
                                       sort_out<Real>,
                                       copy_lines<false, Real>,
                                       copy_lines<true, Real>};

}  // namespace

extern const PairKernel GS_FOR_ISA(champion_rows);
const PairKernel GS_FOR_ISA(champion_rows) = {KERNELS<float>, KERNELS<double>, fence_streaming};

}  // namespace gray_scott

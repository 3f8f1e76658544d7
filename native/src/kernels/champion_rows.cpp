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

/** What a vector of columns adds to the sums of its neighbours and to its own, and the two cells to update.
 */
template <typename Real>
struct Columns {
    Both<Real> aside, here, cells;
};

template <bool equal, typename Real>
inline Columns<Real> load_columns(const Real* const (&rows)[4], int64_t at, Vector<Real> corner) {
    const Vector<Real> row0 = load(rows[0] + at), row1 = load(rows[1] + at);
    const Vector<Real> row2 = load(rows[2] + at), row3 = load(rows[3] + at);
    const Both<Real> cells{row1, row2};
    if constexpr (equal) {
        const Vector<Real> shared = row1 + row2;
        const Both<Real> threes{row0 + shared, shared + row3};
        return {threes, threes, cells};
    } else {
        const Both<Real> ends{row0 + row2, row1 + row3};
        const Both<Real> aside{multiply_add(corner, ends.upper, row1),
                               multiply_add(corner, ends.lower, row2)};
        return {aside, ends, cells};
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

template <bool equal, bool unitStep, typename Real>
void update_pair(const RowPair<Real>& pair, int64_t segment, const PairConstants<Real>& constants) {
    const Constants<Real> c(constants);
    // Copies, because a store of vectors might change what a pointer points to.
    const Real* const u[4] = {pair.u[0], pair.u[1], pair.u[2], pair.u[3]};
    const Real* const v[4] = {pair.v[0], pair.v[1], pair.v[2], pair.v[3]};
    Real* const nextU[2] = {pair.nextU[0], pair.nextU[1]};
    Real* const nextV[2] = {pair.nextV[0], pair.nextV[1]};
    const auto columns = [&](const Real* const(&rows)[4], int64_t position) {
        return load_columns<equal>(rows, position * LANES<Real>, c.corner);
    };

    // Every cell is loaded once, and before anything is stored at its place: see RowPairPool::pitch.
    Both<Real> westU = columns(u, 0).aside, westV = columns(v, 0).aside;
    Columns<Real> hereU = columns(u, 1), hereV = columns(v, 1);
    for (int64_t position = 0; position < segment; ++position) {
        const Columns<Real> eastU = columns(u, position + 2), eastV = columns(v, position + 2);
        const Both<Real> sumU = westU + hereU.here + eastU.aside, sumV = westV + hereV.here + eastV.aside;
        const int64_t at = position * LANES<Real>;
        update_cells<unitStep>(hereU.cells.upper, hereV.cells.upper, sumU.upper, sumV.upper, nextU[0] + at,
                               nextV[0] + at, c);
        update_cells<unitStep>(hereU.cells.lower, hereV.cells.lower, sumU.lower, sumV.lower, nextU[1] + at,
                               nextV[1] + at, c);
        westU = hereU.aside, hereU = eastU;
        westV = hereV.aside, hereV = eastV;
    }
}

template <typename Real>
void join_west(Real* row, int64_t segment, Real* edge) {
    for (int64_t i = 0; i < BEYOND; ++i) {
        Real* const to = row + (i - BEYOND) * LANES<Real>;
        const Real* const from = to + segment * LANES<Real>;
        const Vector<Real> cells = load(from);
        store(to, left_neighbours(cells, cells));
        to[0] = edge[i];
        edge[i] = from[LANES<Real> - 1];
    }
}

template <typename Real>
void join_east(Real* row, int64_t segment, Real* edge) {
    for (int64_t i = 0; i < BEYOND; ++i) {
        const Real* const from = row + i * LANES<Real>;
        Real* const to = row + (segment + i) * LANES<Real>;
        const Vector<Real> cells = load(from);
        store(to, right_neighbours(cells, cells));
        to[LANES<Real> - 1] = edge[i];
        edge[i] = from[0];
    }
}

/**
 * Calls `sort(position)` for blocks of LANES positions; the last one overlaps where they do not divide
 * evenly. False where a segment is shorter than a block.
 */
template <int lanes, typename Sort>
inline bool sorted_in_blocks(int64_t segment, const Sort& sort) {
    if (segment < lanes) return false;
    int64_t position = 0;
    for (; position + lanes < segment; position += lanes) sort(position);
    sort(segment - lanes);
    return true;
}

template <typename Real>
void sort_in(const Real* row, Real* lanes, int64_t segment) {
    const bool isSorted = sorted_in_blocks<LANES<Real>>(segment, [&](int64_t position) {
        Vector<Real> block[LANES<Real>];
        for (int i = 0; i < LANES<Real>; ++i) block[i] = load_unaligned(row + i * segment + position);
        transpose(block);
        for (int i = 0; i < LANES<Real>; ++i) store(lanes + (position + i) * LANES<Real>, block[i]);
    });
    if (isSorted) return;
    for (int64_t i = 0; i < segment * LANES<Real>; ++i)
        lanes[i] = row[i % LANES<Real> * segment + i / LANES<Real>];
}

template <typename Real>
void sort_out(const Real* lanes, Real* row, int64_t segment) {
    const bool isSorted = sorted_in_blocks<LANES<Real>>(segment, [&](int64_t position) {
        Vector<Real> block[LANES<Real>];
        for (int i = 0; i < LANES<Real>; ++i) block[i] = load(lanes + (position + i) * LANES<Real>);
        transpose(block);
        for (int i = 0; i < LANES<Real>; ++i) store_unaligned(row + i * segment + position, block[i]);
    });
    if (isSorted) return;
    for (int64_t i = 0; i < segment * LANES<Real>; ++i)
        row[i % LANES<Real> * segment + i / LANES<Real>] = lanes[i];
}

template <bool streaming, typename Real>
void copy_vectors(const Real* from, Real* to, int64_t cells) {
    for (int64_t cell = 0; cell < cells; cell += LANES<Real>) {
        const Vector<Real> vector = load(from + cell);
        streaming ? store_streaming(to + cell, vector) : store(to + cell, vector);
    }
}

template <typename Real>
constexpr PairKernels<Real> KERNELS = {LANES<Real>,
                                       {{update_pair<false, false, Real>, update_pair<false, true, Real>},
                                        {update_pair<true, false, Real>, update_pair<true, true, Real>}},
                                       join_west<Real>,
                                       join_east<Real>,
                                       sort_in<Real>,
                                       sort_out<Real>,
                                       copy_vectors<false, Real>,
                                       copy_vectors<true, Real>};

}  // namespace

extern const PairKernel GS_FOR_ISA(champion_rows);
const PairKernel GS_FOR_ISA(champion_rows) = {KERNELS<float>, KERNELS<double>, fence_streaming};

}  // namespace gray_scott

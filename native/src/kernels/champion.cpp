/**
 * Teaches: memory is read once for many steps. On a large grid the fastest loop only waits for memory, so the
 * grid is swept in strips of columns that fit in the cache, and every pair of rows that enters a strip is
 * carried through `depth` steps before the next pair: as rows 10 and 11 enter, rows 9 and 10 of the first
 * step can be computed, rows 8 and 9 of the second, and so on down a staircase. Only the last step leaves for
 * memory, past the caches.
 *
 * The columns of a strip lean: each step lies one column further to the west than the step before, so that no
 * cell is computed twice, and the next sweep leans back (strips.h). All the time a row is in the order of
 * `simd_lanes`, a segment for each lane, because the steps then need no shuffles.
 *
 * Each thread sweeps a band of rows of its own, with a margin above and below that its neighbour computes
 * too, and all meet once in `depth` steps. While one row pair climbs down, the next one is fetched and the
 * one before leaves in slices, so that memory and arithmetic work at once.
 */
#include "../pair_kernels.h"
#include "../row_pair_pool.h"
#include "../strips.h"

namespace gray_scott {
namespace {

/** What a row pair's strips have for each other at one step: two rows of both species. */
constexpr int64_t EDGE_CELLS = 4 * BEYOND;

/** What a thread needs beside the grid: the pool, and the edges that a strip leaves for the next one. */
template <typename Real>
struct Workspace {
    size_t pool, edges;

    Workspace(const Job& job, const Strips& strips)
        : pool(RowPairPool<Real>::bytes_needed(strips.depth, strips.cells() + BEYOND * strips.lanes)) {
        const int64_t rows = (job.rows + job.threads - 1) / job.threads + 2 * strips.depth;
        edges = ((rows / 2 + 2) * strips.depth * EDGE_CELLS * sizeof(Real) + 4095) / 4096 * 4096;
    }

    size_t bytes() const { return pool + edges; }
};

template <typename Real>
class Champion final : public Kernel {
  public:
    explicit Champion(const Job& job)
        : strips_(strips_of<Real>(job)),
          grid_(job, strips_),
          workspace_(job, strips_),
          memory_(workspace_.bytes() * job.threads),
          kernels_(pair_kernels_of<Real>(job)),
          update_(update_pair_of<Real>(job)),
          copy_(grid_.streams() ? kernels_.stream : kernels_.copy),
          fence_(GS_PICK_ROW_KERNEL(champion_rows, job.isa).fence),
          constants_(PairConstantsFinder<Real>(job, update_).find()),
          line_(strips_.count * strips_.cells()) {}

    void prepare(Member& me) noexcept override {
        grid_.touch(band_of(me, grid_.rows()));
        std::fill_n(workspace_of(me), workspace_.bytes(), std::byte(0));
    }

    void advance(int64_t steps, Member& me) noexcept override {
        const Rows band = band_of(me, grid_.rows());
        int state = state_, leaning = leaning_;
        for (int64_t left = steps; left > 0;) {
            // As many sweeps as are needed anyway, all of about the same depth, each to the side with more
            // room.
            const int64_t sweeps = (left + strips_.depth - 1) / strips_.depth;
            const int room = strips_.depth - leaning;
            const bool west = room >= leaning;
            const int depth = int(std::min<int64_t>((left + sweeps - 1) / sweeps, west ? room : leaning));
            for (int64_t i = 0; i < strips_.count && band.begin < band.end; ++i) {
                const int64_t strip = west ? i : strips_.count - 1 - i;
                run({state, depth, band, strip, strip * strips_.cells() - strips_.offset - leaning, west,
                     i == 0},
                    me);
            }
            fence_();
            if (!me.meet()) return;
            state = 1 - state;
            leaning += west ? depth : -depth;
            left -= depth;
        }
        if (me.rank == 0) state_ = state, leaning_ = leaning;
    }

    void load(Rows rows, const void* u, const void* v) noexcept override {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            const int64_t from = (row - rows.begin) * grid_.cols();
            load_row(static_cast<const Real*>(u) + from, grid_.outside_u(),
                     [&](int64_t strip) { return grid_.u(state_, strip, row); });
            load_row(static_cast<const Real*>(v) + from, Real(0),
                     [&](int64_t strip) { return grid_.v(state_, strip, row); });
        }
    }

    void read(Rows rows, void* u, void* v) const noexcept override {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            const int64_t to = (row - rows.begin) * grid_.cols();
            read_row([&](int64_t strip) { return grid_.u(state_, strip, row); }, static_cast<Real*>(u) + to);
            read_row([&](int64_t strip) { return grid_.v(state_, strip, row); }, static_cast<Real*>(v) + to);
        }
    }

  private:
    /** A strip on its way through a band. */
    struct Sweep {
        int state, depth;
        Rows band;
        int64_t strip;
        /** Its first column before the first step. */
        int64_t begin;
        bool leansWest, isFirst;

        /** Its first column after a step. */
        int64_t begin_after(int step) const noexcept { return leansWest ? begin - step : begin + step; }
    };

    std::byte* workspace_of(const Member& me) const noexcept {
        return memory_.data() + me.rank * workspace_.bytes();
    }

    /** Where the columns of the grid begin in a line of all strips. */
    int64_t first_col() const noexcept { return strips_.offset + leaning_; }

    template <typename RowOf>
    void load_row(const Real* from, Real outside, const RowOf& row_of) noexcept {
        std::fill(line_.begin(), line_.end(), outside);
        std::copy_n(from, grid_.cols(), line_.begin() + first_col());
        for (int64_t strip = 0; strip < strips_.count; ++strip)
            kernels_.sortIn(line_.data() + strip * strips_.cells(), row_of(strip), strips_.segment);
    }

    template <typename RowOf>
    void read_row(const RowOf& row_of, Real* to) const noexcept {
        for (int64_t strip = 0; strip < strips_.count; ++strip)
            kernels_.sortOut(row_of(strip), line_.data() + strip * strips_.cells(), strips_.segment);
        std::copy_n(line_.begin() + first_col(), grid_.cols(), to);
    }

    /** Carries a strip through `depth` steps, from its state into the other one. */
    void run(const Sweep& sweep, Member& me) noexcept {
        const auto [state, depth, band, strip, begin, leansWest, isFirst] = sweep;
        RowPairPool<Real> pool(workspace_of(me), strips_.depth, strips_.cells() + BEYOND * strips_.lanes);
        const int64_t west = leansWest ? BEYOND * strips_.lanes : 0;
        Real* edges = reinterpret_cast<Real*>(workspace_of(me) + workspace_.pool);
        Real* leaving = pool.take();
        // These rows and the ones below are complete, in `leaving`.
        int64_t complete = band.begin - 2;
        int64_t pairs = 0;
        for (int64_t entering = band.begin - depth; complete + 2 < band.end; entering += 2, ++pairs) {
            if (me.cancelled()) return;
            Real* newest = pool.take();
            enter(sweep, entering, pool.rows(newest, west), edges);
            // The first pairs find nothing above them to go on with.
            const int steps = int(std::min<int64_t>(depth, pairs));
            for (int step = 1; step <= steps; ++step) {
                Real* next = pool.take();
                Real* above = pool.held(step - 1);
                const TwoRows<Real> to = pool.rows(next, west);
                if (is_inside(entering - step)) update(pool.rows(above), pool.rows(newest), to);
                finish(sweep, step, entering - step, to, edges + step * EDGE_CELLS);
                pool.hold(step - 1, newest);
                pool.give_back(above);
                newest = next;

                const Part part{strips_.segment * (step - 1) / steps, strips_.segment * step / steps};
                grid_.prefetch_rows(state, strip, entering + 2, part);
                leave(sweep, complete, pool.rows(leaving, west), part);
            }
            if (steps < depth) {
                pool.give_back(pool.held(steps));
                pool.hold(steps, newest);
            } else {
                pool.give_back(leaving);
                leaving = newest;
                complete = entering - depth;
            }
            edges += strips_.depth * EDGE_CELLS;
        }
        leave(sweep, complete, pool.rows(leaving, west), {0, strips_.segment});
    }

    /** Whether row `row` or `row` + 1 is one that the boundary does not say. */
    bool is_inside(int64_t row) const noexcept {
        return !grid_.is_outside(row) || !grid_.is_outside(row + 1);
    }

    /** One step of the two rows in the middle, from a vector further to the west than they begin. */
    void update(const TwoRows<Real>& upper, const TwoRows<Real>& lower,
                const TwoRows<Real>& next) const noexcept {
        update_({{upper.u[0], upper.u[1], lower.u[0], lower.u[1]},
                 {upper.v[0], upper.v[1], lower.v[0], lower.v[1]},
                 {next.u[0], next.u[1]},
                 {next.v[0], next.v[1]}},
                strips_.segment, constants_);
    }

    /** Copies rows `row` and `row` + 1 before the first step. */
    void enter(const Sweep& sweep, int64_t row, const TwoRows<Real>& to, Real* edges) const noexcept {
        for (int i = 0; i < 2; ++i) {
            if (grid_.is_outside(row + i)) continue;
            const int64_t from = grid_.wrapped_row(row + i);
            kernels_.copy(grid_.u(sweep.state, sweep.strip, from), to.u[i], strips_.cells());
            kernels_.copy(grid_.v(sweep.state, sweep.strip, from), to.v[i], strips_.cells());
            if (grid_.is_periodic()) wrap(sweep, from, to.u[i], to.v[i]);
        }
        finish(sweep, 0, row, to, edges);
    }

    /** For the periodic boundary: the columns of a row that lie outside are those at the other end. */
    void wrap(const Sweep& sweep, int64_t row, Real* u, Real* v) const noexcept {
        const int64_t end = sweep.begin + strips_.cells();
        const auto copy = [&](int64_t first, int64_t last) {
            if (first >= last) return;
            const int64_t start = sweep.begin - sweep.strip * strips_.cells();
            int64_t col = grid_.wrapped_col(first);
            Place from(strips_, col - start), to(strips_, first - sweep.begin);
            for (int64_t left = last - first; left > 0; --left, to.go_on()) {
                u[to.cell()] = grid_.u(sweep.state, from.strip, row)[from.cell()];
                v[to.cell()] = grid_.v(sweep.state, from.strip, row)[from.cell()];
                from.go_on();
                if (++col == grid_.cols()) col = 0, from = Place(strips_, -start);
            }
        };
        copy(sweep.begin, std::min<int64_t>(0, end));
        copy(std::max(grid_.cols(), sweep.begin), end);
    }

    /**
     * After a step, of rows `row` and `row` + 1: puts what the boundary says where they lie outside, as far
     * as anything inside asks for it, and completes them for the next step.
     */
    void finish(const Sweep& sweep, int step, int64_t row, const TwoRows<Real>& rows,
                Real* edges) const noexcept {
        if (!grid_.is_periodic()) {
            for (int i = 0; i < 2; ++i) {
                if (!grid_.is_outside(row + i)) continue;
                std::fill_n(rows.u[i], strips_.cells(), grid_.outside_u());
                std::fill_n(rows.v[i], strips_.cells(), Real(0));
            }
            for (const int64_t col : {int64_t(-1), grid_.cols()}) {
                const int64_t cell = col - sweep.begin_after(step);
                if (cell < 0 || cell >= strips_.cells()) continue;
                const int64_t at = strips_.place_of(cell);
                for (int i = 0; i < 2; ++i) rows.u[i][at] = grid_.outside_u(), rows.v[i][at] = 0;
            }
        }
        if (step == sweep.depth) return;
        if (sweep.isFirst) {
            // Beside this strip is nothing: what lies there is outside, or of no consequence.
            std::fill_n(edges, 2 * BEYOND, grid_.outside_u());
            std::fill_n(edges + 2 * BEYOND, 2 * BEYOND, Real(0));
        }
        const JoinLanes<Real> join = sweep.leansWest ? kernels_.joinWest : kernels_.joinEast;
        for (int i = 0; i < 2; ++i) {
            join(rows.u[i], strips_.segment, edges + i * BEYOND);
            join(rows.v[i], strips_.segment, edges + (2 + i) * BEYOND);
        }
    }

    /** Puts part of the complete rows `row` and `row` + 1 into the other state. */
    void leave(const Sweep& sweep, int64_t row, const TwoRows<Real>& from, Part part) noexcept {
        if (row < sweep.band.begin) return;
        const int64_t first = part.begin * strips_.lanes, count = (part.end - part.begin) * strips_.lanes;
        for (int i = 0; i < 2 && row + i < sweep.band.end; ++i) {
            copy_(from.u[i] + first, grid_.u(1 - sweep.state, sweep.strip, row + i) + first, count);
            copy_(from.v[i] + first, grid_.v(1 - sweep.state, sweep.strip, row + i) + first, count);
        }
    }

    const Strips strips_;
    StripGrid<Real> grid_;
    const Workspace<Real> workspace_;
    const PageMemory memory_;
    const PairKernels<Real>& kernels_;
    const UpdatePair<Real> update_;
    const CopyVectors<Real> copy_;
    void (*const fence_)();
    const PairConstants<Real> constants_;
    /** A row of the grid as it lies in the strips, to be sorted. */
    mutable std::vector<Real> line_;
    /** Which of the grid's two states is the present one, and by how much its strips lean to the west. */
    int state_ = 0, leaning_ = 0;
};

size_t bytes_needed(const Job& job) {
    const auto bytes = [&]<typename Real>(Real) {
        const Strips strips = strips_of<Real>(job);
        return StripGrid<Real>::bytes_needed(job, strips) +
               Workspace<Real>(job, strips).bytes() * job.threads;
    };
    return job.precision == Precision::f32 ? bytes(float()) : bytes(double());
}

}  // namespace

extern const KernelEntry champion;
const KernelEntry champion = {"champion", ROW_KERNEL_ISAS, bytes_needed, make_kernel<Champion>};

}  // namespace gray_scott

/**
 * Teaches: memory is read once for many steps. On a large grid the fastest loop only waits for memory, so the
 * grid is swept in strips of columns that fit in the cache, and every pair of rows that enters a strip is
 * carried through `depth` steps before the next pair: as rows 10 and 11 enter, rows 9 and 10 of the first
 * step can be computed, rows 8 and 9 of the second, and so on down a staircase. Only the last step leaves for
 * memory, past the caches.
 *
 * On its way a row is in the order of `simd_lanes`, a segment for each lane, because the steps then need no
 * shuffles: it is sorted when it enters and when it leaves, and `depth` steps share that cost.
 *
 * A strip loses one column at each side and step, so it starts `depth` columns wider than it ends and
 * neighbouring strips compute that margin twice: deeper is less memory and more margin. Each thread sweeps a
 * band of rows of its own, with a margin above and below, and all meet once in `depth` steps. While one row
 * pair climbs down, the next one is fetched and the one before leaves in slices, so that memory and
 * arithmetic work at once.
 */
#include "../pair_kernels.h"
#include "../row_pair_pool.h"
#include "../strips.h"

namespace gray_scott {
namespace {

template <typename Real>
class Champion final : public Kernel {
  public:
    explicit Champion(const Job& job)
        : grid_(job),
          strips_(strips_of<Real>(job)),
          poolBytes_(RowPairPool<Real>::bytes_needed(strips_.depth, strips_.cells())),
          pools_(poolBytes_ * job.threads),
          kernels_(pair_kernels_of<Real>(job)),
          update_(update_pair_of<Real>(job)),
          copy_(grid_.streams() ? kernels_.stream : kernels_.copy),
          fence_(GS_PICK_ROW_KERNEL(champion_rows, job.isa).fence),
          constants_(PairConstantsFinder<Real>(job, update_).find()) {}

    void prepare(Member& me) noexcept override {
        grid_.touch(band_of(me, grid_.rows()));
        std::fill_n(pools_.data() + me.rank * poolBytes_, poolBytes_, std::byte(0));
    }

    void advance(int64_t steps, Member& me) noexcept override {
        const Rows band = band_of(me, grid_.rows());
        int state = state_;
        for (int64_t left = steps; left > 0;) {
            // As many sweeps as are needed anyway, all of about the same depth.
            const int64_t sweeps = (left + strips_.depth - 1) / strips_.depth;
            const int depth = int((left + sweeps - 1) / sweeps);
            for (int64_t col = 0; col < grid_.cols() && band.begin < band.end; col += strips_.cols) {
                const int64_t begin = std::min(col, grid_.padded_cols() - strips_.cols);
                run(sweep_of(state, depth, band, {begin, begin + strips_.cols}), me);
            }
            fence_();
            if (!me.meet()) return;
            state = 1 - state;
            left -= depth;
        }
        if (me.rank == 0) state_ = state;
    }

    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(state_, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

  private:
    /** A strip on its way through a band. */
    struct Sweep {
        int state, depth;
        Rows band;
        /** What comes out, and what goes in. */
        Columns strip, margin;
        /**
         * Where in a sorted row the first column to the left and to the right of the grid are; −1 where they
         * are not in it, or are nothing apart because the boundary is periodic.
         */
        int64_t before, after;
    };

    Sweep sweep_of(int state, int depth, Rows band, Columns strip) const noexcept {
        const Columns margin{strip.begin - depth, strip.end + depth};
        const auto seen = [&](int64_t col) {
            const bool isSeen = margin.begin <= col && col < margin.end && !grid_.is_periodic();
            return isSeen ? place_of(margin, col) : -1;
        };
        return {state, depth, band, strip, margin, seen(-1), seen(grid_.cols())};
    }

    /** Where in a sorted row a column is. */
    int64_t place_of(Columns margin, int64_t col) const noexcept {
        const int64_t cell = col - margin.begin;
        return cell % strips_.segment * strips_.lanes + cell / strips_.segment;
    }

    /** Carries a strip through `depth` steps, from its state into the other one. */
    void run(const Sweep& sweep, Member& me) noexcept {
        const auto [state, depth, band, strip, margin, before, after] = sweep;
        RowPairPool<Real> pool(pools_.data() + me.rank * poolBytes_, strips_.depth, strips_.cells());
        // These rows and the ones below are complete and in the pool's plain place.
        int64_t leaving = band.begin - 2;
        int64_t pairs = 0;
        for (int64_t entering = band.begin - depth; leaving + 2 < band.end; entering += 2, ++pairs) {
            if (me.cancelled()) return;
            Real* newest = pool.take();
            enter(sweep, entering, pool, newest);
            // The first pairs find nothing above them to go on with.
            const int steps = int(std::min<int64_t>(depth, pairs));
            for (int step = 1; step <= steps; ++step) {
                Real* next = pool.take();
                Real* older = pool.held(step - 1);
                update(sweep, entering - step, pool.update(older, newest, next));
                pool.hold(step - 1, newest);
                pool.give_back(older);
                newest = next;

                grid_.prefetch_rows(state, entering + 2, slice(margin, step, steps));
                leave(sweep, leaving, pool, slice(strip, step, steps));
            }
            if (steps < depth) {
                pool.give_back(pool.held(steps));
                pool.hold(steps, newest);
            } else {
                sort_out(newest, pool);
                pool.give_back(newest);
                leaving = entering - depth;
            }
        }
        leave(sweep, leaving, pool, strip);
    }

    /** Sorts rows `row` and `row` + 1 into `buffer`. */
    void enter(const Sweep& sweep, int64_t row, const RowPairPool<Real>& pool, Real* buffer) const noexcept {
        const TwoRows<Real> to = pool.rows(buffer);
        for (int i = 0; i < 2; ++i) {
            if (!grid_.is_outside(row + i)) {
                const int64_t from = grid_.wrapped_row(row + i), col = sweep.margin.begin;
                kernels_.sortIn(grid_.u(sweep.state, from, col), to.u[i], strips_.segment);
                kernels_.sortIn(grid_.v(sweep.state, from, col), to.v[i], strips_.segment);
                if (grid_.is_periodic()) wrap(sweep, from, to.u[i], to.v[i]);
            }
            put_outside(sweep, row + i, to.u[i], to.v[i]);
        }
    }

    /** For the periodic boundary: the columns of a sorted row that lie outside are those at the other end. */
    void wrap(const Sweep& sweep, int64_t row, Real* u, Real* v) const noexcept {
        const auto copy = [&](int64_t begin, int64_t end) {
            for (int64_t col = begin; col < end; ++col) {
                const int64_t place = place_of(sweep.margin, col), from = grid_.wrapped_col(col);
                u[place] = *grid_.u(sweep.state, row, from);
                v[place] = *grid_.v(sweep.state, row, from);
            }
        };
        copy(sweep.margin.begin, std::min<int64_t>(0, sweep.margin.end));
        copy(std::max(grid_.cols(), sweep.margin.begin), sweep.margin.end);
    }

    /** For the other boundaries: what of a sorted row lies outside, as far as anything inside asks for it. */
    void put_outside(const Sweep& sweep, int64_t row, Real* u, Real* v) const noexcept {
        if (grid_.is_outside(row)) {
            std::fill_n(u, strips_.cells(), grid_.outside_u());
            std::fill_n(v, strips_.cells(), Real(0));
        }
        for (const int64_t place : {sweep.before, sweep.after}) {
            if (place >= 0) u[place] = grid_.outside_u(), v[place] = 0;
        }
    }

    void sort_out(Real* buffer, const RowPairPool<Real>& pool) const noexcept {
        const TwoRows<Real> from = pool.rows(buffer), to = pool.plain();
        for (int i = 0; i < 2; ++i) {
            kernels_.sortOut(from.u[i], to.u[i], strips_.segment);
            kernels_.sortOut(from.v[i], to.v[i], strips_.segment);
        }
    }

    /** One step of rows `row` and `row` + 1, and the boundary's values in what of them lies outside. */
    void update(const Sweep& sweep, int64_t row, const RowPair<Real>& pair) const noexcept {
        update_(pair, strips_.segment, constants_);
        for (int i = 0; i < 2; ++i) put_outside(sweep, row + i, pair.nextU[i], pair.nextV[i]);
    }

    /** Part `step` of `steps` of some columns, in whole cache lines. */
    static Columns slice(Columns cols, int step, int steps) noexcept {
        const int64_t lines = StripGrid<Real>::padded(cols.end - cols.begin) / StripGrid<Real>::LINE;
        const auto border = [&](int part) {
            return cols.begin + lines * part / steps * StripGrid<Real>::LINE;
        };
        return {border(step - 1), std::min(cols.end, border(step))};
    }

    /** Puts some columns of the complete rows `row` and `row` + 1 into the other state. */
    void leave(const Sweep& sweep, int64_t row, const RowPairPool<Real>& pool, Columns cols) noexcept {
        if (row < sweep.band.begin) return;
        const TwoRows<Real> from = pool.plain();
        const int64_t count = cols.end - cols.begin, skipped = cols.begin - sweep.margin.begin;
        for (int i = 0; i < 2 && row + i < sweep.band.end; ++i) {
            copy_(from.u[i] + skipped, grid_.u(1 - sweep.state, row + i, cols.begin), count);
            copy_(from.v[i] + skipped, grid_.v(1 - sweep.state, row + i, cols.begin), count);
        }
    }

    StripGrid<Real> grid_;
    const Strips strips_;
    const size_t poolBytes_;
    const PageMemory pools_;
    const PairKernels<Real>& kernels_;
    const UpdatePair<Real> update_;
    const CopyLines<Real> copy_;
    void (*const fence_)();
    const PairConstants<Real> constants_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

template <typename Real>
size_t bytes_of(const Job& job) {
    const Strips strips = strips_of<Real>(job);
    return StripGrid<Real>::bytes_needed(job) +
           job.threads * RowPairPool<Real>::bytes_needed(strips.depth, strips.cells());
}

size_t bytes_needed(const Job& job) {
    return job.precision == Precision::f32 ? bytes_of<float>(job) : bytes_of<double>(job);
}

}  // namespace

extern const KernelEntry champion;
const KernelEntry champion = {"champion", ROW_KERNEL_ISAS, bytes_needed, make_kernel<Champion>};

}  // namespace gray_scott

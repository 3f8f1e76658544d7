/**
 * Teaches: memory is read once for many steps. On a large grid the fastest loop only waits for memory, so the
 * grid is swept in strips of columns that fit in the cache, and every pair of rows that enters a strip is
 * carried through `depth` steps before the next pair: as rows 10 and 11 enter, rows 9 and 10 of the first
 * step can be computed, rows 8 and 9 of the second, and so on down a staircase. Only the last step leaves for
 * memory, past the caches.
 *
 * A strip loses one column at each side and step, so it starts `depth` columns wider than it ends and
 * neighbouring strips compute that margin twice: deeper is less memory and more margin. Each thread sweeps a
 * band of rows of its own, with a margin above and below, and all meet once in `depth` steps. While one row
 * pair climbs down, the next one is fetched and the last step of the one before leaves in slices, so that
 * memory and arithmetic work at once.
 */
#include "../pair_kernels.h"
#include "../row_pair_pool.h"

namespace gray_scott {
namespace {

template <typename Real>
class Champion final : public Kernel {
  public:
    explicit Champion(const Job& job)
        : grid_(job),
          depth_(int(job.integer("depth"))),
          strip_(strip_of<Real>(job)),
          poolBytes_(RowPairPool<Real>::bytes_needed(depth_, strip_ + 2 * depth_)),
          pools_(poolBytes_ * job.threads),
          update_(pair_kernels_of<Real>(job)),
          fence_(GS_PICK_ROW_KERNEL(champion_rows, job.isa).fence),
          constants_(pair_constants_of<Real>(job)) {}

    void prepare(Member& me) noexcept override {
        grid_.touch(band_of(me, grid_.rows()));
        std::fill_n(pools_.data() + me.rank * poolBytes_, poolBytes_, std::byte(0));
    }

    void advance(int64_t steps, Member& me) noexcept override {
        const Rows band = band_of(me, grid_.rows());
        int state = state_;
        for (int64_t done = 0; done < steps;) {
            const int depth = int(std::min<int64_t>(depth_, steps - done));
            for (int64_t col = 0; col < grid_.cols() && band.begin < band.end; col += strip_) {
                sweep(state, band, {col, std::min(col + strip_, grid_.padded_cols())}, depth, me);
            }
            fence_();
            if (!me.meet()) return;
            state = 1 - state;
            done += depth;
        }
        if (me.rank == 0) state_ = state;
    }

    void load(Rows rows, const void* u, const void* v) noexcept override { grid_.load(state_, rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

  private:
    /** A row pair before its last step: rows `row` and `row` + 1 come out of these two. */
    struct Leaving {
        int64_t row = INT64_MIN / 2;
        Real* older = nullptr;
        const Real* newer = nullptr;
    };

    /** Carries the columns `strip` of `band` through `depth` steps, from `state` into the other one. */
    void sweep(int state, Rows band, Columns strip, int depth, Member& me) noexcept {
        const Columns margin{strip.begin - depth, strip.end + depth};
        const int64_t width = margin.end - margin.begin;
        RowPairPool<Real> pool(pools_.data() + me.rank * poolBytes_, depth, width);
        Leaving leaving;
        for (int64_t entering = band.begin - depth; leaving.row + 2 < band.end; entering += 2) {
            if (me.cancelled()) return;
            Real* newest = pool.take();
            grid_.copy_rows(state, entering, margin, pool.rows(newest));
            for (int step = 1; step < depth; ++step) {
                Real* next = pool.take();
                Real* older = pool.held(step - 1);
                RowPair<Real> pair = pool.update(older, newest, 0);
                const TwoRows<Real> to = pool.rows(next);
                for (int row = 0; row < 2; ++row) pair.nextU[row] = to.u[row], pair.nextV[row] = to.v[row];
                update_.keep(pair, width, constants_);
                grid_.enclose(entering - step, margin, to);
                pool.hold(step - 1, newest);
                pool.give_back(older);
                newest = next;

                const Columns fetched = slice(margin, step, depth);
                grid_.prefetch_rows(state, entering + 2, fetched);
                leave(state, band, leaving, pool, margin.begin, slice(strip, step, depth));
            }
            if (leaving.older != nullptr) pool.give_back(leaving.older);
            leaving = {entering - depth, pool.held(depth - 1), newest};
            pool.hold(depth - 1, newest);
            if (depth == 1) leave(state, band, leaving, pool, margin.begin, strip);
        }
        if (depth > 1) leave(state, band, leaving, pool, margin.begin, strip);
    }

    /** Part `step` of depth − 1 of some columns, in whole cache lines. */
    static Columns slice(Columns cols, int step, int depth) noexcept {
        const int64_t lines = grid_lines(cols.end - cols.begin);
        const auto border = [&](int part) {
            return cols.begin + lines * part / (depth - 1) * StripGrid<Real>::LINE;
        };
        return {border(step - 1), std::min(cols.end, border(step))};
    }
    static int64_t grid_lines(int64_t cols) noexcept {
        return StripGrid<Real>::padded(cols) / StripGrid<Real>::LINE;
    }

    /** Computes the last step of a row pair in some columns, into the other state. */
    void leave(int state, Rows band, const Leaving& leaving, const RowPairPool<Real>& pool, int64_t firstCol,
               Columns cols) noexcept {
        const auto [row, older, newer] = leaving;
        if (older == nullptr || row < band.begin || cols.begin >= cols.end) return;
        RowPair<Real> pair = pool.update(older, newer, cols.begin - firstCol);
        // The second row of an odd band is its neighbour's: computed aside and forgotten.
        const bool both = row + 1 < band.end;
        pair.nextU[0] = grid_.u(1 - state, row, cols.begin);
        pair.nextV[0] = grid_.v(1 - state, row, cols.begin);
        pair.nextU[1] = both ? grid_.u(1 - state, row + 1, cols.begin) : pool.aside();
        pair.nextV[1] = both ? grid_.v(1 - state, row + 1, cols.begin) : pool.aside();
        (grid_.streams() ? update_.stream : update_.keep)(pair, cols.end - cols.begin, constants_);
    }

    StripGrid<Real> grid_;
    const int depth_;
    const int64_t strip_;
    const size_t poolBytes_;
    const PageMemory pools_;
    const PairKernels<Real> update_;
    void (*const fence_)();
    const PairConstants<Real> constants_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

template <typename Real>
size_t bytes_of(const Job& job) {
    const int depth = int(job.integer("depth"));
    const int64_t cols = strip_of<Real>(job) + 2 * depth;
    return StripGrid<Real>::bytes_needed(job) + job.threads * RowPairPool<Real>::bytes_needed(depth, cols);
}

size_t bytes_needed(const Job& job) {
    return job.precision == Precision::f32 ? bytes_of<float>(job) : bytes_of<double>(job);
}

}  // namespace

extern const KernelEntry champion;
const KernelEntry champion = {"champion", ROW_KERNEL_ISAS, bytes_needed, make_kernel<Champion>};

}  // namespace gray_scott

/**
 * Teaches: threads share one memory, so the kernel that asks least of it gains most from them. The tiles are
 * those of `pyramid`, each carried `depth` steps ahead in the cache; here every thread has two small buffers
 * of its own and its share of the tiles, those of the rows whose memory it touched first.
 *
 * Within a sweep nobody waits: all read the old state, margins included, and write tiles of the new one that
 * nobody else writes. All meet once in `depth` steps instead of once per step. Whoever has finished its share
 * helps the others with what they have not begun, so that a slow core does not keep everybody waiting; that
 * takes a counter for each share. It costs the margins, computed twice as before, and with few or large tiles
 * the last of a sweep leave threads without work.
 */
#include <atomic>
#include <vector>

#include "../pyramid_tile.h"

namespace gray_scott {
namespace {

template <typename Real>
class ThreadsPyramids final : public Kernel {
  public:
    explicit ThreadsPyramids(const Job& job)
        : grid_(job),
          blocks_(job, PyramidTile<Real>::LINE),
          depth_(job.integer("depth")),
          memory_(tile_bytes(job) * job.threads),
          begun_{std::vector<Counter>(job.threads), std::vector<Counter>(job.threads)} {
        for (int rank = 0; rank < job.threads; ++rank) {
            tiles_.emplace_back(job, blocks_, memory_.data() + rank * tile_bytes(job));
        }
    }

    static size_t tile_bytes(const Job& job) {
        return PyramidTile<Real>::bytes_needed(job, Blocks(job, PyramidTile<Real>::LINE));
    }
    static size_t bytes_needed(const Job& job) {
        return HaloGrid<Real>::bytes_needed(job) + tile_bytes(job) * job.threads;
    }

    void prepare(Member& me) noexcept override {
        grid_.fill(band_of(me, grid_.rows()));
        tiles_[me.rank].fill();
    }

    /** Runs on every thread of the team at once. */
    void advance(int64_t steps, Member& me) noexcept override {
        int state = state_;
        for (int64_t done = 0, sweeps = 0; done < steps; ++sweeps) {
            const int64_t depth = std::min(depth_, steps - done);
            std::vector<Counter>& begun = begun_[sweeps % 2];
            sweep(state, depth, begun, me);
            state = 1 - state;
            done += depth;
            if (!me.meet()) return;
            // Everybody counts with the other ones by now, and meets again before these ones' next turn.
            begun[me.rank].value.store(0, std::memory_order_relaxed);
        }
        if (me.rank == 0) state_ = state;
    }

    void load(Rows rows, const void* u, const void* v) noexcept override {
        grid_.load(state_, rows, u, v);
        // A cancelled sweep leaves them anywhere.
        for (std::vector<Counter>& counters : begun_) {
            for (Counter& counter : counters) counter.value = 0;
        }
    }
    void read(Rows rows, void* u, void* v) const noexcept override { grid_.read(state_, rows, u, v); }

  private:
    /** Tiles of a share that somebody has begun; alone on its cache line, since others write it too. */
    struct alignas(64) Counter {
        std::atomic<int64_t> value = 0;
    };

    void sweep(int state, int64_t depth, std::vector<Counter>& begun, const Member& me) noexcept {
        const auto first_of = [&](int rank) { return blocks_.count() * rank / me.size; };
        for (int turn = 0; turn < me.size; ++turn) {
            const int owner = (me.rank + turn) % me.size;
            while (!me.cancelled()) {
                // What the tiles hold is ordered by the meeting, not by the counter.
                const int64_t taken = begun[owner].value.fetch_add(1, std::memory_order_relaxed);
                const int64_t number = first_of(owner) + taken;
                if (number >= first_of(owner + 1)) break;
                climb(state, blocks_.at(number), depth, me);
            }
        }
    }

    void climb(int state, const Block& block, int64_t depth, const Member& me) noexcept {
        PyramidTile<Real>& tile = tiles_[me.rank];
        tile.enter(grid_, state, block, depth, me);
        for (int64_t margin = depth - 1; margin > 0; --margin) tile.shrink_to(margin, me);
        tile.leave(grid_, state, me);
    }

    HaloGrid<Real> grid_;
    const Blocks blocks_;
    const int64_t depth_;
    const PageMemory memory_;
    /** One for each member. */
    std::vector<PyramidTile<Real>> tiles_;
    /** One counter for each member; sweeps take turns with the two sets. */
    std::vector<Counter> begun_[2];
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

size_t bytes_needed(const Job& job) {
    return job.precision == Precision::f32 ? ThreadsPyramids<float>::bytes_needed(job)
                                           : ThreadsPyramids<double>::bytes_needed(job);
}

}  // namespace

extern const KernelEntry threads_pyramids;
const KernelEntry threads_pyramids = {"threads_pyramids", ROW_KERNEL_ISAS, bytes_needed,
                                      make_kernel<ThreadsPyramids>};

}  // namespace gray_scott

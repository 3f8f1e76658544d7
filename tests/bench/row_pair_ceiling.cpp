/**
 * What the inner loop of `champion` gives where nothing else is there: each thread updates a small grid of
 * its own that stays in its cache, without meetings, strips or margins.
 *
 * Arguments: rows (even), cols (whole cache lines), threads, timed steps. Prints the seconds of the timed
 * steps.
 */
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>
#include <vector>

#include "pair_kernels.h"

namespace gray_scott {
namespace {

/** Two states of both species with a row above and below and a cache line at each side. */
class SmallGrid {
  public:
    SmallGrid(int64_t rows, int64_t cols)
        : rows_(rows), cols_(cols), pitch_(cols + 2 * LINE), memory_(4 * plane() * sizeof(float)) {
        std::fill_n(at(0, -1, -LINE), 4 * plane(), 0.0f);
        for (int64_t row = 0; row < rows; ++row) std::fill_n(at(0, row, 0), cols, 1.0f);
        for (int64_t row = rows / 4; row < rows / 2; ++row) std::fill_n(at(1, row, cols / 4), cols / 4, 0.5f);
    }

    void advance(int64_t steps, UpdatePair<float> update, const PairConstants<float>& constants) {
        for (int64_t step = 0; step < steps; ++step, state_ = 2 - state_) {
            for (int64_t row = 0; row < rows_; row += 2) {
                RowPair<float> pair{};
                for (int i = 0; i < 4; ++i) {
                    pair.u[i] = at(state_, row - 1 + i, 0);
                    pair.v[i] = at(state_ + 1, row - 1 + i, 0);
                }
                for (int i = 0; i < 2; ++i) {
                    pair.nextU[i] = at(2 - state_, row + i, 0);
                    pair.nextV[i] = at(3 - state_, row + i, 0);
                }
                update(pair, cols_, constants);
            }
        }
    }

  private:
    static constexpr int64_t LINE = StripGrid<float>::LINE;

    int64_t plane() const { return (rows_ + 2) * pitch_ + 3 * LINE; }
    float* at(int64_t plane, int64_t row, int64_t col) const {
        return reinterpret_cast<float*>(memory_.data()) + plane * this->plane() + (row + 1) * pitch_ + LINE +
               col;
    }

    const int64_t rows_, cols_, pitch_;
    const PageMemory memory_;
    /** First plane of the present state: 0 or 2. */
    int64_t state_ = 0;
};

}  // namespace
}  // namespace gray_scott

int main(int argc, char** argv) {
    using namespace gray_scott;
    if (argc != 5) return 2;
    const int64_t rows = std::atoll(argv[1]), cols = std::atoll(argv[2]);
    const int threads = std::atoi(argv[3]);
    const int64_t timedSteps = std::atoll(argv[4]);

    Job job;
    job.constants = {1, 1, 0.1, 0.05, 0.014, 0.054, 1};
    const UpdatePair<float> update = GS_FOR_ISA(champion_rows).f32[1].keep;
    const PairConstants<float> constants = pair_constants_of<float>(job);

    Team team({threads, true, true});
    std::vector<std::unique_ptr<SmallGrid>> grids(threads);
    team.run([&](Member& me) { grids[me.rank] = std::make_unique<SmallGrid>(rows, cols); });
    const auto run = [&](int64_t steps) {
        double seconds = 0;
        std::promise<void> ended;
        team.start([&](Member& me) { grids[me.rank]->advance(steps, update, constants); },
                   [&](double took, bool) {
                       seconds = took;
                       ended.set_value();
                   });
        ended.get_future().wait();
        return seconds;
    };
    run(timedSteps / 4 + 1);
    std::printf("%.9f\n", run(timedSteps));
    return 0;
}

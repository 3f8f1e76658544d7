/**
 * What the inner loop of `champion` gives where nothing else is there: each thread updates a small grid of
 * its own that stays in its cache, without meetings, strips or margins.
 *
 * Arguments: rows (even), cols (a multiple of 1024 bytes), threads, timed steps. Prints the seconds of the
 * timed steps.
 */
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>
#include <vector>

#include "page_memory.h"
#include "pair_kernels.h"

namespace gray_scott {
namespace {

/** Two states of both species, sorted into lanes, with a row above and below and room beside each. */
class SmallGrid {
  public:
    SmallGrid(int64_t rows, int64_t cols)
        : rows_(rows), stride_(cols + BESIDE), memory_(4 * plane() * sizeof(float)) {
        std::fill_n(reinterpret_cast<float*>(memory_.data()), 4 * plane(), 0.0f);
        for (int64_t row = 0; row < rows; ++row) std::fill_n(at(0, row), cols, 1.0f);
        for (int64_t row = rows / 4; row < rows / 2; ++row)
            std::fill_n(at(1, row) + cols / 4, cols / 4, 0.5f);
    }

    void advance(int64_t steps, int64_t lanes, int64_t segment, UpdatePair<float> update,
                 const PairConstants<float>& constants) {
        for (int64_t step = 0; step < steps; ++step, state_ = 2 - state_) {
            for (int64_t row = 0; row < rows_; row += 2) {
                RowPair<float> pair{};
                for (int i = 0; i < 4; ++i) {
                    pair.u[i] = at(state_, row - 1 + i) - lanes;
                    pair.v[i] = at(state_ + 1, row - 1 + i) - lanes;
                }
                for (int i = 0; i < 2; ++i) {
                    pair.nextU[i] = at(2 - state_, row + i);
                    pair.nextV[i] = at(3 - state_, row + i);
                }
                update(pair, segment, constants);
            }
        }
    }

  private:
    /** 1 KiB, so that all rows begin at multiples of that (RowPairPool::pitch); half of it on each side. */
    static constexpr int64_t BESIDE = 256;

    int64_t plane() const { return (rows_ + 2) * stride_; }
    float* at(int64_t plane, int64_t row) const {
        float* const start = reinterpret_cast<float*>(memory_.data()) + BESIDE / 2;
        return start + plane * this->plane() + (row + 1) * stride_;
    }

    const int64_t rows_, stride_;
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
    const PairKernels<float>& kernels = GS_FOR_ISA(champion_rows).f32;
    const UpdatePair<float> update = kernels.update[true][true];
    const PairConstants<float> constants = PairConstantsFinder<float>(job, update).find();
    const int64_t segment = cols / kernels.lanes;

    Team team({threads, true, true});
    std::vector<std::unique_ptr<SmallGrid>> grids(threads);
    team.run([&](Member& me) { grids[me.rank] = std::make_unique<SmallGrid>(rows, cols); });
    const auto run = [&](int64_t steps) {
        double seconds = 0;
        std::promise<void> ended;
        team.start(
            [&](Member& me) { grids[me.rank]->advance(steps, kernels.lanes, segment, update, constants); },
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

/**
 * The kernel `autovec` in a bare loop: what the processor gives when nothing else is there. No Node, no team,
 * no batches, no cancel flag; the same row kernel, data layout and seed as in the app.
 *
 * Arguments: rows, cols, warm-up steps, timed steps. Prints the seconds of the timed steps.
 */
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "halo_grid.h"
#include "thread_settings.h"

namespace gray_scott {
extern const RowKernel GS_FOR_ISA(autovec);
}  // namespace gray_scott

int main(int argc, char** argv) {
    using namespace gray_scott;
    if (argc != 5) return 2;
    Job job;
    job.rows = std::atoll(argv[1]);
    job.cols = std::atoll(argv[2]);
    job.constants = {1, 1, 0.1, 0.05, 0.014, 0.054, 1};
    const int64_t warmUpSteps = std::atoll(argv[3]);
    const int64_t timedSteps = std::atoll(argv[4]);

    std::vector<float> u(job.rows * job.cols, 1.0f);
    std::vector<float> v(job.rows * job.cols, 0.0f);
    for (int64_t row = job.rows * 7 / 16 - 4; row < job.rows * 8 / 16 - 4; ++row) {
        for (int64_t col = job.cols * 7 / 16; col < job.cols * 8 / 16; ++col) {
            u[row * job.cols + col] = 0.0f;
            v[row * job.cols + col] = 1.0f;
        }
    }
    flush_subnormals();
    HaloGrid<float> grid(job);
    grid.fill({0, job.rows});
    grid.load(0, {0, job.rows}, u.data(), v.data());

    const UpdateRows<float> update = GS_FOR_ISA(autovec).f32;
    const StepConstants<float> constants = constants_of<float>(job);
    int state = 0;
    const auto advance = [&](int64_t steps) {
        for (int64_t step = 0; step < steps; ++step) {
            update(grid.band(state, {0, job.rows}), constants);
            state = 1 - state;
        }
    };
    advance(warmUpSteps);
    grid.load(state, {0, job.rows}, u.data(), v.data());

    const auto begin = std::chrono::steady_clock::now();
    advance(timedSteps);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;

    grid.read(state, {0, job.rows}, u.data(), v.data());
    double sum = 0;
    for (const float value : v) sum += value;
    std::printf("%.9f %.9f\n", seconds.count(), sum / (job.rows * job.cols));
    return 0;
}

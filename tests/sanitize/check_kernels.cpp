/**
 * Kernels against a plain double loop, without Node: what a sanitizer can watch whole. Each case runs from a
 * seed that is disturbed in every cell, is compared a few times on the way, is cancelled in the middle of a
 * long run and must then start anew as if nothing had been.
 *
 * Reads one case a line on standard input, words separated by spaces:
 *   kernel rows cols precision isa boundary a b threads tolerance parameter=value …
 * where a value is i and a whole number, or s and a word. Prints what fails and the number of cases; ends
 * with 1 when one failed, with 2 for a line that it cannot read.
 */
#include <chrono>
#include <cmath>
#include <cstdio>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "kernel_table.h"

namespace gray_scott {
namespace {

using Fields = std::pair<std::vector<double>, std::vector<double>>;

/** Noise in [0, 1), alike on every machine. */
double noise(uint64_t index) {
    uint64_t h = (index + 1) * 0x9e3779b97f4a7c15u;
    h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
    h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
    return double(h >> 40) / double(uint64_t(1) << 24);
}

/** The background, disturbed in every cell; values that f32 holds exactly. */
Fields seed_of(const Job& job) {
    const int64_t cells = job.rows * job.cols;
    Fields seed{std::vector<double>(cells), std::vector<double>(cells)};
    for (int64_t cell = 0; cell < cells; ++cell) {
        seed.first[cell] = float(1 - 0.3 * noise(2 * cell));
        seed.second[cell] = float(0.3 * noise(2 * cell + 1));
    }
    return seed;
}

/** One plain step, each neighbour looked up by the boundary's rule: the twin of kernels/reference.ts. */
void reference_step(const Job& job, const Fields& from, Fields& to) {
    const StepConstants<double>& c = job.constants;
    const auto wrap = [](int64_t index, int64_t length) { return (index + length) % length; };
    for (int64_t row = 0; row < job.rows; ++row) {
        for (int64_t col = 0; col < job.cols; ++col) {
            const int64_t at = row * job.cols + col;
            const double u = from.first[at], v = from.second[at];
            const bool border = row == 0 || col == 0 || row == job.rows - 1 || col == job.cols - 1;
            if (job.boundary == Boundary::frozen && border) {
                to.first[at] = u;
                to.second[at] = v;
                continue;
            }
            double laplacianU = 0, laplacianV = 0;
            for (int64_t dr = -1; dr <= 1; ++dr) {
                for (int64_t dc = -1; dc <= 1; ++dc) {
                    if (dr == 0 && dc == 0) continue;
                    const double weight = dr != 0 && dc != 0 ? c.b : c.a;
                    const int64_t r = row + dr, q = col + dc;
                    double otherU = job.boundary == Boundary::background ? 1 : 0, otherV = 0;
                    const bool inside = r >= 0 && r < job.rows && q >= 0 && q < job.cols;
                    if (!inside && job.boundary == Boundary::clipped) continue;
                    if (inside || job.boundary == Boundary::periodic) {
                        const int64_t there = wrap(r, job.rows) * job.cols + wrap(q, job.cols);
                        otherU = from.first[there];
                        otherV = from.second[there];
                    }
                    laplacianU += weight * (otherU - u);
                    laplacianV += weight * (otherV - v);
                }
            }
            const double uvv = u * v * v;
            to.first[at] = u + c.dt * (c.diffusionU * laplacianU - uvv + c.feed * (1 - u));
            to.second[at] = v + c.dt * (c.diffusionV * laplacianV + uvv - (c.feed + c.kill) * v);
        }
    }
}

Fields reference_run(const Job& job, int64_t steps) {
    Fields from = seed_of(job), to = from;
    for (int64_t step = 0; step < steps; ++step, from.swap(to)) reference_step(job, from, to);
    return from;
}

/** Calls `use` with bands of rows, in order, that do not divide the grid. */
template <typename Use>
void in_bands(int64_t rows, Use use) {
    constexpr int64_t most = 5;
    for (int64_t row = 0; row < rows; row += most) use(Rows{row, std::min(rows, row + most)});
}

template <typename Real>
void load(Kernel& kernel, const Job& job, const Fields& fields) {
    const std::vector<Real> u(fields.first.begin(), fields.first.end());
    const std::vector<Real> v(fields.second.begin(), fields.second.end());
    in_bands(job.rows, [&](Rows rows) {
        kernel.load(rows, u.data() + rows.begin * job.cols, v.data() + rows.begin * job.cols);
    });
}

template <typename Real>
double largest_difference(const Kernel& kernel, const Job& job, const Fields& expected) {
    std::vector<Real> u(expected.first.size()), v(u.size());
    in_bands(job.rows, [&](Rows rows) {
        kernel.read(rows, u.data() + rows.begin * job.cols, v.data() + rows.begin * job.cols);
    });
    double largest = 0;
    for (size_t cell = 0; cell < u.size(); ++cell) {
        for (const double difference : {u[cell] - expected.first[cell], v[cell] - expected.second[cell]}) {
            if (std::isnan(difference)) return INFINITY;
            largest = std::max(largest, std::abs(difference));
        }
    }
    return largest;
}

/** As native/src/instance.cpp drives a kernel: one team, steps in batches, results between them. */
class Driven {
  public:
    explicit Driven(const KernelEntry& entry, const Job& job)
        : job_(job), kernel_(entry.create(job)), team_({job.threads, false, true}) {
        team_.run([this](Member& me) { kernel_->prepare(me); });
    }

    void load_seed() {
        const Fields seed = seed_of(job_);
        job_.precision == Precision::f32 ? load<float>(*kernel_, job_, seed)
                                         : load<double>(*kernel_, job_, seed);
    }

    /** Whether the steps were cancelled; `afterStart` runs beside them. */
    template <typename AfterStart>
    bool step(int64_t steps, AfterStart afterStart) {
        std::promise<bool> ended;
        team_.start([this, steps](Member& me) { kernel_->advance(steps, me); },
                    [&](double, bool cancelled) { ended.set_value(cancelled); });
        afterStart(team_);
        return ended.get_future().get();
    }
    bool step(int64_t steps) {
        return step(steps, [](Team&) {});
    }

    double difference(const Fields& expected) const {
        return job_.precision == Precision::f32 ? largest_difference<float>(*kernel_, job_, expected)
                                                : largest_difference<double>(*kernel_, job_, expected);
    }

  private:
    const Job job_;
    const std::unique_ptr<Kernel> kernel_;
    Team team_;
};

/** Steps after which kernel and reference are compared. */
constexpr int64_t CHECKPOINTS[] = {1, 7, 25};
/** So many that only a cancel ends them. */
constexpr int64_t ENDLESS = int64_t(1) << 40;

struct Case {
    std::string line;
    const KernelEntry* kernel = nullptr;
    Job job;
    double tolerance = 0;
};

template <typename Value>
Value named(const std::map<std::string, Value>& values, const std::string& name) {
    const auto found = values.find(name);
    if (found == values.end()) throw std::invalid_argument("unknown word " + name);
    return found->second;
}

Case case_of(const std::string& line) {
    static const std::map<std::string, Precision> precisions = {{"f32", Precision::f32},
                                                                {"f64", Precision::f64}};
    static const std::map<std::string, Isa> isas = {
        {"baseline", Isa::baseline}, {"neon", Isa::neon}, {"avx2", Isa::avx2}, {"avx512", Isa::avx512}};
    static const std::map<std::string, Boundary> boundaries = {{"zero", Boundary::zero},
                                                               {"background", Boundary::background},
                                                               {"clipped", Boundary::clipped},
                                                               {"periodic", Boundary::periodic},
                                                               {"frozen", Boundary::frozen}};
    Case one{line, nullptr, {}, 0};
    Job& job = one.job;
    std::string id, precision, isa, boundary;
    std::istringstream words(line);
    job.constants = {0, 0, 0.1, 0.05, 0.014, 0.054, 1};
    if (!(words >> id >> job.rows >> job.cols >> precision >> isa >> boundary >> job.constants.a >>
          job.constants.b >> job.threads >> one.tolerance)) {
        throw std::invalid_argument("too few words");
    }
    one.kernel = find_kernel(id.c_str());
    if (one.kernel == nullptr) throw std::invalid_argument("unknown kernel " + id);
    job.precision = named(precisions, precision);
    job.isa = named(isas, isa);
    job.boundary = named(boundaries, boundary);
    for (std::string parameter; words >> parameter;) {
        const size_t equals = parameter.find('=');
        const std::string value = parameter.substr(equals + 2);
        ParameterValue& stored = job.parameters[parameter.substr(0, equals)];
        if (parameter.at(equals + 1) == 'i') {
            stored = int64_t(std::stoll(value));
        } else {
            stored = value;
        }
    }
    return one;
}

/** Cases that differ only in the kernel follow each other, so the latest answers are kept. */
const std::vector<Fields>& reference_states(const Job& job) {
    using Key = std::tuple<int64_t, int64_t, Boundary, double, double>;
    static Key latest;
    static std::vector<Fields> states;
    const Key key{job.rows, job.cols, job.boundary, job.constants.a, job.constants.b};
    if (states.empty() || key != latest) {
        states.clear();
        for (const int64_t steps : CHECKPOINTS) states.push_back(reference_run(job, steps));
        latest = key;
    }
    return states;
}

bool passes(const Case& one, int number) {
    const std::vector<Fields>& expected = reference_states(one.job);
    Driven driven(*one.kernel, one.job);
    driven.load_seed();
    double worst = 0;
    int64_t done = 0;
    for (size_t at = 0; at < expected.size(); ++at) {
        driven.step(CHECKPOINTS[at] - done);
        done = CHECKPOINTS[at];
        worst = std::max(worst, driven.difference(expected[at]));
    }
    // At another moment of the work from case to case.
    const bool cancelled = driven.step(ENDLESS, [number](Team& team) {
        std::this_thread::sleep_for(std::chrono::microseconds(100 * (number % 8)));
        team.cancel();
    });
    driven.load_seed();
    driven.step(CHECKPOINTS[1]);
    worst = std::max(worst, driven.difference(expected[1]));

    const bool passed = worst <= one.tolerance && cancelled;
    if (!passed)
        std::printf("error %g, %s: %s\n", worst, cancelled ? "cancelled" : "not cancelled", one.line.c_str());
    return passed;
}

}  // namespace
}  // namespace gray_scott

int main() {
    int cases = 0, failed = 0;
    for (std::string line; std::getline(std::cin, line);) {
        try {
            if (!gray_scott::passes(gray_scott::case_of(line), cases++)) ++failed;
        } catch (const std::exception& error) {
            std::printf("%s: %s\n", error.what(), line.c_str());
            return 2;
        }
    }
    std::printf("%d cases, %d failed\n", cases, failed);
    return failed == 0 ? 0 : 1;
}

/** What a kernel instance is made from: the convention, the grid and the tuning, already checked by the
 * caller. */
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>

#include "rows.h"

namespace gray_scott {

enum class Precision { f32, f64 };

/** Widest last. `baseline` is SSE2 on x86-64; kernels compiled per instruction set call arm64's baseline
 * `neon`. */
enum class Isa { baseline, neon, avx2, avx512 };

/** What stands outside the grid: the words of kernels/model.ts. */
enum class Boundary { zero, background, clipped, periodic, frozen };

/** Value of a tuning parameter that the kernel's entry in kernels/entries declares. */
using ParameterValue = std::variant<int64_t, std::string>;

struct Job {
    int64_t rows = 0;
    int64_t cols = 0;
    Precision precision = Precision::f32;
    Isa isa = Isa::baseline;
    Boundary boundary = Boundary::zero;
    /** In f64 here; each kernel takes them in its own precision. */
    StepConstants<double> constants{};
    int threads = 1;
    std::map<std::string, ParameterValue> parameters;

    /** Throws std::out_of_range or std::bad_variant_access for a parameter that was not given as declared. */
    int64_t integer(const std::string& name) const { return std::get<int64_t>(parameters.at(name)); }
    const std::string& word(const std::string& name) const {
        return std::get<std::string>(parameters.at(name));
    }
};

template <typename Real>
StepConstants<Real> constants_of(const Job& job) {
    const StepConstants<double>& c = job.constants;
    return {Real(c.a),    Real(c.b),    Real(c.diffusionU), Real(c.diffusionV),
            Real(c.feed), Real(c.kill), Real(c.dt)};
}

inline size_t bytes_per_value(const Job& job) { return job.precision == Precision::f32 ? 4 : 8; }

}  // namespace gray_scott

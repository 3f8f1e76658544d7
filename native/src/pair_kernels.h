/** Row-pair kernels by instruction set, and the constants that they take. See row_pairs.h. */
#pragma once

#include <cmath>

#include "row_kernels.h"
#include "row_pairs.h"

namespace gray_scott {

#if defined(__x86_64__) || defined(_M_X64)
extern const PairKernel champion_rows_baseline, champion_rows_avx2, champion_rows_avx512;
#elif defined(__aarch64__) || defined(_M_ARM64)
extern const PairKernel champion_rows_neon;
#else
extern const PairKernel champion_rows_baseline;
#endif

template <typename Real>
const PairKernels<Real>& pair_kernels_of(const Job& job) {
    const PairKernel& kernel = GS_PICK_ROW_KERNEL(champion_rows, job.isa);
    if constexpr (sizeof(Real) == sizeof(float)) {
        return kernel.f32;
    } else {
        return kernel.f64;
    }
}

inline bool has_equal_weights(const Job& job) { return job.constants.a == job.constants.b; }

/** The loop for the job's precision, instruction set, weights and time step. */
template <typename Real>
UpdatePair<Real> update_pair_of(const Job& job) {
    return pair_kernels_of<Real>(job).update[has_equal_weights(job)][job.constants.dt == 1];
}

/**
 * The step's constants. A cell's weight for itself is what the eight neighbours, feed and decay leave of it.
 * It is rounded apart from theirs, and two such errors would add up over hundreds of steps; so the weight of
 * the neighbours is moved by a few units in its last place where all of them together are then nearer to what
 * they should be.
 */
template <typename Real>
class PairConstantsFinder {
  public:
    /** `update` is the loop that will take them. */
    PairConstantsFinder(const Job& job, UpdatePair<Real> update)
        : update_(update),
          step_(job.constants),
          // Of all cells that a sum takes in, in units of an edge neighbour's.
          sumWeight_(has_equal_weights(job) ? 9 : 4 + 4 * double(Real(step_.b / step_.a))) {
        found_.corner = Real(step_.b / step_.a);
        found_.feed = Real(step_.dt * step_.feed);
        found_.dt = Real(step_.dt);
    }

    PairConstants<Real> find() {
        choose(found_.edgesU, step_.dt * step_.diffusionU * step_.a, found_.centreU,
               1 - step_.dt * step_.feed, [this] { return keeps_background(); });
        choose(found_.edgesV, step_.dt * step_.diffusionV * step_.a, found_.centreV,
               1 - step_.dt * (step_.feed + step_.kill), [] { return true; });
        return found_;
    }

  private:
    /** Sets `edges` near `wanted` and `centre` so that an even field keeps `kept` of itself and `holds()`. */
    template <typename Holds>
    void choose(Real& edges, double wanted, Real& centre, double kept, const Holds& holds) {
        constexpr int TRIED = 8;
        // What is lost of the gradients weighs more than what is lost of the values.
        constexpr double GRADIENT = 4;
        Real tried = Real(wanted);
        for (int i = 0; i < TRIED; ++i) tried = std::nextafter(tried, Real(0));
        Real bestEdges = Real(wanted), bestCentre = Real(kept - sumWeight_ * double(bestEdges));
        double smallest = INFINITY;
        for (int i = -TRIED; i <= TRIED; ++i, tried = std::nextafter(tried, Real(2 * wanted))) {
            edges = tried;
            centre = Real(kept - sumWeight_ * double(edges));
            const double drift = double(centre) + sumWeight_ * double(edges) - kept;
            const double error = std::abs(drift) + GRADIENT * std::abs(double(edges) - wanted);
            if (error < smallest && holds()) smallest = error, bestEdges = edges, bestCentre = centre;
        }
        edges = bestEdges;
        centre = bestCentre;
    }

    /** Whether the loop itself makes u = 1 again of u = 1, v = 0. */
    bool keeps_background() const {
        constexpr int MOST_LANES = 64 / sizeof(Real);
        // The vector that is updated and its neighbours.
        alignas(64) Real ones[3 * MOST_LANES], zeros[3 * MOST_LANES] = {}, next[4][MOST_LANES];
        for (Real& one : ones) one = 1;
        update_(
            {{ones, ones, ones, ones}, {zeros, zeros, zeros, zeros}, {next[0], next[1]}, {next[2], next[3]}},
            1, found_);
        return next[0][0] == 1;
    }

    const UpdatePair<Real> update_;
    const StepConstants<double> step_;
    const double sumWeight_;
    PairConstants<Real> found_{};
};

}  // namespace gray_scott

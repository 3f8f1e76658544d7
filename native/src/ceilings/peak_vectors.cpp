/**
 * How fast the vectors of an instruction set compute when nothing has to be fetched: fused multiply-adds,
 * which count twice, and additions alone, which is all that a sum can hope for. SSE2 has no FMA: a product
 * and a sum stand in its place, and may run side by side.
 */
#include "../vectors.h"
#include "chains.h"

namespace gray_scott {
namespace {

template <typename Real>
Real sum_of_lanes(Vector<Real> x) {
    alignas(64) Real lanes[LANES<Real>];
    store(lanes, x);
    Real sum = 0;
    for (const Real lane : lanes) sum += lane;
    return sum;
}

template <typename Real>
Real fma_chains(int64_t links) {
    return sum_of_lanes<Real>(multiply_add_links(broadcast(Real(0)), broadcast(Real(PEAK_FACTOR)),
                                                 broadcast(Real(PEAK_TERM)), links));
}

template <typename Real>
Real add_chains(int64_t links) {
    return sum_of_lanes<Real>(add_links(broadcast(Real(0)), broadcast(Real(PEAK_TERM)), links));
}

}  // namespace

extern const PeakLoop GS_FOR_ISA(peak_fma), GS_FOR_ISA(peak_add);
const PeakLoop GS_FOR_ISA(peak_fma) = {fma_chains<float>, fma_chains<double>, 2 * CHAINS* LANES<float>,
                                       2 * CHAINS* LANES<double>};
const PeakLoop GS_FOR_ISA(peak_add) = {add_chains<float>, add_chains<double>, CHAINS* LANES<float>,
                                       CHAINS* LANES<double>};

}  // namespace gray_scott

/**
 * How fast one value at a time computes: what a loop can hope for that nobody turned into vectors. Compiled
 * for the baseline alone, which on x86-64 has no fused multiply-add.
 */
#include "chains.h"

namespace gray_scott {
namespace {

/** One value in a register of its own. */
template <typename Real>
struct Scalar {
    Real lanes;
};

template <typename Real>
inline Scalar<Real> operator+(Scalar<Real> x, Scalar<Real> y) {
    return {x.lanes + y.lanes};
}

template <typename Real>
inline Scalar<Real> multiply_add(Scalar<Real> x, Scalar<Real> y, Scalar<Real> z) {
#if defined(__GNUC__) && defined(__aarch64__)
    if constexpr (sizeof(Real) == sizeof(float)) return {__builtin_fmaf(x.lanes, y.lanes, z.lanes)};
    return {Real(__builtin_fma(x.lanes, y.lanes, z.lanes))};
#else
    return {x.lanes * y.lanes + z.lanes};
#endif
}

template <typename Real>
Real fma_chains(int64_t links) {
    return multiply_add_links(Scalar<Real>{0}, {Real(PEAK_FACTOR)}, {Real(PEAK_TERM)}, links).lanes;
}

template <typename Real>
Real add_chains(int64_t links) {
    return add_links(Scalar<Real>{0}, {Real(PEAK_TERM)}, links).lanes;
}

}  // namespace

extern const PeakLoop peak_fma_scalar, peak_add_scalar;
const PeakLoop peak_fma_scalar = {fma_chains<float>, fma_chains<double>, 2 * CHAINS, 2 * CHAINS};
const PeakLoop peak_add_scalar = {add_chains<float>, add_chains<double>, CHAINS, CHAINS};

}  // namespace gray_scott

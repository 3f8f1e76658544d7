/** For processors whose vectors nobody has written down here: one value at a time. See ../vectors.h. */
#pragma once

namespace gray_scott {
namespace {

template <typename Real>
struct Vector {
    Real value;
};

template <typename Real>
inline Vector<Real> load(const Real* from) {
    return {*from};
}
template <typename Real>
inline Vector<Real> load_unaligned(const Real* from) {
    return {*from};
}
template <typename Real>
inline void store(Real* to, Vector<Real> x) {
    *to = x.value;
}
template <typename Real>
inline void store_unaligned(Real* to, Vector<Real> x) {
    *to = x.value;
}
template <typename Real>
inline void store_first(Real* to, Vector<Real> x, int64_t) {
    *to = x.value;
}
template <typename Real>
inline Vector<Real> broadcast(Real x) {
    return {x};
}
template <typename Real>
inline Vector<Real> operator+(Vector<Real> x, Vector<Real> y) {
    return {x.value + y.value};
}
template <typename Real>
inline Vector<Real> operator-(Vector<Real> x, Vector<Real> y) {
    return {x.value - y.value};
}
template <typename Real>
inline Vector<Real> operator*(Vector<Real> x, Vector<Real> y) {
    return {x.value * y.value};
}
template <typename Real>
inline Vector<Real> multiply_add(Vector<Real> x, Vector<Real> y, Vector<Real> z) {
    return {x.value * y.value + z.value};
}
template <typename Real>
inline Vector<Real> subtract_product(Vector<Real> z, Vector<Real> x, Vector<Real> y) {
    return {z.value - x.value * y.value};
}
template <typename Real>
inline Vector<Real> left_neighbours(Vector<Real> before, Vector<Real>) {
    return before;
}
template <typename Real>
inline Vector<Real> right_neighbours(Vector<Real>, Vector<Real> after) {
    return after;
}

// Of one lane each: there is nothing to mix.
template <typename Real>
inline Vector<Real> zip_low(Vector<Real> x, Vector<Real>) {
    return x;
}
template <typename Real>
inline Vector<Real> zip_high(Vector<Real>, Vector<Real> y) {
    return y;
}

// Nothing to stream past the caches with: an ordinary store.
inline void store_streaming(float* to, Vector<float> x) { store(to, x); }
inline void store_streaming(double* to, Vector<double> x) { store(to, x); }
inline void fence_streaming() {}

}  // namespace
}  // namespace gray_scott

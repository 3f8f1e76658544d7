/** NEON of arm64: 4 values of f32 or 2 of f64. See ../vectors.h. */
#pragma once

#include <arm_neon.h>

namespace gray_scott {
namespace {

template <>
struct Vector<float> {
    float32x4_t lanes;
};

template <>
struct Vector<double> {
    float64x2_t lanes;
};

inline Vector<float> load(const float* from) { return {vld1q_f32(from)}; }
inline Vector<float> load_unaligned(const float* from) { return {vld1q_f32(from)}; }
inline void store(float* to, Vector<float> x) { vst1q_f32(to, x.lanes); }
inline void store_unaligned(float* to, Vector<float> x) { vst1q_f32(to, x.lanes); }
inline void store_first(float* to, Vector<float> x, int64_t count) {
    alignas(Vector<float>) float lanes[4];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}
inline Vector<float> broadcast(float x) { return {vdupq_n_f32(x)}; }
inline Vector<float> operator+(Vector<float> x, Vector<float> y) { return {vaddq_f32(x.lanes, y.lanes)}; }
inline Vector<float> operator-(Vector<float> x, Vector<float> y) { return {vsubq_f32(x.lanes, y.lanes)}; }
inline Vector<float> operator*(Vector<float> x, Vector<float> y) { return {vmulq_f32(x.lanes, y.lanes)}; }
inline Vector<float> multiply_add(Vector<float> x, Vector<float> y, Vector<float> z) {
    return {vfmaq_f32(z.lanes, x.lanes, y.lanes)};
}
inline Vector<float> subtract_product(Vector<float> z, Vector<float> x, Vector<float> y) {
    return {vfmsq_f32(z.lanes, x.lanes, y.lanes)};
}
inline Vector<float> left_neighbours(Vector<float> before, Vector<float> here) {
    return {vextq_f32(before.lanes, here.lanes, 3)};
}
inline Vector<float> right_neighbours(Vector<float> here, Vector<float> after) {
    return {vextq_f32(here.lanes, after.lanes, 1)};
}

inline Vector<double> load(const double* from) { return {vld1q_f64(from)}; }
inline Vector<double> load_unaligned(const double* from) { return {vld1q_f64(from)}; }
inline void store(double* to, Vector<double> x) { vst1q_f64(to, x.lanes); }
inline void store_unaligned(double* to, Vector<double> x) { vst1q_f64(to, x.lanes); }
inline void store_first(double* to, Vector<double> x, int64_t count) {
    alignas(Vector<double>) double lanes[2];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}
inline Vector<double> broadcast(double x) { return {vdupq_n_f64(x)}; }
inline Vector<double> operator+(Vector<double> x, Vector<double> y) { return {vaddq_f64(x.lanes, y.lanes)}; }
inline Vector<double> operator-(Vector<double> x, Vector<double> y) { return {vsubq_f64(x.lanes, y.lanes)}; }
inline Vector<double> operator*(Vector<double> x, Vector<double> y) { return {vmulq_f64(x.lanes, y.lanes)}; }
inline Vector<double> multiply_add(Vector<double> x, Vector<double> y, Vector<double> z) {
    return {vfmaq_f64(z.lanes, x.lanes, y.lanes)};
}
inline Vector<double> subtract_product(Vector<double> z, Vector<double> x, Vector<double> y) {
    return {vfmsq_f64(z.lanes, x.lanes, y.lanes)};
}
inline Vector<double> left_neighbours(Vector<double> before, Vector<double> here) {
    return {vextq_f64(before.lanes, here.lanes, 1)};
}
inline Vector<double> right_neighbours(Vector<double> here, Vector<double> after) {
    return {vextq_f64(here.lanes, after.lanes, 1)};
}

inline Vector<float> zip_low(Vector<float> x, Vector<float> y) { return {vzip1q_f32(x.lanes, y.lanes)}; }
inline Vector<float> zip_high(Vector<float> x, Vector<float> y) { return {vzip2q_f32(x.lanes, y.lanes)}; }
inline Vector<double> zip_low(Vector<double> x, Vector<double> y) { return {vzip1q_f64(x.lanes, y.lanes)}; }
inline Vector<double> zip_high(Vector<double> x, Vector<double> y) { return {vzip2q_f64(x.lanes, y.lanes)}; }

// Nothing to stream past the caches with: an ordinary store.
inline void store_streaming(float* to, Vector<float> x) { store(to, x); }
inline void store_streaming(double* to, Vector<double> x) { store(to, x); }
inline void fence_streaming() {}

}  // namespace
}  // namespace gray_scott

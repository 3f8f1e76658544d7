/** SSE2: 4 values of f32 or 2 of f64, and no fused multiply-add: the product is rounded before the sum. See
 * ../vectors.h. */
#pragma once

#include <immintrin.h>

namespace gray_scott {
namespace {

template <>
struct Vector<float> {
    __m128 lanes;
};

template <>
struct Vector<double> {
    __m128d lanes;
};

inline Vector<float> load(const float* from) { return {_mm_load_ps(from)}; }
inline Vector<float> load_unaligned(const float* from) { return {_mm_loadu_ps(from)}; }
inline void store(float* to, Vector<float> x) { _mm_store_ps(to, x.lanes); }
inline void store_unaligned(float* to, Vector<float> x) { _mm_storeu_ps(to, x.lanes); }
inline void store_first(float* to, Vector<float> x, int64_t count) {
    alignas(Vector<float>) float lanes[4];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}
inline Vector<float> broadcast(float x) { return {_mm_set1_ps(x)}; }
inline Vector<float> operator+(Vector<float> x, Vector<float> y) { return {_mm_add_ps(x.lanes, y.lanes)}; }
inline Vector<float> operator-(Vector<float> x, Vector<float> y) { return {_mm_sub_ps(x.lanes, y.lanes)}; }
inline Vector<float> operator*(Vector<float> x, Vector<float> y) { return {_mm_mul_ps(x.lanes, y.lanes)}; }
inline Vector<float> multiply_add(Vector<float> x, Vector<float> y, Vector<float> z) {
    return {_mm_add_ps(_mm_mul_ps(x.lanes, y.lanes), z.lanes)};
}
inline Vector<float> subtract_product(Vector<float> z, Vector<float> x, Vector<float> y) {
    return {_mm_sub_ps(z.lanes, _mm_mul_ps(x.lanes, y.lanes))};
}
inline Vector<float> left_neighbours(Vector<float> before, Vector<float> here) {
    const __m128 seam = _mm_shuffle_ps(before.lanes, here.lanes, _MM_SHUFFLE(0, 0, 3, 3));
    return {_mm_shuffle_ps(seam, here.lanes, _MM_SHUFFLE(2, 1, 2, 0))};
}
inline Vector<float> right_neighbours(Vector<float> here, Vector<float> after) {
    const __m128 seam = _mm_shuffle_ps(here.lanes, after.lanes, _MM_SHUFFLE(0, 0, 3, 3));
    return {_mm_shuffle_ps(here.lanes, seam, _MM_SHUFFLE(2, 0, 2, 1))};
}

inline Vector<double> load(const double* from) { return {_mm_load_pd(from)}; }
inline Vector<double> load_unaligned(const double* from) { return {_mm_loadu_pd(from)}; }
inline void store(double* to, Vector<double> x) { _mm_store_pd(to, x.lanes); }
inline void store_unaligned(double* to, Vector<double> x) { _mm_storeu_pd(to, x.lanes); }
inline void store_first(double* to, Vector<double> x, int64_t count) {
    alignas(Vector<double>) double lanes[2];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}
inline Vector<double> broadcast(double x) { return {_mm_set1_pd(x)}; }
inline Vector<double> operator+(Vector<double> x, Vector<double> y) { return {_mm_add_pd(x.lanes, y.lanes)}; }
inline Vector<double> operator-(Vector<double> x, Vector<double> y) { return {_mm_sub_pd(x.lanes, y.lanes)}; }
inline Vector<double> operator*(Vector<double> x, Vector<double> y) { return {_mm_mul_pd(x.lanes, y.lanes)}; }
inline Vector<double> multiply_add(Vector<double> x, Vector<double> y, Vector<double> z) {
    return {_mm_add_pd(_mm_mul_pd(x.lanes, y.lanes), z.lanes)};
}
inline Vector<double> subtract_product(Vector<double> z, Vector<double> x, Vector<double> y) {
    return {_mm_sub_pd(z.lanes, _mm_mul_pd(x.lanes, y.lanes))};
}
inline Vector<double> left_neighbours(Vector<double> before, Vector<double> here) {
    return {_mm_shuffle_pd(before.lanes, here.lanes, 1)};
}
inline Vector<double> right_neighbours(Vector<double> here, Vector<double> after) {
    return {_mm_shuffle_pd(here.lanes, after.lanes, 1)};
}

inline Vector<float> zip_low(Vector<float> x, Vector<float> y) { return {_mm_unpacklo_ps(x.lanes, y.lanes)}; }
inline Vector<float> zip_high(Vector<float> x, Vector<float> y) {
    return {_mm_unpackhi_ps(x.lanes, y.lanes)};
}
inline Vector<double> zip_low(Vector<double> x, Vector<double> y) {
    return {_mm_unpacklo_pd(x.lanes, y.lanes)};
}
inline Vector<double> zip_high(Vector<double> x, Vector<double> y) {
    return {_mm_unpackhi_pd(x.lanes, y.lanes)};
}

inline void store_streaming(float* to, Vector<float> x) { _mm_stream_ps(to, x.lanes); }
inline void store_streaming(double* to, Vector<double> x) { _mm_stream_pd(to, x.lanes); }
inline void fence_streaming() { _mm_sfence(); }

}  // namespace
}  // namespace gray_scott

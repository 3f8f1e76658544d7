/** AVX2 with FMA: 8 values of f32 or 4 of f64. Shuffles stay within halves, hence two for a neighbour. See
 * ../vectors.h. */
#pragma once

#include <immintrin.h>

namespace gray_scott {
namespace {

template <>
struct Vector<float> {
    __m256 lanes;
};

template <>
struct Vector<double> {
    __m256d lanes;
};

inline Vector<float> load(const float* from) { return {_mm256_load_ps(from)}; }
inline Vector<float> load_unaligned(const float* from) { return {_mm256_loadu_ps(from)}; }
inline void store(float* to, Vector<float> x) { _mm256_store_ps(to, x.lanes); }
inline void store_unaligned(float* to, Vector<float> x) { _mm256_storeu_ps(to, x.lanes); }
inline void store_first(float* to, Vector<float> x, int64_t count) {
    alignas(Vector<float>) float lanes[8];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}
inline Vector<float> broadcast(float x) { return {_mm256_set1_ps(x)}; }
inline Vector<float> operator+(Vector<float> x, Vector<float> y) { return {_mm256_add_ps(x.lanes, y.lanes)}; }
inline Vector<float> operator-(Vector<float> x, Vector<float> y) { return {_mm256_sub_ps(x.lanes, y.lanes)}; }
inline Vector<float> operator*(Vector<float> x, Vector<float> y) { return {_mm256_mul_ps(x.lanes, y.lanes)}; }
inline Vector<float> multiply_add(Vector<float> x, Vector<float> y, Vector<float> z) {
    return {_mm256_fmadd_ps(x.lanes, y.lanes, z.lanes)};
}
inline Vector<float> subtract_product(Vector<float> z, Vector<float> x, Vector<float> y) {
    return {_mm256_fnmadd_ps(x.lanes, y.lanes, z.lanes)};
}
inline Vector<float> left_neighbours(Vector<float> before, Vector<float> here) {
    const __m256i seam = _mm256_castps_si256(_mm256_permute2f128_ps(before.lanes, here.lanes, 0x21));
    return {_mm256_castsi256_ps(_mm256_alignr_epi8(_mm256_castps_si256(here.lanes), seam, 12))};
}
inline Vector<float> right_neighbours(Vector<float> here, Vector<float> after) {
    const __m256i seam = _mm256_castps_si256(_mm256_permute2f128_ps(here.lanes, after.lanes, 0x21));
    return {_mm256_castsi256_ps(_mm256_alignr_epi8(seam, _mm256_castps_si256(here.lanes), 4))};
}

inline Vector<double> load(const double* from) { return {_mm256_load_pd(from)}; }
inline Vector<double> load_unaligned(const double* from) { return {_mm256_loadu_pd(from)}; }
inline void store(double* to, Vector<double> x) { _mm256_store_pd(to, x.lanes); }
inline void store_unaligned(double* to, Vector<double> x) { _mm256_storeu_pd(to, x.lanes); }
inline void store_first(double* to, Vector<double> x, int64_t count) {
    alignas(Vector<double>) double lanes[4];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}
inline Vector<double> broadcast(double x) { return {_mm256_set1_pd(x)}; }
inline Vector<double> operator+(Vector<double> x, Vector<double> y) {
    return {_mm256_add_pd(x.lanes, y.lanes)};
}
inline Vector<double> operator-(Vector<double> x, Vector<double> y) {
    return {_mm256_sub_pd(x.lanes, y.lanes)};
}
inline Vector<double> operator*(Vector<double> x, Vector<double> y) {
    return {_mm256_mul_pd(x.lanes, y.lanes)};
}
inline Vector<double> multiply_add(Vector<double> x, Vector<double> y, Vector<double> z) {
    return {_mm256_fmadd_pd(x.lanes, y.lanes, z.lanes)};
}
inline Vector<double> subtract_product(Vector<double> z, Vector<double> x, Vector<double> y) {
    return {_mm256_fnmadd_pd(x.lanes, y.lanes, z.lanes)};
}
inline Vector<double> left_neighbours(Vector<double> before, Vector<double> here) {
    return {_mm256_shuffle_pd(_mm256_permute2f128_pd(before.lanes, here.lanes, 0x21), here.lanes, 0b0101)};
}
inline Vector<double> right_neighbours(Vector<double> here, Vector<double> after) {
    return {_mm256_shuffle_pd(here.lanes, _mm256_permute2f128_pd(here.lanes, after.lanes, 0x21), 0b0101)};
}

// The instructions zip each half of 128 bits by itself.
inline Vector<float> zip_low(Vector<float> x, Vector<float> y) {
    const __m256 low = _mm256_unpacklo_ps(x.lanes, y.lanes), high = _mm256_unpackhi_ps(x.lanes, y.lanes);
    return {_mm256_permute2f128_ps(low, high, 0x20)};
}
inline Vector<float> zip_high(Vector<float> x, Vector<float> y) {
    const __m256 low = _mm256_unpacklo_ps(x.lanes, y.lanes), high = _mm256_unpackhi_ps(x.lanes, y.lanes);
    return {_mm256_permute2f128_ps(low, high, 0x31)};
}
inline Vector<double> zip_low(Vector<double> x, Vector<double> y) {
    const __m256d low = _mm256_unpacklo_pd(x.lanes, y.lanes), high = _mm256_unpackhi_pd(x.lanes, y.lanes);
    return {_mm256_permute2f128_pd(low, high, 0x20)};
}
inline Vector<double> zip_high(Vector<double> x, Vector<double> y) {
    const __m256d low = _mm256_unpacklo_pd(x.lanes, y.lanes), high = _mm256_unpackhi_pd(x.lanes, y.lanes);
    return {_mm256_permute2f128_pd(low, high, 0x31)};
}

inline void store_streaming(float* to, Vector<float> x) { _mm256_stream_ps(to, x.lanes); }
inline void store_streaming(double* to, Vector<double> x) { _mm256_stream_pd(to, x.lanes); }
inline void fence_streaming() { _mm_sfence(); }

}  // namespace
}  // namespace gray_scott

/** AVX-512: 16 values of f32 or 8 of f64. See ../vectors.h. */
#pragma once

#include <immintrin.h>

namespace gray_scott {
namespace {

template <>
struct Vector<float> {
    __m512 lanes;
};

template <>
struct Vector<double> {
    __m512d lanes;
};

inline Vector<float> load(const float* from) { return {_mm512_load_ps(from)}; }
inline Vector<float> load_unaligned(const float* from) { return {_mm512_loadu_ps(from)}; }
inline void store(float* to, Vector<float> x) { _mm512_store_ps(to, x.lanes); }
inline void store_unaligned(float* to, Vector<float> x) { _mm512_storeu_ps(to, x.lanes); }
inline void store_first(float* to, Vector<float> x, int64_t count) {
    _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1u << count) - 1), x.lanes);
}
inline Vector<float> broadcast(float x) { return {_mm512_set1_ps(x)}; }
inline Vector<float> operator+(Vector<float> x, Vector<float> y) { return {_mm512_add_ps(x.lanes, y.lanes)}; }
inline Vector<float> operator-(Vector<float> x, Vector<float> y) { return {_mm512_sub_ps(x.lanes, y.lanes)}; }
inline Vector<float> operator*(Vector<float> x, Vector<float> y) { return {_mm512_mul_ps(x.lanes, y.lanes)}; }
inline Vector<float> multiply_add(Vector<float> x, Vector<float> y, Vector<float> z) {
    return {_mm512_fmadd_ps(x.lanes, y.lanes, z.lanes)};
}
inline Vector<float> subtract_product(Vector<float> z, Vector<float> x, Vector<float> y) {
    return {_mm512_fnmadd_ps(x.lanes, y.lanes, z.lanes)};
}
inline Vector<float> left_neighbours(Vector<float> before, Vector<float> here) {
    return {_mm512_castsi512_ps(
        _mm512_alignr_epi32(_mm512_castps_si512(here.lanes), _mm512_castps_si512(before.lanes), 15))};
}
inline Vector<float> right_neighbours(Vector<float> here, Vector<float> after) {
    return {_mm512_castsi512_ps(
        _mm512_alignr_epi32(_mm512_castps_si512(after.lanes), _mm512_castps_si512(here.lanes), 1))};
}

inline Vector<double> load(const double* from) { return {_mm512_load_pd(from)}; }
inline Vector<double> load_unaligned(const double* from) { return {_mm512_loadu_pd(from)}; }
inline void store(double* to, Vector<double> x) { _mm512_store_pd(to, x.lanes); }
inline void store_unaligned(double* to, Vector<double> x) { _mm512_storeu_pd(to, x.lanes); }
inline void store_first(double* to, Vector<double> x, int64_t count) {
    _mm512_mask_storeu_pd(to, static_cast<__mmask8>((1u << count) - 1), x.lanes);
}
inline Vector<double> broadcast(double x) { return {_mm512_set1_pd(x)}; }
inline Vector<double> operator+(Vector<double> x, Vector<double> y) {
    return {_mm512_add_pd(x.lanes, y.lanes)};
}
inline Vector<double> operator-(Vector<double> x, Vector<double> y) {
    return {_mm512_sub_pd(x.lanes, y.lanes)};
}
inline Vector<double> operator*(Vector<double> x, Vector<double> y) {
    return {_mm512_mul_pd(x.lanes, y.lanes)};
}
inline Vector<double> multiply_add(Vector<double> x, Vector<double> y, Vector<double> z) {
    return {_mm512_fmadd_pd(x.lanes, y.lanes, z.lanes)};
}
inline Vector<double> subtract_product(Vector<double> z, Vector<double> x, Vector<double> y) {
    return {_mm512_fnmadd_pd(x.lanes, y.lanes, z.lanes)};
}
inline Vector<double> left_neighbours(Vector<double> before, Vector<double> here) {
    return {_mm512_castsi512_pd(
        _mm512_alignr_epi64(_mm512_castpd_si512(here.lanes), _mm512_castpd_si512(before.lanes), 7))};
}
inline Vector<double> right_neighbours(Vector<double> here, Vector<double> after) {
    return {_mm512_castsi512_pd(
        _mm512_alignr_epi64(_mm512_castpd_si512(after.lanes), _mm512_castpd_si512(here.lanes), 1))};
}

inline Vector<float> zip_low(Vector<float> x, Vector<float> y) {
    const __m512i order = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    return {_mm512_permutex2var_ps(x.lanes, order, y.lanes)};
}
inline Vector<float> zip_high(Vector<float> x, Vector<float> y) {
    const __m512i order = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    return {_mm512_permutex2var_ps(x.lanes, order, y.lanes)};
}
inline Vector<double> zip_low(Vector<double> x, Vector<double> y) {
    const __m512i order = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
    return {_mm512_permutex2var_pd(x.lanes, order, y.lanes)};
}
inline Vector<double> zip_high(Vector<double> x, Vector<double> y) {
    const __m512i order = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    return {_mm512_permutex2var_pd(x.lanes, order, y.lanes)};
}

inline void store_streaming(float* to, Vector<float> x) { _mm512_stream_ps(to, x.lanes); }
inline void store_streaming(double* to, Vector<double> x) { _mm512_stream_pd(to, x.lanes); }
inline void fence_streaming() { _mm_sfence(); }

}  // namespace
}  // namespace gray_scott

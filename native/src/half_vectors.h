/**
 * Loads and stores of vectors.h that convert: values of two bytes in memory, of four in the register. Stores
 * round to nearest, ties to even. AVX2's processors have the conversion as F16C, AVX-512 and arm64 in the set
 * itself; SSE2 has none and does in integers, lane by lane, what half.h does with one value.
 */
#pragma once

#include "half.h"
#include "vectors.h"

namespace gray_scott {
namespace {

#if defined(__AVX512F__)

inline Vector<float> load(const Half* from) {
    // All lanes, by a mask: the form without one makes GCC warn of its own header.
    return {_mm512_maskz_cvtph_ps(0xffff, _mm256_load_si256(reinterpret_cast<const __m256i*>(from)))};
}
inline __m256i halves(Vector<float> x) {
    return _mm512_cvtps_ph(x.lanes, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
inline void store(Half* to, Vector<float> x) {
    _mm256_store_si256(reinterpret_cast<__m256i*>(to), halves(x));
}
inline void store_first(Half* to, Vector<float> x, int64_t count) {
    _mm256_mask_storeu_epi16(to, static_cast<__mmask16>((1u << count) - 1), halves(x));
}

#elif defined(__AVX2__) || defined(__SSE2__) || defined(_M_X64)

#if defined(__AVX2__)

inline Vector<float> load(const Half* from) {
    return {_mm256_cvtph_ps(_mm_load_si128(reinterpret_cast<const __m128i*>(from)))};
}
inline void store(Half* to, Vector<float> x) {
    const __m128i halves = _mm256_cvtps_ph(x.lanes, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    _mm_store_si128(reinterpret_cast<__m128i*>(to), halves);
}

#else

inline __m128i choose(__m128i mask, __m128i yes, __m128i no) {
    return _mm_or_si128(_mm_and_si128(mask, yes), _mm_andnot_si128(mask, no));
}
inline Vector<float> load(const Half* from) {
    const __m128i loaded = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
    const __m128i bits = _mm_unpacklo_epi16(loaded, _mm_setzero_si128());
    const __m128i magnitude = _mm_and_si128(bits, _mm_set1_epi32(0x7fff));
    const __m128i sign = _mm_slli_epi32(_mm_xor_si128(bits, magnitude), 16);
    const __m128i shifted = _mm_slli_epi32(magnitude, 13);
    const __m128i normal = _mm_add_epi32(shifted, _mm_set1_epi32(112 << 23));
    const __m128i infinite = _mm_or_si128(shifted, _mm_set1_epi32(255 << 23));
    const __m128i least = _mm_set1_epi32(113 << 23);
    const __m128i subnormal =
        _mm_castps_si128(_mm_sub_ps(_mm_castsi128_ps(_mm_or_si128(shifted, least)), _mm_castsi128_ps(least)));
    const __m128i finite = choose(_mm_cmplt_epi32(magnitude, _mm_set1_epi32(0x400)), subnormal, normal);
    const __m128i value = choose(_mm_cmpgt_epi32(magnitude, _mm_set1_epi32(0x7bff)), infinite, finite);
    return {_mm_castsi128_ps(_mm_or_si128(sign, value))};
}
inline void store(Half* to, Vector<float> x) {
    const __m128i bits = _mm_castps_si128(x.lanes);
    const __m128i magnitude = _mm_and_si128(bits, _mm_set1_epi32(0x7fffffff));
    const __m128i odd = _mm_and_si128(_mm_srli_epi32(magnitude, 13), _mm_set1_epi32(1));
    const __m128i rebased = _mm_add_epi32(magnitude, _mm_set1_epi32(0xfff - (112 << 23)));
    const __m128i normal = _mm_srli_epi32(_mm_add_epi32(rebased, odd), 13);
    const __m128 half = _mm_set1_ps(0.5f);
    const __m128i subnormal = _mm_sub_epi32(_mm_castps_si128(_mm_add_ps(_mm_castsi128_ps(magnitude), half)),
                                            _mm_castps_si128(half));
    const __m128i nan = _mm_cmpgt_epi32(magnitude, _mm_set1_epi32(255 << 23));
    const __m128i special = _mm_or_si128(_mm_set1_epi32(0x7c00), _mm_and_si128(nan, _mm_set1_epi32(0x200)));
    const __m128i finite = choose(_mm_cmplt_epi32(magnitude, _mm_set1_epi32(113 << 23)), subnormal, normal);
    const __m128i value =
        choose(_mm_cmpgt_epi32(magnitude, _mm_set1_epi32((143 << 23) - 1)), special, finite);
    // The sign fills the upper half of its lane, so that packing with saturation keeps all 16 bits.
    const __m128i sign = _mm_slli_epi32(_mm_srai_epi32(bits, 31), 15);
    const __m128i halves = _mm_or_si128(value, sign);
    _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packs_epi32(halves, halves));
}

#endif

inline void store_first(Half* to, Vector<float> x, int64_t count) {
    alignas(64) Half lanes[sizeof(Vector<float>) / sizeof(float)];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}

#elif defined(__aarch64__) || defined(_M_ARM64)

inline Vector<float> load(const Half* from) {
    return {vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(reinterpret_cast<const uint16_t*>(from))))};
}
inline void store(Half* to, Vector<float> x) {
    vst1_u16(reinterpret_cast<uint16_t*>(to), vreinterpret_u16_f16(vcvt_f16_f32(x.lanes)));
}
inline void store_first(Half* to, Vector<float> x, int64_t count) {
    Half lanes[4];
    store(lanes, x);
    for (int64_t lane = 0; lane < count; ++lane) to[lane] = lanes[lane];
}

#else

inline Vector<float> load(const Half* from) { return {float_of(*from)}; }
inline void store(Half* to, Vector<float> x) { *to = half_of(x.value); }
inline void store_first(Half* to, Vector<float> x, int64_t) { store(to, x); }

#endif

}  // namespace
}  // namespace gray_scott

/**
 * Values of two bytes (IEEE 754 binary16) and their conversions in integer arithmetic, for processors and
 * loops without an instruction for it. Internal linkage, as in vectors.h: every file has copies of its own.
 */
#pragma once

#include <stdint.h>
#include <string.h>

namespace gray_scott {

/** 1 sign bit, 5 of exponent, 10 of fraction: 11 significant bits, and nothing above 65504. */
struct Half {
    uint16_t bits;
};

namespace {

inline uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

inline float from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/** Exact, also for subnormals of binary16, which are normal numbers of binary32. */
inline float float_of(Half half) {
    const uint32_t sign = uint32_t(half.bits & 0x8000) << 16;
    const uint32_t magnitude = half.bits & 0x7fff;
    if (magnitude >= 0x7c00) return from_bits(sign | 0x7f800000 | (magnitude & 0x3ff) << 13);
    if (magnitude < 0x400) {
        // 2^-14 with the fraction below it, less 2^-14.
        return from_bits(sign | bits_of(from_bits(magnitude << 13 | 113 << 23) - from_bits(113 << 23)));
    }
    return from_bits(sign | ((magnitude << 13) + (112 << 23)));
}

/** Rounded to nearest, ties to even; beyond 65504 infinite. */
inline Half half_of(float value) {
    const uint32_t bits = bits_of(value);
    const uint32_t sign = bits >> 16 & 0x8000;
    const uint32_t magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) return {uint16_t(sign | 0x7e00)};
    if (magnitude >= 143 << 23) return {uint16_t(sign | 0x7c00)};
    if (magnitude < 113 << 23) {
        // The last bit of 0.5 is worth as much as that of a subnormal: the sum rounds where we must.
        return {uint16_t(sign | (bits_of(from_bits(magnitude) + 0.5f) - bits_of(0.5f)))};
    }
    const uint32_t odd = magnitude >> 13 & 1;
    return {uint16_t(sign | (magnitude - (112 << 23) + 0xfff + odd) >> 13)};
}

}  // namespace
}  // namespace gray_scott

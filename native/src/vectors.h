/**
 * Vectors of the widest registers that the including file is compiled for, under the same names for every
 * instruction set. Everything here has internal linkage: each file that includes it has copies of its own, so
 * that none compiled for AVX-512 is ever called on an older processor.
 *
 * For `Vector<Real>`, `LANES<Real>` values wide:
 *   load, store                      at an address that is a multiple of the vector's size
 *   load_unaligned, store_unaligned  at any address
 *   store_first(to, x, count)        the first `count` lanes only, 1 … LANES
 *   store_streaming, fence_streaming past the caches, and what makes it visible to other threads
 *   broadcast(value)                 the same value in every lane
 *   +, −, ×
 *   multiply_add(x, y, z)            x × y + z, rounded once where the processor can
 *   subtract_product(z, x, y)        z − x × y, rounded once where the processor can
 *   left_neighbours(before, here)    each lane's left neighbour, the first one's being the last of `before`
 *   right_neighbours(here, after)    each lane's right neighbour, the last one's being the first of `after`
 *   zip_low(x, y), zip_high(x, y)    x0 y0 x1 y1 … of the lower and of the upper halves
 *   transpose(block)                 of LANES vectors: lane i of vector j goes to lane j of vector i
 */
#pragma once

#include <stdint.h>

namespace gray_scott {
namespace {

template <typename Real>
struct Vector;

}  // namespace
}  // namespace gray_scott

#if defined(__AVX512F__)
#include "vectors/avx512.h"
#elif defined(__AVX2__)
#include "vectors/avx2.h"
#elif defined(__SSE2__) || defined(_M_X64)
#include "vectors/sse2.h"
#elif defined(__aarch64__) || defined(_M_ARM64)
#include "vectors/neon.h"
#else
#include "vectors/single.h"
#endif

namespace gray_scott {
namespace {

template <typename Real>
inline constexpr int LANES = sizeof(Vector<Real>) / sizeof(Real);

/** As when cards are riffled: after log2 LANES times, each vector has collected one card of every other. */
template <typename Real>
inline void transpose(Vector<Real> (&block)[LANES<Real>]) {
    constexpr int lanes = LANES<Real>;
    for (int riffled = 1; riffled < lanes; riffled *= 2) {
        Vector<Real> zipped[lanes];
        for (int i = 0; i < lanes / 2; ++i) {
            zipped[2 * i] = zip_low(block[i], block[i + lanes / 2]);
            zipped[2 * i + 1] = zip_high(block[i], block[i + lanes / 2]);
        }
        for (int i = 0; i < lanes; ++i) block[i] = zipped[i];
    }
}

}  // namespace
}  // namespace gray_scott

/**
 * How fast memory gives and takes: a = b + s × c reads two values and writes one, with as little arithmetic
 * as there can be. Where the arrays lie, in a cache or beyond all of them, is the caller's choice, and what
 * the loop then reaches is the ceiling of that level.
 *
 * An ordinary store fetches its cache line first, which costs memory a third read that nobody asked for; a
 * streaming one goes past the caches.
 */
#include "../vectors.h"
#include "loops.h"

#if defined(_MSC_VER)
#include <intrin.h>
#endif

namespace gray_scott {
namespace {

/** Nothing that memory holds is known beyond this point: each pass is made, and none is merged with another.
 */
inline void forget_memory() {
#if defined(_MSC_VER)
    _ReadWriteBarrier();
#else
    asm volatile("" ::: "memory");
#endif
}

template <bool streaming, typename Real>
void triad_passes(Real* a, const Real* b, const Real* c, Real s, int64_t length, int64_t passes) {
    constexpr int64_t lanes = LANES<Real>;
    static_assert(TRIAD_VALUES % lanes == 0);
    const Vector<Real> factor = broadcast(s);
    for (int64_t pass = 0; pass < passes; ++pass) {
        // One vector at a time: counting costs nothing beside three accesses, and several stores in a row
        // cost the nearest cache of some processors a tenth.
        for (int64_t at = 0; at < length; at += lanes) {
            const Vector<Real> sum = multiply_add(factor, load(c + at), load(b + at));
            if constexpr (streaming) {
                store_streaming(a + at, sum);
            } else {
                store(a + at, sum);
            }
        }
        if constexpr (streaming) fence_streaming();
        forget_memory();
    }
}

}  // namespace

extern const TriadLoop GS_FOR_ISA(triad_cached), GS_FOR_ISA(triad_streaming);
const TriadLoop GS_FOR_ISA(triad_cached) = {triad_passes<false, float>, triad_passes<false, double>};
const TriadLoop GS_FOR_ISA(triad_streaming) = {triad_passes<true, float>, triad_passes<true, double>};

}  // namespace gray_scott

/**
 * Asks for a cache line before it is needed. As an instruction of its own: GCC takes a function that does
 * nothing but `__builtin_prefetch` for one without effects, and leaves its calls out.
 */
#pragma once

#if defined(_MSC_VER)
#include <intrin.h>
#endif

namespace gray_scott {
namespace {

/** Into the nearest cache. `where` may point anywhere: what cannot be read is not fetched. */
inline void prefetch(const void* where) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
    asm volatile("prefetcht0 %0" : : "m"(*static_cast<const char*>(where)));
#elif defined(__GNUC__) && defined(__aarch64__)
    asm volatile("prfm pldl1keep, [%0]" : : "r"(where));
#elif defined(_MSC_VER) && defined(_M_X64)
    _mm_prefetch(static_cast<const char*>(where), _MM_HINT_T0);
#elif defined(_MSC_VER) && defined(_M_ARM64)
    __prefetch(where);
#else
    (void)where;
#endif
}

}  // namespace
}  // namespace gray_scott

/**
 * Chains of one operation, each waiting only for itself: with enough of them side by side the processor is
 * held up by nothing but the number of its units. `Value` is what one register holds, in a member `lanes`.
 */
#pragma once

#include <stdint.h>

#include "loops.h"

namespace gray_scott {
namespace {

/** Two registers more hold the constants: 16 in all where that is what there is, else enough for four units
 * that take four cycles each. */
#if defined(__AVX512F__) || defined(__aarch64__) || defined(_M_ARM64)
inline constexpr int CHAINS = 20;
#else
inline constexpr int CHAINS = 14;
#endif

/** The value is in a register here, and nothing is known of it: what was computed up to now is needed, and is
 * neither merged with other chains nor known beforehand. */
template <typename Value>
inline void keep_in_register(Value& value) {
#if defined(__GNUC__) && defined(__AVX512F__)
    asm volatile("" : "+v"(value.lanes));
#elif defined(__GNUC__) && defined(__x86_64__)
    asm volatile("" : "+x"(value.lanes));
#elif defined(__GNUC__) && defined(__aarch64__)
    asm volatile("" : "+w"(value.lanes));
#else
    (void)value;
#endif
}

/** One after the other by name, since a loop over an array of them might put them in memory. */
template <typename Value, int count>
struct Chains {
    Value first;
    Chains<Value, count - 1> others;

    explicit Chains(Value start) : first(start), others(start) { keep_in_register(first); }

    inline void multiply_add_all(Value factor, Value term) {
        first = multiply_add(first, factor, term);
        keep_in_register(first);
        others.multiply_add_all(factor, term);
    }
    inline void add_all(Value term) {
        first = first + term;
        keep_in_register(first);
        others.add_all(term);
    }
    inline Value sum() const { return first + others.sum(); }
};

template <typename Value>
struct Chains<Value, 0> {
    Value zero;

    explicit Chains(Value start) : zero(start) {}
    inline void multiply_add_all(Value, Value) {}
    inline void add_all(Value) {}
    inline Value sum() const { return zero; }
};

template <typename Value>
inline Value multiply_add_links(Value zero, Value factor, Value term, int64_t links) {
    Chains<Value, CHAINS> chains(zero);
    for (int64_t link = 0; link < links; ++link) chains.multiply_add_all(factor, term);
    return chains.sum();
}

template <typename Value>
inline Value add_links(Value zero, Value term, int64_t links) {
    Chains<Value, CHAINS> chains(zero);
    for (int64_t link = 0; link < links; ++link) chains.add_all(term);
    return chains.sum();
}

}  // namespace
}  // namespace gray_scott

/** What the loops of this folder are given, which are compiled once per instruction set: data only, as in
 * ../rows.h. */
#pragma once

#include "../rows.h"

namespace gray_scott {

/** a = b + s × c over `length` values, `passes` times. `length` is a multiple of TRIAD_VALUES, the arrays are
 * 64-byte aligned. */
template <typename Real>
using TriadPasses = void (*)(Real* a, const Real* b, const Real* c, Real s, int64_t length, int64_t passes);

constexpr int64_t TRIAD_VALUES = 64;
/** A step goes through so many values at most. */
constexpr int64_t TRIAD_PIECE = TRIAD_VALUES << 10;

struct TriadLoop {
    TriadPasses<float> f32;
    TriadPasses<double> f64;
};

/** Continues every chain by `links` operations from 0 and returns the sum of them all. */
template <typename Real>
using ChainLinks = Real (*)(int64_t links);

/** One operation over and over in registers. */
struct PeakLoop {
    ChainLinks<float> f32;
    ChainLinks<double> f64;
    /** Floating-point operations of one link of all chains. */
    int flopsF32, flopsF64;
};

/** x × PEAK_FACTOR + PEAK_TERM tends to 1 from 0, and no digit of it is ever lost to zero or infinity. */
constexpr double PEAK_FACTOR = 0.5, PEAK_TERM = 0.5;

}  // namespace gray_scott

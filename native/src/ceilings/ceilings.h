/**
 * The machine's ceilings as the addon offers them: kernels without a grid to simulate, driven like the others
 * so that they are timed like the others.
 *
 *   triad  rows = threads, cols = values of each thread in each of three arrays, which are cut into the
 *          fewest equal pieces of TRIAD_PIECE at most, whole multiples of TRIAD_VALUES; `stores` is cached or
 *          streaming. A step is the next piece, round and round; u and v load b and c, and read a and c.
 *   peak   rows = threads, cols = 1; `operation` is fma or add, `unit` is scalar or vectors. A step is
 *          LINKS_PER_STEP links; u reads the sum of each thread's chains.
 */
#pragma once

#include "../kernel.h"

namespace gray_scott {

struct CeilingEntry {
    KernelEntry kernel;
    /** Bytes moved or floating-point operations in one step of all threads together. */
    double (*workPerStep)(const Job&);
};

std::span<const CeilingEntry* const> ceiling_table();

/** Null for an id that is not in the table. */
const CeilingEntry* find_ceiling(const char* id);

}  // namespace gray_scott

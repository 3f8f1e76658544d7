/**
 * What every CPU kernel is: a state of its own and a way to advance it. A kernel never starts threads for its
 * rows; the team calls `advance` on all of its members at once and each asks which one it is.
 */
#pragma once

#include <memory>
#include <span>

#include "job.h"
#include "team.h"

namespace gray_scott {

class Kernel {
  public:
    virtual ~Kernel() = default;

    /**
     * Called once on every member, before anything else. A kernel with threads writes here the memory that
     * each of them will work on, so that the system places it near that thread (first touch).
     */
    virtual void prepare(Member&) noexcept {}

    /**
     * Sets some rows of the state from as many rows × cols values of the job's precision each, row-major. The
     * state is whole again once bands from the first row to the last have been loaded: whoever makes the
     * values needs memory for a band of them only.
     */
    virtual void load(Rows rows, const void* u, const void* v) noexcept = 0;

    /** Copies some rows of the state into arrays of the same shape. */
    virtual void read(Rows rows, void* u, void* v) const noexcept = 0;

    /**
     * Advances by exactly `steps` (at least one), on all members at once. Asks `me.cancelled()` at least
     * every few milliseconds and returns early when it says so; the state is then undefined. Allocates
     * nothing.
     */
    virtual void advance(int64_t steps, Member& me) noexcept = 0;
};

/** A kernel's line in the table: what the addon needs to offer it. */
struct KernelEntry {
    /** As in kernels/catalog.ts. */
    const char* id;
    /** What it was compiled for in this build. */
    std::span<const Isa> isas;
    /** Bytes that `create` will allocate for the job. */
    size_t (*bytesNeeded)(const Job&);
    /** Throws std::bad_alloc. */
    std::unique_ptr<Kernel> (*create)(const Job&);
};

/** The instruction sets of kernels that are compiled only once. */
inline constexpr Isa BASELINE_ONLY[] = {Isa::baseline};

/** The factory of a kernel that is a class template over its precision. */
template <template <typename> class KernelOf>
std::unique_ptr<Kernel> make_kernel(const Job& job) {
    if (job.precision == Precision::f32) return std::make_unique<KernelOf<float>>(job);
    return std::make_unique<KernelOf<double>>(job);
}

}  // namespace gray_scott

/**
 * What a row kernel is given. Row kernels are compiled once per instruction set, so this header holds data
 * only: an inline function compiled for AVX-512 could be the copy that the linker keeps for everybody, and
 * would then crash on an older processor. For the same reason such a kernel includes nothing but this file
 * (and intrinsics).
 */
#pragma once

#include <stdint.h>

namespace gray_scott {

/** Constants of the time step, already in the kernel's precision. */
template <typename Real>
struct StepConstants {
    /** Stencil weights of the four edge neighbours (a) and of the four corner neighbours (b). */
    Real a, b;
    Real diffusionU, diffusionV;
    Real feed, kill;
    Real dt;
};

/**
 * Rows [rowBegin, rowEnd) to update. The pointers are at row 0 of the first column to update; that is column
 * 0 and 64-byte aligned, as is then every row, unless the caller works on blocks that begin elsewhere. Rows
 * lie `stride` values apart. A halo one cell wide surrounds the grid, so row −1 and column `cols` may be
 * read. The input and output planes never overlap.
 */
template <typename Real>
struct RowBand {
    const Real* u;
    const Real* v;
    Real* nextU;
    Real* nextV;
    int64_t stride;
    int64_t cols;
    int64_t rowBegin, rowEnd;
};

/** `Stored` is what lies in memory where that is not what is computed with. */
template <typename Real, typename Stored = Real>
using UpdateRows = void (*)(const RowBand<Stored>&, const StepConstants<Real>&);

/** One row kernel as compiled for one instruction set. */
struct RowKernel {
    UpdateRows<float> f32;
    UpdateRows<double> f64;
    /** Lanes that its rows are laid out for, where each lane has a segment of the row (lane_rows.cpp). */
    int lanesF32 = 1, lanesF64 = 1;
};

struct Half;

/** The same for values that lie in memory as halves (half.h). */
struct HalfRowKernel {
    UpdateRows<float, Half> f32;
};

}  // namespace gray_scott

/** `GS_FOR_ISA(autovec)` is `autovec_avx2` where the build says -DGS_ISA=avx2; a library of another level of
 * optimisation says -DGS_ISA=O1. */
#define GS_JOIN_(name, isa) name##_##isa
#define GS_JOIN(name, isa) GS_JOIN_(name, isa)
#define GS_FOR_ISA(name) GS_JOIN(name, GS_ISA)

/**
 * Two states of both species, each plane surrounded by a halo one cell wide that holds what the boundary
 * says, so that a row kernel needs no test at all. Nothing here is compiled for a wider instruction set.
 */
#pragma once

#include <algorithm>

#include "blocks.h"
#include "half.h"
#include "job.h"
#include "page_memory.h"
#include "rows.h"
#include "team.h"

namespace gray_scott {

template <typename Value>
void convert(const Value* from, int64_t count, Value* to) noexcept {
    std::copy_n(from, count, to);
}
inline void convert(const float* from, int64_t count, Half* to) noexcept {
    std::transform(from, from + count, to, half_of);
}
inline void convert(const Half* from, int64_t count, float* to) noexcept {
    std::transform(from, from + count, to, float_of);
}

/**
 * For the boundaries that a halo can hold: `zero`, `background` and `periodic`. Values come and go as `Real`
 * and lie in memory as `Stored`.
 */
template <typename Real, typename Stored = Real>
class HaloGrid {
  public:
    /** Reserves the memory and touches none of it. */
    explicit HaloGrid(const Job& job)
        : rows_(job.rows),
          cols_(job.cols),
          stride_(stride_of(job.cols)),
          boundary_(job.boundary),
          memory_(bytes_needed(job)) {}

    static size_t bytes_needed(const Job& job) {
        return 4 * (plane_bytes(job.rows, job.cols) + PLANE_OFFSET_BYTES) + ALIGNMENT_BYTES;
    }

    /** Writes the background and the halo of some rows in both states; the first touch of that memory. */
    void fill(Rows band) noexcept {
        if (band.begin == band.end) return;
        const int64_t begin = band.begin == 0 ? -1 : band.begin;
        const int64_t end = band.end == rows_ ? rows_ + 1 : band.end;
        Stored outsideU, none;
        const Real background = boundary_ == Boundary::background ? Real(1) : Real(0), zero = 0;
        convert(&background, 1, &outsideU);
        convert(&zero, 1, &none);
        for (int state = 0; state < 2; ++state) {
            for (int64_t row = begin; row < end; ++row) {
                std::fill_n(u(state) + row * stride_ - LEAD, stride_, outsideU);
                std::fill_n(v(state) + row * stride_ - LEAD, stride_, none);
            }
        }
    }

    void load(int state, Rows rows, const void* fromU, const void* fromV) noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            const int64_t from = (row - rows.begin) * cols_;
            convert(static_cast<const Real*>(fromU) + from, cols_, u(state) + row * stride_);
            convert(static_cast<const Real*>(fromV) + from, cols_, v(state) + row * stride_);
        }
        refresh_halo(state, rows);
    }

    void read(int state, Rows rows, void* toU, void* toV) const noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            const int64_t to = (row - rows.begin) * cols_;
            convert(u(state) + row * stride_, cols_, static_cast<Real*>(toU) + to);
            convert(v(state) + row * stride_, cols_, static_cast<Real*>(toV) + to);
        }
    }

    /** What a row kernel needs to advance some rows from `state` to the other one. */
    RowBand<Stored> band(int state, Rows band) const noexcept {
        return {u(state), v(state), u(1 - state), v(1 - state), stride_, cols_, band.begin, band.end};
    }

    /** The same for a block; its rows are aligned only where `colBegin` is a multiple of a cache line. */
    RowBand<Stored> block_band(int state, const Block& block) const noexcept {
        const int64_t col = block.colBegin;
        return {u(state) + col, v(state) + col,     u(1 - state) + col, v(1 - state) + col,
                stride_,        block.colEnd - col, block.rowBegin,     block.rowEnd};
    }

    /**
     * Copies what wraps around out of rows just written, for the periodic boundary; the other halos never
     * change. A band may do so as soon as its own rows are complete: no two bands write the same halo cell.
     */
    void refresh_halo(int state, Rows band) noexcept {
        refresh_block_halo(state, {band.begin, band.end, 0, cols_});
    }

    /** The same for a block, as soon as it is complete: no two blocks write the same halo cell either. */
    void refresh_block_halo(int state, const Block& block) noexcept {
        if (boundary_ != Boundary::periodic || block.rowBegin == block.rowEnd) return;
        for (Stored* plane : {u(state), v(state)}) {
            for (int64_t row = block.rowBegin; row < block.rowEnd; ++row) {
                if (block.colEnd == cols_) plane[row * stride_ - 1] = plane[row * stride_ + cols_ - 1];
                if (block.colBegin == 0) plane[row * stride_ + cols_] = plane[row * stride_];
            }
            const auto copy_row = [&](int64_t from, int64_t to) {
                const auto copy = [&](int64_t colBegin, int64_t colEnd) {
                    std::copy(plane + from * stride_ + colBegin, plane + from * stride_ + colEnd,
                              plane + to * stride_ + colBegin);
                };
                copy(block.colBegin, block.colEnd);
                if (block.colEnd == cols_) copy(-1, 0);
                if (block.colBegin == 0) copy(cols_, cols_ + 1);
            };
            if (block.rowBegin == 0) copy_row(0, rows_);
            if (block.rowEnd == rows_) copy_row(rows_ - 1, -1);
        }
    }

    int64_t rows() const noexcept { return rows_; }

    /** Rows between two looks at the cancel flag: short enough for 50 ms, long enough to cost nothing. */
    int64_t rows_per_check() const noexcept { return std::max<int64_t>(1, CELLS_PER_CHECK / cols_); }

  private:
    static constexpr int64_t CELLS_PER_CHECK = 65536;
    static constexpr size_t ALIGNMENT_BYTES = 64;
    /** Values before column 0, so that it is aligned and its left neighbour exists. */
    static constexpr int64_t LEAD = ALIGNMENT_BYTES / sizeof(Stored);
    /**
     * Planes start at different places of a 4 KiB page: a store and a later load whose addresses agree in
     * their low 12 bits make the processor wait.
     */
    static constexpr size_t PLANE_OFFSET_BYTES = 4096 + 1088;

    static int64_t stride_of(int64_t cols) { return LEAD + (cols + LEAD) / LEAD * LEAD; }
    static size_t plane_bytes(int64_t rows, int64_t cols) {
        return (static_cast<size_t>(rows + 2) * stride_of(cols) * sizeof(Stored) + 4095) / 4096 * 4096;
    }

    Stored* plane(int index) const noexcept {
        std::byte* start = memory_.data() + index * (plane_bytes(rows_, cols_) + PLANE_OFFSET_BYTES);
        return reinterpret_cast<Stored*>(start) + stride_ + LEAD;
    }
    Stored* u(int state) const noexcept { return plane(2 * state); }
    Stored* v(int state) const noexcept { return plane(2 * state + 1); }

    const int64_t rows_, cols_, stride_;
    const Boundary boundary_;
    const PageMemory memory_;
};

}  // namespace gray_scott

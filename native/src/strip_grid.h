/**
 * Two states of both species for kernels that sweep strips of columns: plain rows, padded to whole cache
 * lines and without a halo. A strip may begin before its row and end behind it, as far as `SLACK_BYTES`: what
 * it finds there belongs to other rows or to nobody, and whoever reads it puts what the boundary says in its
 * place. For the boundaries `zero`, `background` and `periodic`.
 */
#pragma once

#include <algorithm>

#include "job.h"
#include "page_memory.h"
#include "prefetch.h"
#include "team.h"

namespace gray_scott {

inline constexpr int64_t LINE_BYTES = 64;

/** A half-open range of columns. */
struct Columns {
    int64_t begin, end;
};

/** Two consecutive rows of both species in a buffer. */
template <typename Real>
struct TwoRows {
    Real* u[2];
    Real* v[2];
};

template <typename Real>
class StripGrid {
  public:
    /** Values in a cache line. */
    static constexpr int64_t LINE = LINE_BYTES / sizeof(Real);
    /** What may be read before the first column of any row, and behind the last one. */
    static constexpr size_t SLACK_BYTES = 4096;

    /** Reserves the memory and touches none of it. */
    explicit StripGrid(const Job& job)
        : rows_(job.rows),
          cols_(job.cols),
          stride_(padded(job.cols)),
          periodic_(job.boundary == Boundary::periodic),
          outsideU_(job.boundary == Boundary::background ? Real(1) : Real(0)),
          memory_(bytes_needed(job)) {}

    static size_t bytes_needed(const Job& job) { return SLACK_BYTES + 4 * plane_bytes(job.rows, job.cols); }
    static int64_t padded(int64_t cols) { return (cols + LINE - 1) / LINE * LINE; }

    int64_t rows() const noexcept { return rows_; }
    int64_t cols() const noexcept { return cols_; }
    /** Columns with the padding that whole lines may be written to. */
    int64_t padded_cols() const noexcept { return stride_; }
    /** Whether a state is so large that it has left the caches before it is read again. */
    bool streams() const noexcept { return 4 * plane_bytes(rows_, cols_) > STREAMED_BYTES; }

    /** The first write to the rows of one thread. */
    void touch(Rows band) noexcept {
        for (int plane = 0; plane < 4 && band.begin < band.end; ++plane) {
            std::fill_n(at(plane, band.begin, 0), (band.end - band.begin) * stride_, Real(0));
        }
    }

    void load(int state, Rows rows, const void* u, const void* v) noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            const int64_t from = (row - rows.begin) * cols_;
            std::copy_n(static_cast<const Real*>(u) + from, cols_, at(2 * state, row, 0));
            std::copy_n(static_cast<const Real*>(v) + from, cols_, at(2 * state + 1, row, 0));
        }
    }

    void read(int state, Rows rows, void* u, void* v) const noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            const int64_t to = (row - rows.begin) * cols_;
            std::copy_n(at(2 * state, row, 0), cols_, static_cast<Real*>(u) + to);
            std::copy_n(at(2 * state + 1, row, 0), cols_, static_cast<Real*>(v) + to);
        }
    }

    Real* u(int state, int64_t row, int64_t col) const noexcept { return at(2 * state, row, col); }
    Real* v(int state, int64_t row, int64_t col) const noexcept { return at(2 * state + 1, row, col); }

    /** A row of the grid, or one that the periodic boundary makes one. */
    int64_t wrapped_row(int64_t row) const noexcept { return periodic_ ? wrapped(row, rows_) : row; }
    int64_t wrapped_col(int64_t col) const noexcept { return wrapped(col, cols_); }

    /** Whether the boundary says what the cells of a row are. */
    bool is_outside(int64_t row) const noexcept { return !periodic_ && (row < 0 || row >= rows_); }
    bool is_periodic() const noexcept { return periodic_; }
    /** Of u; of v it is 0. */
    Real outside_u() const noexcept { return outsideU_; }

    /** Asks for rows that are read soon, where they exist. */
    void prefetch_rows(int state, int64_t row, Columns cols) const noexcept {
        if (row < 0 || row + 1 >= rows_) return;
        const int64_t end = std::min(cols.end, cols_);
        for (int plane = 2 * state; plane < 2 * state + 2; ++plane) {
            for (int64_t col = std::max<int64_t>(0, cols.begin); col < end; col += LINE) {
                prefetch(at(plane, row, col));
                prefetch(at(plane, row + 1, col));
            }
        }
    }

  private:
    /** Larger than the last-level cache of most laptops' share for one program. */
    static constexpr size_t STREAMED_BYTES = size_t(16) << 20;
    /** Planes start at different places of a 4 KiB page: see HaloGrid. No less than the slack. */
    static constexpr size_t PLANE_OFFSET_BYTES = SLACK_BYTES + 1088;

    static size_t plane_bytes(int64_t rows, int64_t cols) {
        return (size_t(rows) * padded(cols) * sizeof(Real) + 4095) / 4096 * 4096 + PLANE_OFFSET_BYTES;
    }

    Real* at(int plane, int64_t row, int64_t col) const noexcept {
        std::byte* const start = memory_.data() + SLACK_BYTES + plane * plane_bytes(rows_, cols_);
        return reinterpret_cast<Real*>(start) + row * stride_ + col;
    }

    static int64_t wrapped(int64_t index, int64_t length) noexcept {
        const int64_t rest = index % length;
        return rest < 0 ? rest + length : rest;
    }

    const int64_t rows_, cols_, stride_;
    const bool periodic_;
    const Real outsideU_;
    const PageMemory memory_;
};

}  // namespace gray_scott

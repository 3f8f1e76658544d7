/**
 * Two states of both species for kernels that sweep strips of columns: plain rows, padded to whole cache
 * lines and without a halo. What stands outside the grid is put in place while a strip is read, for the
 * boundaries `zero`, `background` and `periodic`.
 */
#pragma once

#include <algorithm>
#include <cstring>

#include "job.h"
#include "page_memory.h"
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

    /** Reserves the memory and touches none of it. */
    explicit StripGrid(const Job& job)
        : rows_(job.rows),
          cols_(job.cols),
          stride_(padded(job.cols)),
          periodic_(job.boundary == Boundary::periodic),
          outsideU_(job.boundary == Boundary::background ? Real(1) : Real(0)),
          memory_(bytes_needed(job)) {}

    static size_t bytes_needed(const Job& job) { return 4 * plane_bytes(job.rows, job.cols); }
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

    /**
     * The cells of a row that may lie outside, in columns that may lie outside: in place, or else put
     * together in `scratch`. From `used.end` to `end` they may be anything.
     */
    const Real* u_row(int state, int64_t row, Columns used, int64_t end, Real* scratch) const noexcept {
        return whole_row(2 * state, row, used, end, outsideU_, scratch);
    }
    const Real* v_row(int state, int64_t row, Columns used, int64_t end, Real* scratch) const noexcept {
        return whole_row(2 * state + 1, row, used, end, Real(0), scratch);
    }

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
    /** Planes start at different places of a 4 KiB page: see HaloGrid. */
    static constexpr size_t PLANE_OFFSET_BYTES = 4096 + 1088;

    static size_t plane_bytes(int64_t rows, int64_t cols) {
        return (size_t(rows) * padded(cols) * sizeof(Real) + 4095) / 4096 * 4096 + PLANE_OFFSET_BYTES;
    }

    static void prefetch(const Real* where) noexcept {
#if defined(__GNUC__)
        __builtin_prefetch(where);
#else
        (void)where;
#endif
    }

    Real* at(int plane, int64_t row, int64_t col) const noexcept {
        return reinterpret_cast<Real*>(memory_.data() + plane * plane_bytes(rows_, cols_)) + row * stride_ +
               col;
    }

    static int64_t wrapped(int64_t index, int64_t length) noexcept {
        const int64_t rest = index % length;
        return rest < 0 ? rest + length : rest;
    }

    const Real* whole_row(int plane, int64_t row, Columns used, int64_t end, Real outside,
                          Real* scratch) const noexcept {
        const bool inside = row >= 0 && row < rows_ && used.begin >= 0 && used.end <= cols_ && end <= stride_;
        if (inside) return at(plane, row, used.begin);
        copy_row(plane, row, used, outside, scratch);
        std::fill(scratch + (used.end - used.begin), scratch + (end - used.begin), outside);
        return scratch;
    }

    void copy_row(int plane, int64_t row, Columns cols, Real outside, Real* to) const noexcept {
        const int64_t count = cols.end - cols.begin;
        if (!periodic_ && (row < 0 || row >= rows_)) {
            std::fill_n(to, count, outside);
            return;
        }
        const Real* from = at(plane, periodic_ ? wrapped(row, rows_) : row, 0);
        const int64_t before = std::min(count, std::max<int64_t>(0, -cols.begin));
        const int64_t after = std::clamp<int64_t>(cols_ - cols.begin, before, count);
        const auto outer = [&](int64_t col) {
            return periodic_ ? from[wrapped(cols.begin + col, cols_)] : outside;
        };
        for (int64_t col = 0; col < before; ++col) to[col] = outer(col);
        std::memcpy(to + before, from + cols.begin + before, (after - before) * sizeof(Real));
        for (int64_t col = after; col < count; ++col) to[col] = outer(col);
    }

    const int64_t rows_, cols_, stride_;
    const bool periodic_;
    const Real outsideU_;
    const PageMemory memory_;
};

}  // namespace gray_scott

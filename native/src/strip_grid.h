/**
 * Two states of both species in strips (strips.h): each strip has its rows one after the other, of each first
 * u and then v, in the order of the lanes. For the boundaries `zero`, `background` and `periodic`.
 */
#pragma once

#include <algorithm>
#include <vector>

#include "page_memory.h"
#include "prefetch.h"
#include "strips.h"
#include "team.h"

namespace gray_scott {

/** Vectors of a row, half open. */
struct Part {
    int64_t begin, end;
};

template <typename Real>
class StripGrid {
  public:
    /** Values in a cache line. */
    static constexpr int64_t LINE = LINE_BYTES / sizeof(Real);

    /** Reserves the memory and touches none of it. */
    StripGrid(const Job& job, const Strips& strips)
        : strips_(strips),
          rows_(job.rows),
          cols_(job.cols),
          periodic_(job.boundary == Boundary::periodic),
          outsideU_(job.boundary == Boundary::background ? Real(1) : Real(0)),
          memory_(bytes_needed(job, strips)) {}

    static size_t bytes_needed(const Job& job, const Strips& strips) {
        return size_t(4) * strips.count * job.rows * strips.cells() * sizeof(Real);
    }

    int64_t rows() const noexcept { return rows_; }
    int64_t cols() const noexcept { return cols_; }
    /** Whether a state is so large that it has left the caches before it is read again. */
    bool streams() const noexcept {
        return 2 * strips_.count * strip_cells() * sizeof(Real) > STREAMED_BYTES;
    }

    /** The first write to the rows of one thread. */
    void touch(Rows band) noexcept {
        if (band.begin == band.end) return;
        for (int state = 0; state < 2; ++state)
            for (int64_t strip = 0; strip < strips_.count; ++strip)
                std::fill(u(state, strip, band.begin), u(state, strip, band.end), Real(0));
    }

    /** u and behind it v of a row of a strip. */
    Real* u(int state, int64_t strip, int64_t row) const noexcept {
        Real* const start = reinterpret_cast<Real*>(memory_.data());
        return start + (state * strips_.count + strip) * strip_cells() + row * 2 * strips_.cells();
    }
    Real* v(int state, int64_t strip, int64_t row) const noexcept {
        return u(state, strip, row) + strips_.cells();
    }

    /** A row of the grid, or one that the periodic boundary makes one. */
    int64_t wrapped_row(int64_t row) const noexcept { return periodic_ ? wrapped(row, rows_) : row; }
    int64_t wrapped_col(int64_t col) const noexcept { return wrapped(col, cols_); }

    /** Whether the boundary says what the cells of a row are. */
    bool is_outside(int64_t row) const noexcept { return !periodic_ && (row < 0 || row >= rows_); }
    bool is_periodic() const noexcept { return periodic_; }
    /** Of u; of v it is 0. */
    Real outside_u() const noexcept { return outsideU_; }

    /** Asks for part of two rows that are read soon, where they exist. */
    void prefetch_rows(int state, int64_t strip, int64_t row, Part part) const noexcept {
        if (row < 0 || row + 1 >= rows_) return;
        // u and v of both lie one after the other: any four slices that make up all of them will do.
        const Real* const from = u(state, strip, row);
        const int64_t end = 4 * part.end * strips_.lanes;
        for (int64_t cell = 4 * part.begin * strips_.lanes; cell < end; cell += LINE) prefetch(from + cell);
    }

  private:
    /** Larger than the last-level cache of most laptops' share for one program. */
    static constexpr size_t STREAMED_BYTES = size_t(16) << 20;

    int64_t strip_cells() const noexcept { return rows_ * 2 * strips_.cells(); }

    static int64_t wrapped(int64_t index, int64_t length) noexcept {
        const int64_t rest = index % length;
        return rest < 0 ? rest + length : rest;
    }

    const Strips strips_;
    const int64_t rows_, cols_;
    const bool periodic_;
    const Real outsideU_;
    const PageMemory memory_;
};

}  // namespace gray_scott

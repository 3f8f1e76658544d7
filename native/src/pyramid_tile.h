/**
 * The private memory in which one block of the grid is carried several steps ahead. Two buffers are written
 * in turns, each wider than the block by the deepest margin; a step computes the block and the margin that
 * the remaining steps still need, which is one cell less on every side.
 *
 * Rows are updated by the row kernel of `simd`, from whole cache lines to whole cache lines: in columns the
 * margin is rounded up to them. What is computed beyond the margin proper is not the grid's state, and no
 * cell that is used depends on it.
 */
#pragma once

#include "row_kernels.h"

namespace gray_scott {

template <typename Real>
class PyramidTile {
  public:
    /** Cells of a cache line. A block begins at a multiple of it. */
    static constexpr int64_t LINE = 64 / sizeof(Real);

    /** For blocks of at most `blocks.most_rows()` × `blocks.most_cols()`, in memory of `bytes_needed`. */
    PyramidTile(const Job& job, const Blocks& blocks, std::byte* memory)
        : rows_(job.rows),
          cols_(job.cols),
          periodic_(job.boundary == Boundary::periodic),
          shape_(shape_of(job, blocks)),
          memory_(memory),
          constants_(constants_of<Real>(job)),
          update_(rows_of<Real>(GS_PICK_ROW_KERNEL(simd, job.isa))) {}

    static size_t bytes_needed(const Job& job, const Blocks& blocks) {
        return 4 * shape_of(job, blocks).planeBytes;
    }

    /** The first touch of the memory, on the thread that will use it. */
    void fill() noexcept { std::fill_n(memory_, 4 * shape_.planeBytes, std::byte(0)); }

    /** The block's state and a margin of `depth` around it, as the first step is to read them. */
    void enter(const HaloGrid<Real>& grid, int state, const Block& block, int64_t depth,
               const Member& me) noexcept {
        block_ = block;
        const Block area = around(depth);
        const RowBand<Real> band = grid.band(state, {0, rows_});
        present_ = {band.u, band.v, band.stride, 0, 0};
        target_ = 0;
        if (!periodic_) {
            enclose(area, band.u[-1], band.v[-1]);
        } else if (area.rowBegin < 0 || area.colBegin < 0 || area.rowEnd > rows_ || area.colEnd > cols_) {
            copy_wrapped(area, me);
        }
    }

    /** One step, of the block and `margin` cells around it, within the tile. */
    void shrink_to(int64_t margin, const Member& me) noexcept {
        const Cells<Real> next = buffer(target_);
        step(around(margin), next, me);
        present_ = {next.u, next.v, next.stride, next.firstRow, next.firstCol};
        target_ = 1 - target_;
    }

    /** The last step, of the block alone, into the grid's other state. */
    void leave(const HaloGrid<Real>& grid, int state, const Member& me) noexcept {
        const RowBand<Real> band = grid.band(state, {0, rows_});
        step(block_, {band.nextU, band.nextV, band.stride, 0, 0}, me);
    }

  private:
    /** Both species somewhere, addressed by the rows and columns of the grid. */
    template <typename Value>
    struct Cells {
        Value* u;
        Value* v;
        int64_t stride;
        int64_t firstRow, firstCol;

        int64_t at(int64_t row, int64_t col) const { return (row - firstRow) * stride + (col - firstCol); }
    };

    struct Shape {
        /** Margin in rows, and in columns up to a whole cache line. */
        int64_t marginRows, marginCols;
        int64_t stride;
        size_t planeBytes;
    };

    static int64_t to_lines(int64_t cells) { return (cells + LINE - 1) / LINE * LINE; }

    static Shape shape_of(const Job& job, const Blocks& blocks) {
        // The ring of cells outside the grid needs room of its own: one more row and line at each side.
        const int64_t marginRows = job.integer("depth") + 1;
        const int64_t marginCols = to_lines(job.integer("depth")) + LINE;
        const int64_t stride = to_lines(blocks.most_cols()) + 2 * marginCols;
        const size_t bytes = (blocks.most_rows() + 2 * marginRows) * stride * sizeof(Real);
        return {marginRows, marginCols, stride, (bytes + 4095) / 4096 * 4096 + PLANE_OFFSET_BYTES};
    }

    Cells<Real> buffer(int index) const noexcept {
        const auto plane = [&](int number) {
            return reinterpret_cast<Real*>(memory_ + number * shape_.planeBytes);
        };
        return {plane(2 * index), plane(2 * index + 1), shape_.stride, block_.rowBegin - shape_.marginRows,
                block_.colBegin - shape_.marginCols};
    }

    /** The block and its margin, in whole cache lines; a margin outside the grid exists only if it wraps. */
    Block around(int64_t margin) const noexcept {
        const Block wide = {block_.rowBegin - margin, block_.rowEnd + margin,
                            block_.colBegin - to_lines(margin),
                            block_.colBegin + to_lines(block_.colEnd - block_.colBegin + margin)};
        if (periodic_) return wide;
        return {std::max<int64_t>(0, wide.rowBegin), std::min(rows_, wide.rowEnd),
                std::max<int64_t>(0, wide.colBegin), std::min(cols_, wide.colEnd)};
    }

    /** Puts what stands outside the grid around both buffers, where no step will overwrite it. */
    void enclose(const Block& area, Real outsideU, Real outsideV) const noexcept {
        for (int index = 0; index < 2; ++index) {
            const Cells<Real> cells = buffer(index);
            const auto put = [&](int64_t row, int64_t colBegin, int64_t colEnd) {
                std::fill_n(cells.u + cells.at(row, colBegin), colEnd - colBegin, outsideU);
                std::fill_n(cells.v + cells.at(row, colBegin), colEnd - colBegin, outsideV);
            };
            if (area.rowBegin == 0) put(-1, area.colBegin - 1, area.colEnd + 1);
            if (area.rowEnd == rows_) put(rows_, area.colBegin - 1, area.colEnd + 1);
            for (int64_t row = area.rowBegin; row < area.rowEnd; ++row) {
                if (area.colBegin == 0) put(row, -1, 0);
                if (area.colEnd == cols_) put(row, cols_, cols_ + 1);
            }
        }
    }

    /** Gathers what wraps around the grid, so that the first step finds it beside the block. */
    void copy_wrapped(const Block& area, const Member& me) noexcept {
        const Cells<Real> to = buffer(1 - target_);
        for (int64_t row = area.rowBegin; row < area.rowEnd && !me.cancelled(); ++row) {
            for (int64_t col = area.colBegin; col < area.colEnd;) {
                const int64_t wrappedCol = wrapped(col, cols_);
                const int64_t count = std::min(area.colEnd - col, cols_ - wrappedCol);
                const int64_t from = present_.at(wrapped(row, rows_), wrappedCol);
                std::copy_n(present_.u + from, count, to.u + to.at(row, col));
                std::copy_n(present_.v + from, count, to.v + to.at(row, col));
                col += count;
            }
        }
        present_ = {to.u, to.v, to.stride, to.firstRow, to.firstCol};
    }

    static int64_t wrapped(int64_t index, int64_t length) noexcept {
        const int64_t rest = index % length;
        return rest < 0 ? rest + length : rest;
    }

    void step(const Block& area, const Cells<Real>& next, const Member& me) const noexcept {
        const int64_t cols = area.colEnd - area.colBegin;
        // A row kernel knows one stride: between the grid and the tile it is called row by row.
        const bool alike = present_.stride == next.stride;
        const int64_t rowsPerCall = alike ? std::max<int64_t>(1, CELLS_PER_CALL / cols) : 1;
        for (int64_t row = area.rowBegin; row < area.rowEnd && !me.cancelled(); row += rowsPerCall) {
            const int64_t from = present_.at(row, area.colBegin), to = next.at(row, area.colBegin);
            update_({present_.u + from, present_.v + from, next.u + to, next.v + to, present_.stride, cols, 0,
                     std::min(rowsPerCall, area.rowEnd - row)},
                    constants_);
        }
    }

    /** Between two looks at the cancel flag. */
    static constexpr int64_t CELLS_PER_CALL = 65536;
    /** Planes start at different places of a 4 KiB page: see HaloGrid. */
    static constexpr size_t PLANE_OFFSET_BYTES = 1088;

    const int64_t rows_, cols_;
    const bool periodic_;
    const Shape shape_;
    std::byte* const memory_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real> update_;

    Block block_{};
    /** Where the block stands now: the grid before the first step, then the buffer written last. */
    Cells<const Real> present_{};
    /** The buffer that is written next. */
    int target_ = 0;
};

}  // namespace gray_scott

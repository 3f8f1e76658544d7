/** The cutting of a grid into blocks of at most a given height and width, numbered row after row of blocks.
 */
#pragma once

#include <algorithm>

#include "job.h"

namespace gray_scott {

/** Half-open ranges of rows and columns. */
struct Block {
    int64_t rowBegin, rowEnd;
    int64_t colBegin, colEnd;
};

class Blocks {
  public:
    /**
     * Takes `blockRows` and `blockCols` from the job, the latter rounded up to a multiple of `colUnit`; the
     * last blocks of a row or column may be smaller.
     */
    explicit Blocks(const Job& job, int64_t colUnit = 1)
        : rows_(job.rows),
          cols_(job.cols),
          blockRows_(job.integer("blockRows")),
          blockCols_((job.integer("blockCols") + colUnit - 1) / colUnit * colUnit),
          perRow_((cols_ + blockCols_ - 1) / blockCols_),
          count_((rows_ + blockRows_ - 1) / blockRows_ * perRow_) {}

    int64_t count() const noexcept { return count_; }

    /** Of the largest block: no more than the grid, but for columns to the next unit. */
    int64_t most_rows() const noexcept { return std::min(rows_, blockRows_); }
    int64_t most_cols() const noexcept { return std::min(cols_, blockCols_); }

    Block at(int64_t number) const noexcept {
        const int64_t row = number / perRow_ * blockRows_;
        const int64_t col = number % perRow_ * blockCols_;
        return {row, std::min(rows_, row + blockRows_), col, std::min(cols_, col + blockCols_)};
    }

  private:
    const int64_t rows_, cols_, blockRows_, blockCols_, perRow_, count_;
};

}  // namespace gray_scott

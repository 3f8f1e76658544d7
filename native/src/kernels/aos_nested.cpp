/**
 * Teaches: what the formula looks like when it is written down as it is read. This is the baseline that every
 * later kernel is measured against.
 *
 * The grid is a vector of vectors of cells, the 3 × 3 window is a loop, and each neighbour is tested: is it
 * inside? It is easy to get right, and slow for three reasons that the next rungs take away one by one: u and
 * v lie interleaved and every row elsewhere in memory, the tests are made nine times a cell though only the
 * border needs them, and with so many branches the compiler cannot compute several cells at once.
 */
#include <vector>

#include "../kernel.h"

namespace gray_scott {
namespace {

template <typename Real>
class AosNested final : public Kernel {
    struct Cell {
        Real u, v;
    };
    using Grid = std::vector<std::vector<Cell>>;

  public:
    explicit AosNested(const Job& job)
        : rows_(job.rows),
          cols_(job.cols),
          boundary_(job.boundary),
          c_(constants_of<Real>(job)),
          weights_{{c_.b, c_.a, c_.b}, {c_.a, 0, c_.a}, {c_.b, c_.a, c_.b}},
          now_(rows_, std::vector<Cell>(cols_)),
          next_(now_) {}

    void advance(int64_t steps, Member& me) noexcept override {
        for (int64_t step = 0; step < steps; ++step) {
            for (int64_t row = 0; row < rows_; ++row) {
                if (me.cancelled()) return;
                for (int64_t col = 0; col < cols_; ++col) next_[row][col] = updated(row, col);
            }
            now_.swap(next_);
        }
    }

    void load(Rows rows, const void* u, const void* v) noexcept override {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            for (int64_t col = 0; col < cols_; ++col) {
                const int64_t at = (row - rows.begin) * cols_ + col;
                now_[row][col] = {static_cast<const Real*>(u)[at], static_cast<const Real*>(v)[at]};
            }
        }
    }

    void read(Rows rows, void* u, void* v) const noexcept override {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            for (int64_t col = 0; col < cols_; ++col) {
                const int64_t at = (row - rows.begin) * cols_ + col;
                static_cast<Real*>(u)[at] = now_[row][col].u;
                static_cast<Real*>(v)[at] = now_[row][col].v;
            }
        }
    }

  private:
    Cell updated(int64_t row, int64_t col) const noexcept {
        const Cell cell = now_[row][col];
        const bool border = row == 0 || col == 0 || row == rows_ - 1 || col == cols_ - 1;
        if (boundary_ == Boundary::frozen && border) return cell;

        Cell laplacian{0, 0};
        for (int dr = -1; dr <= 1; ++dr) {
            for (int dc = -1; dc <= 1; ++dc) {
                const Cell other = neighbour(row + dr, col + dc, cell);
                laplacian.u += weights_[dr + 1][dc + 1] * (other.u - cell.u);
                laplacian.v += weights_[dr + 1][dc + 1] * (other.v - cell.v);
            }
        }
        const Real uvv = cell.u * cell.v * cell.v;
        return {cell.u + c_.dt * (c_.diffusionU * laplacian.u - uvv + c_.feed * (1 - cell.u)),
                cell.v + c_.dt * (c_.diffusionV * laplacian.v + uvv - (c_.feed + c_.kill) * cell.v)};
    }

    /** The cell at (row, col), or what the boundary puts in its place when that lies outside. */
    Cell neighbour(int64_t row, int64_t col, const Cell& centre) const noexcept {
        if (row >= 0 && row < rows_ && col >= 0 && col < cols_) return now_[row][col];
        // What contributes nothing is what does not differ from the centre.
        if (boundary_ == Boundary::clipped) return centre;
        if (boundary_ == Boundary::periodic) return now_[(row + rows_) % rows_][(col + cols_) % cols_];
        return {Real(boundary_ == Boundary::background ? 1 : 0), 0};
    }

    const int64_t rows_, cols_;
    const Boundary boundary_;
    const StepConstants<Real> c_;
    const Real weights_[3][3];
    Grid now_, next_;
};

size_t bytes_needed(const Job& job) {
    return 2 * size_t(job.rows) * (2 * job.cols * bytes_per_value(job) + sizeof(std::vector<int>));
}

}  // namespace

extern const KernelEntry aos_nested;
const KernelEntry aos_nested = {"aos_nested", BASELINE_ONLY, bytes_needed, make_kernel<AosNested>};

}  // namespace gray_scott

/**
 * Teaches: take the tests out of the loop. A neighbour can lie outside only for cells of the border, and
 * these are a handful beside the centre of the grid.
 *
 * The centre is now a plain loop over columns without a branch; only the first and last row and the two end
 * cells of every other row still go through the tested window. Without tests there is nothing left to loop
 * over either: the window becomes two sums of four neighbours, each weighted once. It is faster because the
 * processor only loads and computes. It costs a second copy of the formula, which must stay equal to the
 * first.
 */
#include "../kernel.h"
#include "../soa_planes.h"

namespace gray_scott {
namespace {

template <typename Real>
class SoaSplit final : public Kernel {
  public:
    explicit SoaSplit(const Job& job)
        : rows_(job.rows),
          cols_(job.cols),
          boundary_(job.boundary),
          c_(constants_of<Real>(job)),
          weights_{{c_.b, c_.a, c_.b}, {c_.a, 0, c_.a}, {c_.b, c_.a, c_.b}},
          planes_(job) {}

    void advance(int64_t steps, Member& me) noexcept override {
        for (int64_t step = 0; step < steps; ++step) {
            for (int64_t row = 0; row < rows_; ++row) {
                if (me.cancelled()) return;
                if (row == 0 || row == rows_ - 1) {
                    for (int64_t col = 0; col < cols_; ++col) update_edge(row, col);
                } else {
                    update_edge(row, 0);
                    update_centre(row);
                    update_edge(row, cols_ - 1);
                }
            }
            planes_.swap();
        }
    }

    void load(Rows rows, const void* u, const void* v) noexcept override { planes_.load(rows, u, v); }
    void read(Rows rows, void* u, void* v) const noexcept override { planes_.read(rows, u, v); }

  private:
    struct Pair {
        Real u, v;
    };

    /** Columns 1 … cols − 2 of a row whose rows above and below exist: no neighbour lies outside. */
    void update_centre(int64_t row) noexcept {
        const Real* const u = planes_.u.data() + row * cols_;
        const Real* const v = planes_.v.data() + row * cols_;
        for (int64_t col = 1; col < cols_ - 1; ++col) {
            const Pair cell{u[col], v[col]};
            store(row, col, react(cell, {laplacian(u + col), laplacian(v + col)}));
        }
    }

    Real laplacian(const Real* centre) const noexcept {
        const Real* const north = centre - cols_;
        const Real* const south = centre + cols_;
        const Real edges = north[0] + south[0] + centre[-1] + centre[1];
        const Real corners = north[-1] + north[1] + south[-1] + south[1];
        return c_.a * (edges - 4 * *centre) + c_.b * (corners - 4 * *centre);
    }

    void update_edge(int64_t row, int64_t col) noexcept {
        const Pair cell = stored(row, col);
        if (boundary_ == Boundary::frozen) return store(row, col, cell);

        Pair laplacian{0, 0};
        for (int dr = -1; dr <= 1; ++dr) {
            for (int dc = -1; dc <= 1; ++dc) {
                const Pair other = neighbour(row + dr, col + dc, cell);
                laplacian.u += weights_[dr + 1][dc + 1] * (other.u - cell.u);
                laplacian.v += weights_[dr + 1][dc + 1] * (other.v - cell.v);
            }
        }
        store(row, col, react(cell, laplacian));
    }

    Pair react(const Pair& cell, const Pair& laplacian) const noexcept {
        const Real uvv = cell.u * cell.v * cell.v;
        return {cell.u + c_.dt * (c_.diffusionU * laplacian.u - uvv + c_.feed * (1 - cell.u)),
                cell.v + c_.dt * (c_.diffusionV * laplacian.v + uvv - (c_.feed + c_.kill) * cell.v)};
    }

    void store(int64_t row, int64_t col, const Pair& cell) noexcept {
        planes_.nextU[row * cols_ + col] = cell.u;
        planes_.nextV[row * cols_ + col] = cell.v;
    }

    /** The cell at (row, col), or what the boundary puts in its place when that lies outside. */
    Pair neighbour(int64_t row, int64_t col, const Pair& centre) const noexcept {
        if (row >= 0 && row < rows_ && col >= 0 && col < cols_) return stored(row, col);
        // What contributes nothing is what does not differ from the centre.
        if (boundary_ == Boundary::clipped) return centre;
        if (boundary_ == Boundary::periodic) return stored((row + rows_) % rows_, (col + cols_) % cols_);
        return {Real(boundary_ == Boundary::background ? 1 : 0), 0};
    }

    Pair stored(int64_t row, int64_t col) const noexcept {
        return {planes_.u[row * cols_ + col], planes_.v[row * cols_ + col]};
    }

    const int64_t rows_, cols_;
    const Boundary boundary_;
    const StepConstants<Real> c_;
    const Real weights_[3][3];
    SoaPlanes<Real> planes_;
};

}  // namespace

extern const KernelEntry soa_split;
const KernelEntry soa_split = {"soa_split", BASELINE_ONLY, soa_bytes, make_kernel<SoaSplit>};

}  // namespace gray_scott

/**
 * Teaches: how data lies in memory. One array per species instead of one array of cells.
 *
 * The values of one species that are read one after the other lie one after the other: whole cache lines of
 * u, whole cache lines of v, which is also the only order that a vector instruction can load in one go. It
 * costs four places to keep in mind instead of two. The window is still tested at every neighbour, which
 * hides most of the gain: that is the next rung.
 */
#include "../kernel.h"
#include "../soa_planes.h"

namespace gray_scott {
namespace {

template <typename Real>
class SoaWindow final : public Kernel {
  public:
    explicit SoaWindow(const Job& job)
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
                for (int64_t col = 0; col < cols_; ++col) update(row, col);
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

    void update(int64_t row, int64_t col) noexcept {
        const Pair cell = stored(row, col);
        const bool border = row == 0 || col == 0 || row == rows_ - 1 || col == cols_ - 1;
        if (boundary_ == Boundary::frozen && border) return store(row, col, cell);

        Pair laplacian{0, 0};
        for (int dr = -1; dr <= 1; ++dr) {
            for (int dc = -1; dc <= 1; ++dc) {
                const Pair other = neighbour(row + dr, col + dc, cell);
                laplacian.u += weights_[dr + 1][dc + 1] * (other.u - cell.u);
                laplacian.v += weights_[dr + 1][dc + 1] * (other.v - cell.v);
            }
        }
        const Real uvv = cell.u * cell.v * cell.v;
        store(row, col,
              {cell.u + c_.dt * (c_.diffusionU * laplacian.u - uvv + c_.feed * (1 - cell.u)),
               cell.v + c_.dt * (c_.diffusionV * laplacian.v + uvv - (c_.feed + c_.kill) * cell.v)});
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

extern const KernelEntry soa_window;
const KernelEntry soa_window = {"soa_window", BASELINE_ONLY, soa_bytes, make_kernel<SoaWindow>};

}  // namespace gray_scott

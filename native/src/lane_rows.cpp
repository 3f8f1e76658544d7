/**
 * What surrounds the row kernel of `simd_lanes`: the order of the cells in memory. A row is cut into as many
 * segments as the vector has lanes; column `segment` × lane + position is stored at position × lanes + lane.
 * The last segments may reach beyond the grid: their cells are padding, which is computed and never read,
 * except for the first column outside, which is put back to what the boundary says after every step.
 */
#include <cstring>

#include "row_kernels.h"

namespace gray_scott {

namespace {

const RowKernel& lane_kernel(const Job& job) { return GS_PICK_ROW_KERNEL(simd_lanes, job.isa); }

int64_t lanes_of(const Job& job) {
    return job.precision == Precision::f32 ? lane_kernel(job).lanesF32 : lane_kernel(job).lanesF64;
}

/** The job with its columns rounded up to whole vectors. */
Job padded(Job job) {
    const int64_t lanes = lanes_of(job);
    job.cols = (job.cols + lanes - 1) / lanes * lanes;
    return job;
}

template <typename Real>
class LaneRows final : public Kernel {
  public:
    explicit LaneRows(const Job& job)
        : rows_(job.rows),
          cols_(job.cols),
          lanes_(lanes_of(job)),
          segment_((cols_ + lanes_ - 1) / lanes_),
          boundary_(job.boundary),
          constants_(constants_of<Real>(job)),
          update_(rows_of<Real>(lane_kernel(job))),
          grid_(padded(job)) {}

    void prepare(Member& me) noexcept override { grid_.fill(band_of(me, rows_)); }

    void load(Rows rows, const void* u, const void* v) noexcept override {
        const Planes planes = planes_of(state_);
        sort_in(rows, static_cast<const Real*>(u), planes.u, planes.stride);
        sort_in(rows, static_cast<const Real*>(v), planes.v, planes.stride);
        put_outside(state_, rows);
    }

    void read(Rows rows, void* u, void* v) const noexcept override {
        const Planes planes = planes_of(state_);
        sort_out(rows, planes.u, planes.stride, static_cast<Real*>(u));
        sort_out(rows, planes.v, planes.stride, static_cast<Real*>(v));
    }

    void advance(int64_t steps, Member& me) noexcept override {
        const int64_t rowsPerCheck = grid_.rows_per_check();
        for (int64_t step = 0; step < steps; ++step) {
            for (int64_t row = 0; row < rows_; row += rowsPerCheck) {
                if (me.cancelled()) return;
                const Rows rows{row, std::min(rows_, row + rowsPerCheck)};
                update_(grid_.band(state_, rows), constants_);
                put_outside(1 - state_, rows);
            }
            state_ = 1 - state_;
        }
    }

  private:
    struct Planes {
        Real *u, *v;
        int64_t stride;
    };

    /** A state's planes are what a step from the other state writes. */
    Planes planes_of(int state) const noexcept {
        const RowBand<Real> band = grid_.band(1 - state, {0, rows_});
        return {band.nextU, band.nextV, band.stride};
    }

    int64_t place_of(int64_t col) const noexcept { return col % segment_ * lanes_ + col / segment_; }

    /** Where column `cols` is looked for as a right neighbour: in the border vector if a segment ends there.
     */
    int64_t place_beyond() const noexcept {
        if (cols_ % segment_ != 0) return place_of(cols_);
        return segment_ * lanes_ + cols_ / segment_ - 1;
    }

    void sort_in(Rows rows, const Real* from, Real* plane, int64_t stride) noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row, from += cols_) {
            Real* const to = plane + row * stride;
            for (int64_t col = 0; col < cols_; ++col) to[place_of(col)] = from[col];
            for (int64_t lane = 1; lane < lanes_; ++lane) {
                to[lane - lanes_] = to[(segment_ - 1) * lanes_ + lane - 1];
                to[segment_ * lanes_ + lane - 1] = to[lane];
            }
        }
    }

    void sort_out(Rows rows, const Real* plane, int64_t stride, Real* to) const noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row, to += cols_) {
            const Real* const from = plane + row * stride;
            for (int64_t col = 0; col < cols_; ++col) to[col] = from[place_of(col)];
        }
    }

    /** What stands outside beside some rows and, for the periodic boundary, above and below the grid. */
    void put_outside(int state, Rows rows) noexcept {
        const Planes planes = planes_of(state);
        const int64_t beyond = place_beyond();
        const int64_t last = place_of(cols_ - 1);
        const bool periodic = boundary_ == Boundary::periodic;
        for (Real* const plane : {planes.u, planes.v}) {
            const Real outside = boundary_ == Boundary::background && plane == planes.u ? 1 : 0;
            for (int64_t row = rows.begin; row < rows.end; ++row) {
                Real* const cells = plane + row * planes.stride;
                cells[beyond] = periodic ? cells[0] : outside;
                if (periodic) cells[-lanes_] = cells[last];
            }
            if (!periodic) continue;
            const auto copy_row = [&](int64_t from, int64_t to) {
                std::memcpy(plane + to * planes.stride - lanes_, plane + from * planes.stride - lanes_,
                            (segment_ + 2) * lanes_ * sizeof(Real));
            };
            if (rows.begin == 0) copy_row(0, rows_);
            if (rows.end == rows_) copy_row(rows_ - 1, -1);
        }
    }

    const int64_t rows_, cols_, lanes_, segment_;
    const Boundary boundary_;
    const StepConstants<Real> constants_;
    const UpdateRows<Real> update_;
    HaloGrid<Real> grid_;
    /** Which of the grid's two states is the present one. */
    int state_ = 0;
};

size_t lane_bytes(const Job& job) { return halo_bytes(padded(job)); }

}  // namespace

extern const KernelEntry simd_lanes;
const KernelEntry simd_lanes = {"simd_lanes", ROW_KERNEL_ISAS, lane_bytes, make_kernel<LaneRows>};

}  // namespace gray_scott

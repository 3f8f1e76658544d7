/** The storage that the scalar structure-of-arrays kernels share: four plain row-major arrays, no halo. */
#pragma once

#include <algorithm>
#include <vector>

#include "job.h"
#include "team.h"

namespace gray_scott {

template <typename Real>
struct SoaPlanes {
    const int64_t cols;
    std::vector<Real> u, v, nextU, nextV;

    explicit SoaPlanes(const Job& job)
        : cols(job.cols), u(job.rows * job.cols), v(u.size()), nextU(u.size()), nextV(u.size()) {}

    void load(Rows rows, const void* fromU, const void* fromV) noexcept {
        const int64_t begin = rows.begin * cols, count = (rows.end - rows.begin) * cols;
        std::copy_n(static_cast<const Real*>(fromU), count, u.begin() + begin);
        std::copy_n(static_cast<const Real*>(fromV), count, v.begin() + begin);
    }

    void read(Rows rows, void* toU, void* toV) const noexcept {
        const int64_t begin = rows.begin * cols, count = (rows.end - rows.begin) * cols;
        std::copy_n(u.begin() + begin, count, static_cast<Real*>(toU));
        std::copy_n(v.begin() + begin, count, static_cast<Real*>(toV));
    }

    void swap() noexcept {
        u.swap(nextU);
        v.swap(nextV);
    }
};

inline size_t soa_bytes(const Job& job) { return 4 * size_t(job.rows) * job.cols * bytes_per_value(job); }

}  // namespace gray_scott

/** The storage that the scalar structure-of-arrays kernels share: four plain row-major arrays, no halo. */
#pragma once

#include <algorithm>
#include <vector>

#include "job.h"

namespace gray_scott {

template <typename Real>
struct SoaPlanes {
    std::vector<Real> u, v, nextU, nextV;

    explicit SoaPlanes(const Job& job)
        : u(job.rows * job.cols), v(u.size()), nextU(u.size()), nextV(u.size()) {}

    void load(const void* fromU, const void* fromV) noexcept {
        std::copy_n(static_cast<const Real*>(fromU), u.size(), u.begin());
        std::copy_n(static_cast<const Real*>(fromV), v.size(), v.begin());
    }

    void read(void* toU, void* toV) const noexcept {
        std::copy(u.begin(), u.end(), static_cast<Real*>(toU));
        std::copy(v.begin(), v.end(), static_cast<Real*>(toV));
    }

    void swap() noexcept {
        u.swap(nextU);
        v.swap(nextV);
    }
};

inline size_t soa_bytes(const Job& job) { return 4 * size_t(job.rows) * job.cols * bytes_per_value(job); }

}  // namespace gray_scott

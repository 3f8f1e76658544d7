#include "kernel_table.h"

#include <cstring>

namespace gray_scott {

#if defined(GS_FORTRAN)
#define GS_FORTRAN_KERNELS(row) row(fortran)
#else
#define GS_FORTRAN_KERNELS(row)
#endif

// One row a kernel; each is defined where the kernel is.
#define GS_KERNELS(row)                                                                                  \
    row(aos_nested) row(aos_flat) row(soa_window) row(soa_swapped) row(soa_split) row(laplacian_pass)    \
        row(autovec) row(simd) row(simd_lanes) row(simd_fma) row(half_storage) row(blocked) row(pyramid) \
            row(threads_rows) row(threads_blocks) row(threads_pyramids) row(champion)                    \
                GS_FORTRAN_KERNELS(row)

#define GS_DECLARE(name) extern const KernelEntry name;
#define GS_ADDRESS(name) &name,
GS_KERNELS(GS_DECLARE)

std::span<const KernelEntry* const> kernel_table() {
    static constexpr const KernelEntry* table[] = {GS_KERNELS(GS_ADDRESS)};
    return table;
}

const KernelEntry* find_kernel(const char* id) {
    for (const KernelEntry* entry : kernel_table()) {
        if (std::strcmp(entry->id, id) == 0) return entry;
    }
    return nullptr;
}

}  // namespace gray_scott

#include "kernel_table.h"

#include <cstring>

namespace gray_scott {

#define GS_KERNEL(name) extern const KernelEntry name;
#include "kernels.def"
#undef GS_KERNEL

std::span<const KernelEntry* const> kernel_table() {
#define GS_KERNEL(name) &name,
    static constexpr const KernelEntry* table[] = {
#include "kernels.def"
    };
#undef GS_KERNEL
    return table;
}

const KernelEntry* find_kernel(const char* id) {
    for (const KernelEntry* entry : kernel_table()) {
        if (std::strcmp(entry->id, id) == 0) return entry;
    }
    return nullptr;
}

}  // namespace gray_scott

/** The one list of kernels in this build. */
#pragma once

#include <span>

#include "kernel.h"

namespace gray_scott {

std::span<const KernelEntry* const> kernel_table();

/** Null for an id that is not in the table. */
const KernelEntry* find_kernel(const char* id);

}  // namespace gray_scott

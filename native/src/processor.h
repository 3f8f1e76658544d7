/** What the processor this runs on can execute, the operating system's consent included. */
#pragma once

#include "job.h"

namespace gray_scott {

/** Whether both the processor and the system (which must save the wider registers) support it. */
bool supports(Isa isa) noexcept;

}  // namespace gray_scott

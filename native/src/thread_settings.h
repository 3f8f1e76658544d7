/** What a kernel thread asks of the processor and the system for itself; other threads are never touched. */
#pragma once

namespace gray_scott {

/**
 * Ties the calling thread to a processor that this process may use: member 0 to the first, one per physical
 * core before any second hardware thread, then around again. Does nothing on macOS, which offers no such
 * call.
 */
void pin_to_processor(int rank) noexcept;

/** Flush-to-zero and denormals-are-zero for the calling thread (MXCSR on x86, FPCR on arm64). */
void flush_subnormals() noexcept;

/** Tells the processor that this thread waits in a loop. */
void pause_processor() noexcept;

}  // namespace gray_scott

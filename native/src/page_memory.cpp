#include "page_memory.h"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace gray_scott {

namespace {

/** Size of a huge page on x86-64 and (usually) arm64; also a multiple of every platform's page. */
constexpr std::align_val_t ALIGNMENT{size_t(2) << 20};

}  // namespace

PageMemory::PageMemory(size_t bytes) : data_(static_cast<std::byte*>(::operator new(bytes, ALIGNMENT))) {
#if defined(__linux__)
    // A wish: a system without huge pages goes on with small ones.
    madvise(data_, bytes, MADV_HUGEPAGE);
#endif
}

PageMemory::~PageMemory() { ::operator delete(data_, ALIGNMENT); }

}  // namespace gray_scott

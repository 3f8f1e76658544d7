/** One large block for a grid: page-aligned, untouched by its constructor, on huge pages where the system has
 * them. */
#pragma once

#include <cstddef>

namespace gray_scott {

class PageMemory {
  public:
    /** Throws std::bad_alloc. The system gives the memory to whichever thread writes a page first. */
    explicit PageMemory(size_t bytes);
    ~PageMemory();
    PageMemory(const PageMemory&) = delete;
    PageMemory& operator=(const PageMemory&) = delete;

    std::byte* data() const noexcept { return data_; }

  private:
    std::byte* data_;
};

}  // namespace gray_scott

#include "thread_settings.h"

#include <cstdint>
#include <vector>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif
#if defined(_M_ARM64)
#include <intrin.h>
#endif
#if defined(_WIN32)
#include <windows.h>
#elif defined(__linux__)
#include <sched.h>

#include <cstdio>
#endif

namespace gray_scott {

namespace {

/** The processors of this process in the order in which members take them; empty where that cannot be known.
 */
std::vector<int> processors_in_order() {
    std::vector<int> firstOfCore;
    std::vector<int> others;
#if defined(__linux__)
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return {};
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        char path[96];
        std::snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list", cpu);
        int firstSibling = cpu;
        if (std::FILE* file = std::fopen(path, "r")) {
            if (std::fscanf(file, "%d", &firstSibling) != 1) firstSibling = cpu;
            std::fclose(file);
        }
        (firstSibling == cpu ? firstOfCore : others).push_back(cpu);
    }
#elif defined(_WIN32)
    DWORD_PTR allowed = 0;
    DWORD_PTR system = 0;
    if (!GetProcessAffinityMask(GetCurrentProcess(), &allowed, &system)) return {};
    DWORD bytes = 0;
    GetLogicalProcessorInformation(nullptr, &bytes);
    std::vector<SYSTEM_LOGICAL_PROCESSOR_INFORMATION> parts(bytes /
                                                            sizeof(SYSTEM_LOGICAL_PROCESSOR_INFORMATION));
    if (parts.empty() || !GetLogicalProcessorInformation(parts.data(), &bytes)) return {};
    for (const auto& part : parts) {
        if (part.Relationship != RelationProcessorCore) continue;
        bool first = true;
        for (int cpu = 0; cpu < static_cast<int>(8 * sizeof(DWORD_PTR)); ++cpu) {
            if (!(part.ProcessorMask & allowed & (DWORD_PTR(1) << cpu))) continue;
            (first ? firstOfCore : others).push_back(cpu);
            first = false;
        }
    }
#endif
    firstOfCore.insert(firstOfCore.end(), others.begin(), others.end());
    return firstOfCore;
}

}  // namespace

void pin_to_processor(int rank) noexcept {
    try {
        // Read once, by whichever thread comes first: a thread that is already tied would see itself alone.
        static const std::vector<int> processors = processors_in_order();
        if (processors.empty()) return;
        const int cpu = processors[rank % processors.size()];
#if defined(__linux__)
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
#elif defined(_WIN32)
        SetThreadAffinityMask(GetCurrentThread(), DWORD_PTR(1) << cpu);
#else
        (void)cpu;
#endif
    } catch (...) {
        // Without memory for the list the thread runs where the system puts it.
    }
}

void flush_subnormals() noexcept {
#if defined(__x86_64__) || defined(_M_X64)
    constexpr unsigned flushToZero = 0x8000;
    constexpr unsigned denormalsAreZero = 0x0040;
    _mm_setcsr(_mm_getcsr() | flushToZero | denormalsAreZero);
#elif defined(__aarch64__)
    constexpr uint64_t flushToZero = uint64_t(1) << 24;
    uint64_t fpcr;
    asm volatile("mrs %0, fpcr" : "=r"(fpcr));
    asm volatile("msr fpcr, %0" : : "r"(fpcr | flushToZero));
#elif defined(_M_ARM64)
    constexpr int fpcr = ARM64_SYSREG(3, 3, 4, 4, 0);
    _WriteStatusReg(fpcr, _ReadStatusReg(fpcr) | (int64_t(1) << 24));
#endif
}

void pause_processor() noexcept {
#if defined(__x86_64__) || defined(_M_X64)
    _mm_pause();
#elif defined(__aarch64__)
    asm volatile("isb" ::: "memory");
#elif defined(_M_ARM64)
    __isb(_ARM64_BARRIER_SY);
#endif
}

}  // namespace gray_scott

/**
 * a = b + s × c as anybody writes it, left to the compiler and its -march=native.
 *
 * Arguments: values of each thread's arrays, threads, seconds. Prints bytes per second.
 */
#include <cstdio>
#include <cstdlib>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "timed_team.h"

/**
 * Page-aligned, on huge pages where the system has them, as the app's arrays are: on small ones a single
 * thread waits for the page table, and gets two thirds of what memory gives.
 */
double* allocate(long long values) {
    constexpr size_t HUGE = size_t(2) << 20;
    const size_t bytes = (values * sizeof(double) + HUGE - 1) / HUGE * HUGE;
    void* const memory = std::aligned_alloc(HUGE, bytes);
#if defined(__linux__)
    madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    return static_cast<double*>(memory);
}

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const long long length = std::atoll(argv[1]);
    const int threads = std::atoi(argv[2]);
    // A repetition is short, so that some find the machine to themselves: many passes in the nearest cache,
    // in memory the next slice of one.
    const long long slice = std::min(length, 1LL << 20);
    const long long passes = std::max(1LL, 8'000'000 / length);
    std::vector<double*> parts(threads);
    // Each in a cache line of its own.
    std::vector<long long> places(threads * 8);
    const double seconds = fastest_repetition(
        threads, std::atof(argv[3]),
        [&](int thread) {
            double* const part = allocate(length * 3 + 400);
            std::fill_n(part, length * 3 + 400, 1.0);
            parts[thread] = part;
        },
        [&](int thread) {
            // A third of a page further each, so that no store meets a load of the same place of another
            // page.
            double* const a = parts[thread];
            const double* const b = a + length + 168;
            const double* const c = b + length + 168;
            long long& place = places[thread * 8];
            const long long from = place, to = from + slice;
            for (long long pass = 0; pass < passes; ++pass) {
#pragma GCC ivdep
                for (long long i = from; i < to; ++i) a[i] = b[i] + 3.0 * c[i];
                asm volatile("" ::: "memory");
            }
            place = to + slice <= length ? to : 0;
        });
    std::printf("%.6e\n", 24.0 * double(slice) * double(passes) * threads / seconds);
    return 0;
}

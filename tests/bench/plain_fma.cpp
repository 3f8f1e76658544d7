/**
 * Chains of x × m + a, in vectors of 64 bytes that the compiler lays out as its -march=native allows.
 *
 * Arguments: precision (f32 or f64), threads, seconds. Prints floating-point operations per second.
 */
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "timed_team.h"

namespace {

#if defined(__AVX512F__)
constexpr int BYTES = 64, CHAINS = 20;
#elif defined(__AVX2__)
constexpr int BYTES = 32, CHAINS = 12;
#else
constexpr int BYTES = 16, CHAINS = 12;
#endif
constexpr long long LINKS = 200'000;

template <typename Real>
double flops_per_second(int threads, double wanted) {
    typedef Real Vector __attribute__((vector_size(BYTES)));
    const double seconds = fastest_repetition(
        threads, wanted, [](int) {},
        [wanted](int) {
            // From starts that the compiler does not know, since alike chains would be merged.
            Vector x[CHAINS];
            for (int chain = 0; chain < CHAINS; ++chain) x[chain] = Vector{} + Real(wanted * chain);
            const Vector m = Vector{} + Real(0.5), a = Vector{} + Real(0.5);
            for (long long link = 0; link < LINKS; ++link) {
#pragma GCC unroll 32
                for (int chain = 0; chain < CHAINS; ++chain) x[chain] = x[chain] * m + a;
            }
            Vector sum{};
            for (const Vector& each : x) sum += each;
            asm volatile("" : : "m"(sum));
        });
    constexpr int lanes = BYTES / sizeof(Real);
    return 2.0 * lanes * CHAINS * LINKS * threads / seconds;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const int threads = std::atoi(argv[2]);
    const double seconds = std::atof(argv[3]);
    const bool single = std::strcmp(argv[1], "f32") == 0;
    std::printf("%.6e\n", single ? flops_per_second<float>(threads, seconds)
                                 : flops_per_second<double>(threads, seconds));
    return 0;
}

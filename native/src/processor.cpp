#include "processor.h"

#if defined(_MSC_VER) && defined(_M_X64)
#include <immintrin.h>
#include <intrin.h>
#elif defined(__x86_64__)
#include <cpuid.h>
#endif

namespace gray_scott {

namespace {

#if defined(_MSC_VER) && defined(_M_X64)

/** CPUID and XGETBV as Intel's and AMD's manuals describe them. */
struct Features {
    bool avx2 = false;
    bool avx512 = false;
};

Features read_features() noexcept {
    constexpr int xsaveBit = 27;
    constexpr int fmaBit = 12;
    constexpr int f16cBit = 29;
    constexpr int avx2Bit = 5;
    constexpr int avx512Bits[] = {16, 17, 30, 31};  // F, DQ, BW, VL
    constexpr unsigned long long ymmState = 0x06;
    constexpr unsigned long long zmmState = 0xe6;
    int leaf[4];
    __cpuid(leaf, 0);
    if (leaf[0] < 7) return {};
    __cpuid(leaf, 1);
    const bool fma = leaf[2] >> fmaBit & 1;
    const bool f16c = leaf[2] >> f16cBit & 1;
    if (!(leaf[2] >> xsaveBit & 1)) return {};
    const unsigned long long saved = _xgetbv(0);
    __cpuidex(leaf, 7, 0);
    Features features;
    features.avx2 = (saved & ymmState) == ymmState && fma && f16c && (leaf[1] >> avx2Bit & 1);
    features.avx512 = features.avx2 && (saved & zmmState) == zmmState;
    for (const int bit : avx512Bits) features.avx512 = features.avx512 && (leaf[1] >> bit & 1);
    return features;
}

#elif defined(__x86_64__)

struct Features {
    bool avx2, avx512;
};

/** Conversions from and to binary16; not every compiler's own check knows their name. */
bool converts_halves() noexcept {
    unsigned eax, ebx, ecx, edx;
    return __get_cpuid(1, &eax, &ebx, &ecx, &edx) && (ecx & bit_F16C);
}

// The compiler's own check asks the system too, and knows macOS's late activation of AVX-512.
Features read_features() noexcept {
    __builtin_cpu_init();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && converts_halves();
    return {avx2, avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")};
}

#else

struct Features {
    bool avx2 = false;
    bool avx512 = false;
};

Features read_features() noexcept { return {}; }

#endif

}  // namespace

bool supports(Isa isa) noexcept {
    static const Features features = read_features();
    switch (isa) {
        case Isa::baseline:
            return true;
        case Isa::neon:
#if defined(__aarch64__) || defined(_M_ARM64)
            return true;
#else
            return false;
#endif
        case Isa::avx2:
            return features.avx2;
        case Isa::avx512:
            return features.avx512;
    }
    return false;
}

}  // namespace gray_scott

/**
 * What memory gives to a kernel that walks through it once a step: 8 bytes read and 8 written past the caches
 * for every cell, in four planes as large as a grid's, and as little arithmetic as there can be.
 *
 * Arguments: rows, cols, threads, timed passes. Prints the seconds of the timed passes.
 */
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <future>

#include "page_memory.h"
#include "team.h"
#include "vectors.h"

int main(int argc, char** argv) {
    using namespace gray_scott;
    if (argc != 5) return 2;
    const int64_t cells = std::atoll(argv[1]) * std::atoll(argv[2]);
    const int threads = std::atoi(argv[3]);
    const int64_t passes = std::atoll(argv[4]);

    constexpr int64_t lanes = LANES<float>;
    // Planes start at different places of a 4 KiB page, as a grid's do.
    const int64_t planeCells = (cells + 1023) / 1024 * 1024 + 272;
    PageMemory memory(4 * planeCells * sizeof(float));
    float* const planes = reinterpret_cast<float*>(memory.data());
    const auto vectors_of = [&](const Member& me) {
        const Rows band = band_of(me, cells / lanes);
        return Rows{band.begin * lanes, band.end * lanes};
    };

    Team team({threads, true, true});
    team.run([&](Member& me) {
        const Rows band = vectors_of(me);
        for (int plane = 0; plane < 4; ++plane) {
            std::fill(planes + plane * planeCells + band.begin, planes + plane * planeCells + band.end, 0.5f);
        }
    });
    const auto pass = [&](Member& me, int64_t from) {
        const Rows band = vectors_of(me);
        const float* const u = planes + from * 2 * planeCells;
        const float* const v = u + planeCells;
        float* const nextU = planes + (1 - from) * 2 * planeCells;
        float* const nextV = nextU + planeCells;
        const Vector<float> half = broadcast(0.5f);
        for (int64_t at = band.begin; at < band.end; at += lanes) {
            const Vector<float> here = load(u + at), there = load(v + at);
            store_streaming(nextU + at, multiply_add(here, half, there));
            store_streaming(nextV + at, multiply_add(there, half, here));
        }
        fence_streaming();
    };
    const auto run = [&](int64_t count) {
        double seconds = 0;
        std::promise<void> ended;
        team.start(
            [&](Member& me) {
                for (int64_t done = 0; done < count && me.meet(); ++done) pass(me, done % 2);
            },
            [&](double took, bool) {
                seconds = took;
                ended.set_value();
            });
        ended.get_future().wait();
        return seconds;
    };
    run(2);
    std::printf("%.9f\n", run(passes));
    return 0;
}

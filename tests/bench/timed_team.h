/** Repetitions on several threads at once, without anything of the addon: what its own figures are held
 * against. */
#pragma once

#include <algorithm>
#include <barrier>
#include <chrono>
#include <thread>
#include <vector>

/** Seconds of the fastest repetition, from the first thread's start to the last one's end. `prepare(thread)`
 * comes first, on the thread itself; repetitions go on for so many seconds, at least five. */
template <typename Prepare, typename Repeat>
double fastest_repetition(int threads, double seconds, Prepare prepare, Repeat repeat) {
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point begin) {
        return std::chrono::duration<double>(Clock::now() - begin).count();
    };
    double fastest = 1e300;
    bool more = true;
    std::barrier meeting(threads);
    const auto live = [&](int thread) {
        prepare(thread);
        meeting.arrive_and_wait();
        const Clock::time_point first = Clock::now();
        for (int count = 1; more; ++count) {
            meeting.arrive_and_wait();
            const Clock::time_point begin = Clock::now();
            repeat(thread);
            meeting.arrive_and_wait();
            if (thread == 0) {
                fastest = std::min(fastest, since(begin));
                more = count < 5 || since(first) < seconds;
            }
            meeting.arrive_and_wait();
        }
    };
    std::vector<std::thread> team;
    for (int thread = 1; thread < threads; ++thread) team.emplace_back(live, thread);
    live(0);
    for (std::thread& other : team) other.join();
    return fastest;
}

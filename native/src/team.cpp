#include "team.h"

#include <chrono>
#include <future>
#include <memory>

#include "thread_settings.h"

namespace gray_scott {

namespace {

using Clock = std::chrono::steady_clock;

/**
 * How long a member keeps its processor busy at a meeting before it sleeps. Waking a sleeper costs some 50
 * µs; bands of equal size end closer together than that unless the system gave the processor to somebody
 * else.
 */
constexpr auto SPIN_TIME = std::chrono::microseconds(60);
constexpr int PAUSES_BETWEEN_CLOCK_READS = 32;

}  // namespace

Team::Team(const TeamSettings& settings)
    : settings_(settings), spins_(settings.size <= static_cast<int>(std::thread::hardware_concurrency())) {
    threads_.reserve(settings.size);
    try {
        for (int rank = 0; rank < settings.size; ++rank) threads_.emplace_back(&Team::live, this, rank);
    } catch (...) {
        end();
        throw;
    }
}

Team::~Team() { end(); }

void Team::end() noexcept {
    cancel();
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

void Team::start(Task task, Done done) {
    {
        const std::lock_guard lock(mutex_);
        task_ = std::move(task);
        done_ = std::move(done);
        cancelled_.store(false, std::memory_order_relaxed);
        ++generation_;
    }
    wake_.notify_all();
}

void Team::run(const Task& task) {
    const auto ended = std::make_shared<std::promise<void>>();
    start(task, [ended](double, bool) { ended->set_value(); });
    ended->get_future().wait();
}

void Team::cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }

void Team::live(int rank) {
    if (settings_.pin) pin_to_processor(rank);
    if (settings_.flushSubnormals) flush_subnormals();
    Member me(*this, rank, settings_.size);
    uint64_t seen = 0;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return ending_ || generation_ != seen; });
            // A task that was started is always finished, so that its promise settles even when the team
            // ends.
            if (generation_ == seen) return;
            seen = generation_;
        }
        meet();
        const Clock::time_point begin = Clock::now();
        task_(me);
        meet();
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        if (rank == 0) {
            const Done done = std::move(done_);
            done(seconds, stopped_);
        }
    }
}

bool Team::meet() noexcept {
    const uint32_t meeting = meeting_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == settings_.size) {
        arrived_.store(0, std::memory_order_relaxed);
        stopped_ = cancelled_.load(std::memory_order_relaxed);
        meeting_.store(meeting + 1, std::memory_order_release);
        meeting_.notify_all();
        return !stopped_;
    }
    if (spins_) {
        const Clock::time_point until = Clock::now() + SPIN_TIME;
        do {
            for (int pause = 0; pause < PAUSES_BETWEEN_CLOCK_READS; ++pause) {
                if (meeting_.load(std::memory_order_acquire) != meeting) return !stopped_;
                pause_processor();
            }
        } while (Clock::now() < until);
    }
    meeting_.wait(meeting, std::memory_order_acquire);
    return !stopped_;
}

}  // namespace gray_scott

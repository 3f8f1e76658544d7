/**
 * The persistent threads that drive one kernel instance. They are started once and sleep between batches, so
 * that no thread is created inside a measurement, and none of them is one of Node's.
 */
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gray_scott {

class Team;

/** One thread's place in the team while a task runs. */
class Member {
  public:
    /** 0 … size − 1. */
    const int rank;
    const int size;

    Member(Team& team, int rank, int size) : rank(rank), size(size), team_(team) {}

    /** Whether the run was cancelled. Members may see it at different moments, so only `meet` may end a step
     * loop. */
    bool cancelled() const noexcept;

    /** Waits for all members. False once the run is cancelled, and then for every member of this meeting
     * alike. */
    bool meet() noexcept;

  private:
    Team& team_;
};

/** A half-open range of rows. */
struct Rows {
    int64_t begin, end;
};

/** The rows of one member out of `rows` shared evenly; empty for some when there are more members than rows.
 */
inline Rows band_of(const Member& me, int64_t rows) {
    return {rows * me.rank / me.size, rows * (me.rank + 1) / me.size};
}

struct TeamSettings {
    int size = 1;
    /** Tie each member to a processor of its own, as far as there are enough. */
    bool pin = false;
    /** Treat subnormal numbers as zero (FTZ and DAZ) in every member. */
    bool flushSubnormals = true;
};

class Team {
  public:
    using Task = std::function<void(Member&)>;
    /** Seconds between all members being awake and all having ended, and whether the run was cancelled. */
    using Done = std::function<void(double seconds, bool cancelled)>;

    /** Throws std::system_error when the system refuses a thread; those already started are joined first. */
    explicit Team(const TeamSettings& settings);
    /** Cancels what runs, waits for its `Done`, joins all threads. */
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    /** Runs `task` on every member; `done` is called on member 0. Only when nothing runs. */
    void start(Task task, Done done);
    /** The same, returning when all have ended. */
    void run(const Task& task);
    /** Ends what runs early. May be called from any thread at any time. */
    void cancel() noexcept;

  private:
    friend class Member;

    void live(int rank);
    bool meet() noexcept;
    void end() noexcept;

    const TeamSettings settings_;
    /** Whether a member that waits may keep its processor busy: not when there are more members than
     * processors. */
    const bool spins_;
    std::mutex mutex_;
    std::condition_variable wake_;
    uint64_t generation_ = 0;
    bool ending_ = false;
    Task task_;
    Done done_;

    alignas(64) std::atomic<bool> cancelled_ = false;
    /** `cancelled_` as the last to arrive at a meeting saw it, the same for all who leave that meeting. */
    bool stopped_ = false;
    alignas(64) std::atomic<int> arrived_ = 0;
    alignas(64) std::atomic<uint32_t> meeting_ = 0;

    std::vector<std::thread> threads_;
};

inline bool Member::cancelled() const noexcept { return team_.cancelled_.load(std::memory_order_relaxed); }
inline bool Member::meet() noexcept { return team_.meet(); }

}  // namespace gray_scott

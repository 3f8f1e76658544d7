/** The JavaScript class `Instance`: one kernel on one grid with the team that drives it. */
#pragma once

#include <napi.h>

#include <memory>

#include "kernel.h"
#include "team.h"

namespace gray_scott {

/**
 * new Instance(job)   throws 'bad-job', 'out-of-memory'
 * load(u, v, firstRow) typed arrays of the job's precision, of the same number of whole rows each, for the
 *                     rows from `firstRow` (0 if absent) on; bands from the first row to the last set the
 * state step(steps)         → Promise of the seconds of stepping; rejects with code 'cancelled' read(u, v,
 * firstRow) fills the arrays with as many rows from `firstRow` on cancel()            ends a pending step
 * early, else does nothing close()             frees everything; a pending step rejects with 'cancelled'
 *
 * One call at a time, `cancel` excepted: `load`, `step` and `read` throw 'busy' while a step is pending, and
 * 'closed' after `close`.
 */
class Instance final : public Napi::ObjectWrap<Instance> {
  public:
    static Napi::Function define(Napi::Env env);

    explicit Instance(const Napi::CallbackInfo& info);
    ~Instance() override;

  private:
    void load(const Napi::CallbackInfo& info);
    Napi::Value step(const Napi::CallbackInfo& info);
    void read(const Napi::CallbackInfo& info);
    void cancel(const Napi::CallbackInfo& info);
    void close(const Napi::CallbackInfo& info);

    void require_idle(Napi::Env env) const;
    /** Whole rows of both species in typed arrays of the job's precision. */
    struct Band {
        Rows rows;
        void *u, *v;
    };
    Band band_from(const Napi::CallbackInfo& info) const;
    void free() noexcept;
    /** Joins the threads when Node ends before `close`. */
    static void free_at_exit(void* data);

    int64_t rows_ = 0, cols_ = 0;
    Precision precision_ = Precision::f32;
    bool pending_ = false;
    bool hooked_ = false;
    std::unique_ptr<Kernel> kernel_;
    /** After the kernel, so that it is gone first: its threads use the kernel. */
    std::unique_ptr<Team> team_;
};

}  // namespace gray_scott

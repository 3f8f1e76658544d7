#include "instance.h"

#include <new>
#include <system_error>

#include "job_from_js.h"

namespace gray_scott {

namespace {

/** A step on its way: what the driving thread found, and the promise that waits for it. */
struct PendingStep {
    Napi::Promise::Deferred promise;
    double seconds = 0;
    bool cancelled = false;
};

}  // namespace

Napi::Function Instance::define(Napi::Env env) {
    return DefineClass(env, "Instance",
                       {InstanceMethod<&Instance::load>("load"), InstanceMethod<&Instance::step>("step"),
                        InstanceMethod<&Instance::read>("read"), InstanceMethod<&Instance::cancel>("cancel"),
                        InstanceMethod<&Instance::close>("close")});
}

Instance::Instance(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Instance>(info) {
    const Request request = request_from(info[0]);
    rows_ = request.job.rows;
    cols_ = request.job.cols;
    precision_ = request.job.precision;
    size_t bytes = 0;
    try {
        bytes = request.entry->bytesNeeded(request.job);
        kernel_ = request.entry->create(request.job);
        team_ = std::make_unique<Team>(request.team);
    } catch (const std::bad_alloc&) {
        throw coded_error(info.Env(), "out-of-memory", std::to_string(bytes) + " bytes were refused");
    } catch (const std::system_error& error) {
        throw coded_error(info.Env(), "out-of-memory",
                          std::to_string(request.team.size) + " threads were refused: " + error.what());
    } catch (const std::exception& error) {
        throw coded_error(info.Env(), "bad-job", error.what());
    }
    team_->run([kernel = kernel_.get()](Member& me) { kernel->prepare(me); });
    hooked_ = napi_add_env_cleanup_hook(info.Env(), free_at_exit, this) == napi_ok;
}

Instance::~Instance() {
    if (hooked_) napi_remove_env_cleanup_hook(Env(), free_at_exit, this);
    free();
}

void Instance::free_at_exit(void* data) {
    auto* self = static_cast<Instance*>(data);
    self->hooked_ = false;
    self->free();
}

void Instance::free() noexcept {
    team_.reset();
    kernel_.reset();
}

void Instance::require_idle(Napi::Env env) const {
    if (!kernel_) throw coded_error(env, "closed", "the instance is closed");
    if (pending_) throw coded_error(env, "busy", "a step is pending");
}

Instance::Band Instance::band_from(const Napi::CallbackInfo& info) const {
    const auto type = precision_ == Precision::f32 ? napi_float32_array : napi_float64_array;
    const int64_t first = info[2].IsNumber() ? info[2].As<Napi::Number>().Int64Value() : 0;
    void* values[2];
    int64_t cells = -1;
    for (int species = 0; species < 2; ++species) {
        bool fits = info[species].IsTypedArray();
        if (fits) {
            const Napi::TypedArray array = info[species].As<Napi::TypedArray>();
            const int64_t length = static_cast<int64_t>(array.ElementLength());
            fits = array.TypedArrayType() == type && length % cols_ == 0 && (cells == -1 || cells == length);
            cells = length;
            values[species] = static_cast<std::byte*>(array.ArrayBuffer().Data()) + array.ByteOffset();
        }
        if (!fits || first < 0 || first > rows_ - cells / cols_) {
            throw coded_error(info.Env(), "bad-job",
                              "expected two typed arrays of the job's precision, of whole rows that it has");
        }
    }
    return {{first, first + cells / cols_}, values[0], values[1]};
}

void Instance::load(const Napi::CallbackInfo& info) {
    require_idle(info.Env());
    const Band band = band_from(info);
    kernel_->load(band.rows, band.u, band.v);
}

void Instance::read(const Napi::CallbackInfo& info) {
    require_idle(info.Env());
    const Band band = band_from(info);
    kernel_->read(band.rows, band.u, band.v);
}

Napi::Value Instance::step(const Napi::CallbackInfo& info) {
    const Napi::Env env = info.Env();
    require_idle(env);
    const int64_t steps = info[0].IsNumber() ? info[0].As<Napi::Number>().Int64Value() : 0;
    if (steps < 1) throw coded_error(env, "bad-job", "steps is not a whole number from 1");

    auto* result = new PendingStep{Napi::Promise::Deferred::New(env)};
    const Napi::Promise promise = result->promise.Promise();
    // Back on JavaScript's thread. The reference taken below keeps this instance alive until then.
    const auto settle = [this](Napi::Env env, Napi::Function, PendingStep* step) {
        const std::unique_ptr<PendingStep> owned(step);
        if (env == nullptr) return;  // Node is ending: nobody waits any more
        pending_ = false;
        if (step->cancelled) {
            step->promise.Reject(coded_error(env, "cancelled", "the step was cancelled").Value());
        } else {
            step->promise.Resolve(Napi::Number::New(env, step->seconds));
        }
        Unref();
    };
    // Without a limit on its queue, so that the driving thread never waits for JavaScript.
    const auto toJavaScript = Napi::ThreadSafeFunction::New(env, Napi::Function(), "gray_scott step", 0, 1);
    Ref();
    pending_ = true;
    team_->start([kernel = kernel_.get(), steps](Member& me) { kernel->advance(steps, me); },
                 [toJavaScript, result, settle](double seconds, bool cancelled) mutable {
                     result->seconds = seconds;
                     result->cancelled = cancelled;
                     if (toJavaScript.NonBlockingCall(result, settle) == napi_ok) {
                         toJavaScript.Release();
                     } else {
                         delete result;
                     }
                 });
    return promise;
}

void Instance::cancel(const Napi::CallbackInfo&) {
    if (team_ && pending_) team_->cancel();
}

void Instance::close(const Napi::CallbackInfo&) { free(); }

}  // namespace gray_scott

/**
 * What JavaScript sees: `info()`, `bytesNeeded(job)`, `ceilingWork(job)` and the class `Instance`. Everything
 * of Node-API stays in this file and its two neighbours; kernels know nothing of it.
 */
#include <napi.h>

#include "ceilings/ceilings.h"
#include "instance.h"
#include "job_from_js.h"
#include "kernel_table.h"
#include "processor.h"

namespace gray_scott {

namespace {

std::string compiler() {
#if defined(__clang__)
    return "clang " __clang_version__;
#elif defined(__GNUC__)
    return "gcc " __VERSION__;
#elif defined(_MSC_VER)
    return "msvc " + std::to_string(_MSC_VER);
#else
    return "unknown";
#endif
}

/** [{ id, isas }] of what runs on this processor, narrowest set first. */
Napi::Array offered(Napi::Env env, std::span<const KernelEntry* const> entries) {
    Napi::Array kernels = Napi::Array::New(env);
    for (const KernelEntry* entry : entries) {
        Napi::Array isas = Napi::Array::New(env);
        for (const Isa isa : entry->isas) {
            if (supports(isa)) isas.Set(isas.Length(), name_of(isa));
        }
        Napi::Object kernel = Napi::Object::New(env);
        kernel.Set("id", entry->id);
        kernel.Set("isas", isas);
        kernels.Set(kernels.Length(), kernel);
    }
    return kernels;
}

/** { compiler, flags: { isa: string }, levels: { level: string }, kernels: [{ id, isas }], ceilings: the same
 * }
 */
Napi::Value info(const Napi::CallbackInfo& call) {
    const Napi::Env env = call.Env();
    Napi::Object flags = Napi::Object::New(env);
    flags.Set(name_of(Isa::baseline), GS_FLAGS_COMMON);
    flags.Set(name_of(Isa::neon), GS_FLAGS_COMMON);
    flags.Set(name_of(Isa::avx2), GS_FLAGS_COMMON " " GS_FLAGS_AVX2);
    flags.Set(name_of(Isa::avx512), GS_FLAGS_COMMON " " GS_FLAGS_AVX512);

    Napi::Object levels = Napi::Object::New(env);
    levels.Set("O0", GS_FLAGS_O0);
    levels.Set("O1", GS_FLAGS_O1);
    levels.Set("O2", GS_FLAGS_O2);
    levels.Set("O3", GS_FLAGS_COMMON);

    std::vector<const KernelEntry*> ceilings;
    for (const CeilingEntry* entry : ceiling_table()) ceilings.push_back(&entry->kernel);

    Napi::Object result = Napi::Object::New(env);
    result.Set("compiler", compiler());
    result.Set("flags", flags);
    result.Set("levels", levels);
    result.Set("kernels", offered(env, kernel_table()));
    result.Set("ceilings", offered(env, ceilings));
    return result;
}

Napi::Value bytes_needed(const Napi::CallbackInfo& call) {
    const Request request = request_from(call[0]);
    try {
        return Napi::Number::New(call.Env(), static_cast<double>(request.entry->bytesNeeded(request.job)));
    } catch (const std::exception& error) {
        // A parameter that the kernel's entry declares is missing: the caller's fault, not the process's end.
        throw Napi::Error::New(call.Env(), error.what());
    }
}

/** Bytes moved or floating-point operations in one step of a ceiling. */
Napi::Value ceiling_work(const Napi::CallbackInfo& call) {
    const Request request = request_from(call[0]);
    const CeilingEntry* const ceiling = find_ceiling(request.entry->id);
    if (ceiling == nullptr) throw coded_error(call.Env(), "bad-job", "not a ceiling");
    try {
        return Napi::Number::New(call.Env(), ceiling->workPerStep(request.job));
    } catch (const std::exception& error) {
        throw coded_error(call.Env(), "bad-job", error.what());
    }
}

Napi::Object define(Napi::Env env, Napi::Object exports) {
    exports.Set("info", Napi::Function::New(env, info, "info"));
    exports.Set("bytesNeeded", Napi::Function::New(env, bytes_needed, "bytesNeeded"));
    exports.Set("ceilingWork", Napi::Function::New(env, ceiling_work, "ceilingWork"));
    exports.Set("Instance", Instance::define(env));
    return exports;
}

}  // namespace

}  // namespace gray_scott

static Napi::Object initialise(Napi::Env env, Napi::Object exports) {
    return gray_scott::define(env, exports);
}

NODE_API_MODULE(gray_scott, initialise)

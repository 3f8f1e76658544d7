#include "job_from_js.h"

#include <cmath>
#include <cstring>

#include "ceilings/ceilings.h"
#include "kernel_table.h"
#include "processor.h"

namespace gray_scott {

namespace {

template <typename Value>
struct Named {
    const char* name;
    Value value;
};

constexpr Named<Isa> ISAS[] = {
    {"baseline", Isa::baseline}, {"neon", Isa::neon}, {"avx2", Isa::avx2}, {"avx512", Isa::avx512}};
constexpr Named<Precision> PRECISIONS[] = {{"f32", Precision::f32}, {"f64", Precision::f64}};
constexpr Named<Boundary> BOUNDARIES[] = {{"zero", Boundary::zero},
                                          {"background", Boundary::background},
                                          {"clipped", Boundary::clipped},
                                          {"periodic", Boundary::periodic},
                                          {"frozen", Boundary::frozen}};

template <typename Value, size_t count>
const char* name_in(const Named<Value> (&table)[count], Value value) {
    for (const Named<Value>& row : table) {
        if (row.value == value) return row.name;
    }
    return "unknown";
}

Napi::Error bad_job(Napi::Env env, const std::string& what) { return coded_error(env, "bad-job", what); }

std::string word(const Napi::Object& from, const char* key) {
    const Napi::Value value = from.Get(key);
    if (!value.IsString()) throw bad_job(from.Env(), std::string(key) + " is not a string");
    return value.As<Napi::String>().Utf8Value();
}

double number(const Napi::Object& from, const char* key) {
    const Napi::Value value = from.Get(key);
    if (!value.IsNumber()) throw bad_job(from.Env(), std::string(key) + " is not a number");
    return value.As<Napi::Number>().DoubleValue();
}

int64_t whole_number(const Napi::Object& from, const char* key, int64_t most) {
    const double value = number(from, key);
    if (!(value >= 1 && value <= static_cast<double>(most)) || value != std::floor(value)) {
        throw bad_job(from.Env(),
                      std::string(key) + " is not a whole number from 1 to " + std::to_string(most));
    }
    return static_cast<int64_t>(value);
}

template <typename Value, size_t count>
Value named(const Named<Value> (&table)[count], const Napi::Object& from, const char* key) {
    const std::string given = word(from, key);
    for (const Named<Value>& row : table) {
        if (given == row.name) return row.value;
    }
    throw bad_job(from.Env(), "unknown " + std::string(key) + " " + given);
}

std::map<std::string, ParameterValue> parameters_from(const Napi::Object& from) {
    std::map<std::string, ParameterValue> parameters;
    const Napi::Array names = from.GetPropertyNames();
    for (uint32_t i = 0; i < names.Length(); ++i) {
        const std::string name = names.Get(i).As<Napi::String>().Utf8Value();
        const Napi::Value value = from.Get(name);
        if (value.IsNumber()) {
            parameters[name] = value.As<Napi::Number>().Int64Value();
        } else {
            parameters[name] = word(from, name.c_str());
        }
    }
    return parameters;
}

}  // namespace

Napi::Error coded_error(Napi::Env env, const char* code, const std::string& message) {
    Napi::Error error = Napi::Error::New(env, message);
    error.Set("code", Napi::String::New(env, code));
    return error;
}

const char* name_of(Isa isa) { return name_in(ISAS, isa); }
const char* name_of(Precision precision) { return name_in(PRECISIONS, precision); }

Request request_from(const Napi::Value& value) {
    constexpr int64_t mostCellsOfSide = 1'000'000'000;
    constexpr int64_t mostThreads = 4096;
    if (!value.IsObject()) throw bad_job(value.Env(), "the job is not an object");
    const Napi::Object from = value.As<Napi::Object>();

    Request request{};
    const std::string id = word(from, "kernel");
    const CeilingEntry* const ceiling = find_ceiling(id.c_str());
    request.entry = ceiling != nullptr ? &ceiling->kernel : find_kernel(id.c_str());
    if (request.entry == nullptr) throw bad_job(from.Env(), "unknown kernel " + id);

    Job& job = request.job;
    job.rows = whole_number(from, "rows", mostCellsOfSide);
    job.cols = whole_number(from, "cols", mostCellsOfSide);
    job.precision = named(PRECISIONS, from, "precision");
    job.isa = named(ISAS, from, "isa");
    bool compiled = false;
    for (const Isa isa : request.entry->isas) compiled = compiled || isa == job.isa;
    if (!compiled || !supports(job.isa)) {
        throw bad_job(from.Env(), id + " cannot run with " + name_of(job.isa) + " here");
    }
    job.boundary = named(BOUNDARIES, from, "boundary");
    job.constants = {number(from, "a"),          number(from, "b"),    number(from, "diffusionU"),
                     number(from, "diffusionV"), number(from, "feed"), number(from, "kill"),
                     number(from, "dt")};
    job.threads = static_cast<int>(whole_number(from, "threads", mostThreads));
    job.parameters = parameters_from(from.Get("parameters").ToObject());

    request.team.size = job.threads;
    request.team.pin = from.Get("pin").ToBoolean();
    request.team.flushSubnormals = from.Get("flushSubnormals").ToBoolean();
    return request;
}

}  // namespace gray_scott

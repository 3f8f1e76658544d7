/** Turns what JavaScript passes into C++ values, and expected trouble into JavaScript errors with a `code`.
 */
#pragma once

#include <napi.h>

#include "job.h"
#include "kernel.h"
#include "team.h"

namespace gray_scott {

/** A JavaScript error whose `code` tells the backend what happened; `message` is for the log. */
Napi::Error coded_error(Napi::Env env, const char* code, const std::string& message);

const char* name_of(Isa isa);
const char* name_of(Precision precision);

struct Request {
    const KernelEntry* entry;
    Job job;
    TeamSettings team;
};

/** Throws a coded error 'bad-job' for a word or a number that this build does not know or cannot use. */
Request request_from(const Napi::Value& value);

}  // namespace gray_scott

#pragma once

#include <string>

#include "dsl/policy/policy.h"
#include "dsl/policy/schema.h"
#include "dsl/value/source.h"

namespace gopol::tests {

/// A checked policy from text (without the pragma line); fails the test if it does not check.
dsl::Policy policy_of(const std::string& text, const dsl::Schemas& schemas,
                      dsl::SourceMap& sources);
/// A policy points into its schemas: they outlive it.
dsl::Policy policy_of(const std::string& text, dsl::Schemas&& schemas,
                      dsl::SourceMap& sources) = delete;

/// All that parsing and checking say of a text, as printed.
std::string complaints(const std::string& name, const std::string& text,
                       const dsl::Schemas& schemas);

}  // namespace gopol::tests

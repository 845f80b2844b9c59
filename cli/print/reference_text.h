#pragma once

#include <string>

#include "dsl/policy/schema.h"

namespace gopol::cli {

/// What one family of facts and resources has, as Markdown: the manual's reference is made of it.
std::string reference_text(const dsl::Schema& schema);

/// All families, with a word on how to read it.
std::string reference_text(const dsl::Schemas& schemas);

}  // namespace gopol::cli

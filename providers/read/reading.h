#pragma once

#include <string>

#include "engine/host/host.h"
#include "engine/plan/provider.h"

namespace gopol::providers {

/// The text of a file, or why there is none: what every file reader begins with.
struct FileText {
  bool there = false;
  std::string text;
  dsl::Value why_not;  ///< Absent, or Unknown with the path and the reason
};
FileText read_text(const engine::Host& host, const dsl::Path& path);

/// Unknown, from an error of the host.
dsl::Value unknown(const dsl::Diagnostics& why);

/// The first line without its end.
std::string first_line(const std::string& text);

}  // namespace gopol::providers

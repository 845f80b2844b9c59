#include "providers/read/reading.h"

#include <utility>

namespace gopol::providers {

dsl::Value unknown(const dsl::Diagnostics& why) {
  return dsl::Unknown{why.front().message, why.front().help};
}

FileText read_text(const engine::Host& host, const dsl::Path& path) {
  FileText out;
  auto read = host.disk().read(path);
  if (!read) {
    out.why_not = unknown(read.error());
  } else if (*read) {
    out.there = true;
    out.text = std::move(**read);
  } else {
    out.why_not = dsl::Absent{};
  }
  return out;
}

std::string first_line(const std::string& text) {
  std::string line = text.substr(0, text.find('\n'));
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace gopol::providers

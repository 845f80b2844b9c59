#include "cli/print/diagnostics_github.h"

#include <fmt/format.h>

namespace gopol::cli {
namespace {

std::string_view command(dsl::Severity severity) {
  switch (severity) {
    case dsl::Severity::error: return "error";
    case dsl::Severity::warning: return "warning";
    case dsl::Severity::note: return "notice";
  }
  return "error";
}

/// The message of a command: `%` and line ends are escaped.
std::string message(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      default: out += c;
    }
  }
  return out;
}

/// The value of a property: what separates properties is escaped too.
std::string property(std::string_view text) {
  std::string out;
  for (const char c : message(text)) {
    switch (c) {
      case ':': out += "%3A"; break;
      case ',': out += "%2C"; break;
      default: out += c;
    }
  }
  return out;
}

std::string place(const dsl::SourceSpan& span, const dsl::SourceMap& sources) {
  const auto from = sources.locate(span.source, span.begin);
  const auto to = sources.locate(span.source, span.end);
  std::string out = fmt::format("file={},line={},endLine={}", property(sources.name(span.source)),
                                from.line, to.line);
  // Columns mean something within one line only.
  if (from.line == to.line) out += fmt::format(",col={},endColumn={}", from.column, to.column);
  return out + ",";
}

}  // namespace

std::string diagnostics_github(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources) {
  std::string out;
  for (const dsl::Diagnostic& one : diagnostics) {
    std::string text = one.message;
    if (!one.help.empty()) text += "\nhelp: " + one.help;
    out += fmt::format("::{} {}title={}::{}\n", command(one.severity),
                       one.primary ? place(one.primary->span, sources) : "", property(one.code),
                       message(text));
  }
  return out;
}

}  // namespace gopol::cli

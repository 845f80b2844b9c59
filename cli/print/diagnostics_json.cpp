#include "cli/print/diagnostics_json.h"

#include <nlohmann/json.hpp>

namespace gopol::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word(dsl::Severity severity) {
  switch (severity) {
    case dsl::Severity::error: return "error";
    case dsl::Severity::warning: return "warning";
    case dsl::Severity::note: return "note";
  }
  return "error";
}

std::string_view word(dsl::Safety safety) {
  switch (safety) {
    case dsl::Safety::safe: return "safe";
    case dsl::Safety::unsafe: return "unsafe";
    case dsl::Safety::display: return "display-only";
  }
  return "display-only";
}

Json place(const dsl::SourceSpan& span, std::uint32_t offset, const dsl::SourceMap& sources) {
  const auto at = sources.locate(span.source, offset);
  return {{"line", at.line}, {"col", at.column}, {"byte", offset}};
}

Json span_json(const dsl::SourceSpan& span, const dsl::SourceMap& sources) {
  return {{"start", place(span, span.begin, sources)}, {"end", place(span, span.end, sources)}};
}

Json fix_json(const dsl::Fix& fix) {
  Json edits = Json::array();
  for (const dsl::Edit& edit : fix.edits) {
    edits.push_back({{"start", edit.span.begin}, {"end", edit.span.end}, {"text", edit.text}});
  }
  return {{"title", fix.title}, {"applicability", word(fix.safety)}, {"edits", edits}};
}

Json diagnostic_json(const dsl::Diagnostic& diagnostic, const dsl::SourceMap& sources) {
  Json out = {{"code", diagnostic.code},
              {"severity", word(diagnostic.severity)},
              {"message", diagnostic.message}};
  out["file"] = nullptr;
  out["span"] = nullptr;
  if (diagnostic.primary) {
    out["file"] = sources.name(diagnostic.primary->span.source);
    out["span"] = span_json(diagnostic.primary->span, sources);
    out["label"] = diagnostic.primary->text;
  }
  out["related"] = Json::array();
  for (const dsl::Label& label : diagnostic.related) {
    out["related"].push_back({{"message", label.text},
                              {"file", sources.name(label.span.source)},
                              {"span", span_json(label.span, sources)}});
  }
  out["help"] = diagnostic.help.empty() ? Json(nullptr) : Json(diagnostic.help);
  out["docs"] = "explain/" + diagnostic.code;
  out["fixes"] = Json::array();
  for (const dsl::Fix& fix : diagnostic.fixes) out["fixes"].push_back(fix_json(fix));
  return out;
}

}  // namespace

std::string diagnostics_json(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources) {
  Json out = {{"schema", 1}, {"diagnostics", Json::array()}};
  for (const auto& diagnostic : diagnostics)
    out["diagnostics"].push_back(diagnostic_json(diagnostic, sources));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli

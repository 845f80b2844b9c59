#include "cli/print/diagnostics_sarif.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "cli/print/explain_pages.h"
#include "cli/terminal/version.h"

namespace gopol::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string_view level(dsl::Severity severity) {
  switch (severity) {
    case dsl::Severity::error: return "error";
    case dsl::Severity::warning: return "warning";
    case dsl::Severity::note: return "note";
  }
  return "none";
}

/// A path as a URI reference. Source: RFC 3986, sections 2.3 and 4.2.
std::string uri(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/@").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// From 1, of the byte column `column`: bytes that go on a character count nothing, those that
/// begin one of four bytes count two.
std::uint32_t utf16_column(std::string_view line, std::uint32_t column) {
  std::uint32_t out = 1;
  for (const char c : line.substr(0, column - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) out += byte >= 0xF0U ? 2 : 1;
  }
  return out;
}

Json region(const dsl::SourceSpan& span, const dsl::SourceMap& sources) {
  const auto from = sources.locate(span.source, span.begin);
  const auto to = sources.locate(span.source, span.end);
  const auto column = [&](const dsl::LineColumn& at) {
    return utf16_column(sources.line(span.source, at.line), at.column);
  };
  return {{"startLine", from.line},   {"startColumn", column(from)},
          {"endLine", to.line},       {"endColumn", column(to)},
          {"byteOffset", span.begin}, {"byteLength", span.end - span.begin}};
}

Json location(const dsl::Label& label, const dsl::SourceMap& sources) {
  Json out = {{"physicalLocation",
               {{"artifactLocation", {{"uri", uri(sources.name(label.span.source))}}},
                {"region", region(label.span, sources)}}}};
  if (!label.text.empty()) out["message"] = {{"text", label.text}};
  return out;
}

Json fix_json(const dsl::Fix& fix, const dsl::SourceMap& sources) {
  std::map<std::string, Json> by_file;
  for (const dsl::Edit& edit : fix.edits) {
    Json& all = by_file.emplace(uri(sources.name(edit.span.source)), Json::array()).first->second;
    all.push_back({{"deletedRegion", region(edit.span, sources)},
                   {"insertedContent", {{"text", edit.text}}}});
  }
  Json changes = Json::array();
  for (auto& [file, replacements] : by_file) {
    changes.push_back(
        {{"artifactLocation", {{"uri", file}}}, {"replacements", std::move(replacements)}});
  }
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

Json result(const dsl::Diagnostic& diagnostic, std::size_t rule, const dsl::SourceMap& sources) {
  std::string text = diagnostic.message;
  if (!diagnostic.help.empty()) text += "\nhelp: " + diagnostic.help;
  Json out = {{"ruleId", diagnostic.code},
              {"ruleIndex", rule},
              {"level", level(diagnostic.severity)},
              {"message", {{"text", std::move(text)}}}};
  if (diagnostic.primary) out["locations"] = Json::array({location(*diagnostic.primary, sources)});
  for (const dsl::Label& label : diagnostic.related)
    out["relatedLocations"].push_back(location(label, sources));
  for (const dsl::Fix& fix : diagnostic.fixes) {
    if (!fix.edits.empty()) out["fixes"].push_back(fix_json(fix, sources));
  }
  return out;
}

Json rule_json(const std::string& code, dsl::Severity severity) {
  Json out = {{"id", code}};
  if (const std::string title = explain_title(code); !title.empty())
    out["shortDescription"] = {{"text", title}};
  if (const auto page = explain_page(code)) out["help"] = {{"text", *page}, {"markdown", *page}};
  out["defaultConfiguration"] = {{"level", level(severity)}};
  return out;
}

}  // namespace

std::string diagnostics_sarif(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources) {
  std::map<std::string, dsl::Severity> codes;
  for (const auto& diagnostic : diagnostics) codes.emplace(diagnostic.code, diagnostic.severity);
  std::map<std::string, std::size_t> index;
  Json rules = Json::array(), results = Json::array();
  for (const auto& [code, severity] : codes) {
    index.emplace(code, rules.size());
    rules.push_back(rule_json(code, severity));
  }
  for (const auto& diagnostic : diagnostics)
    results.push_back(result(diagnostic, index.at(diagnostic.code), sources));
  const Json driver = {{"name", "gopol"}, {"version", version_text}, {"rules", std::move(rules)}};
  const Json out = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({{{"tool", {{"driver", driver}}},
                                           {"columnKind", "utf16CodeUnits"},
                                           {"results", std::move(results)}}})}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli

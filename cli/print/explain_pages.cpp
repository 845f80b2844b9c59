#include "cli/print/explain_pages.h"

#include <utility>

#include "cli/workspace/workspace.h"
#include "engine/real/real_disk.h"

namespace gopol::cli {
namespace {

dsl::Path folder() { return share_folder() / "explain"; }

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

/// Lints of the language's list that are errors here, of another code.
std::string said_as(const std::string& code) {
  if (code == "L304") return "P2004";
  return code == "L305" ? "P1007" : code;
}

}  // namespace

std::vector<std::string> explained_codes() {
  std::vector<std::string> out;
  const auto names = engine::real_disk()->list(folder());
  if (!names) return out;
  for (const std::string& name : *names) {
    if (name.ends_with(".md")) out.push_back(name.substr(0, name.size() - 3));
  }
  return out;
}

std::optional<std::string> explain_page(const std::string& code) {
  auto page = engine::real_disk()->read(folder() / (code + ".md"));
  if (!page) return {};
  return std::move(*page);
}

std::string explain_title(const std::string& code) {
  const std::string start = "# " + code + ": ";
  const auto page = explain_page(code);
  if (!page || !page->starts_with(start)) return {};
  return page->substr(start.size(), page->find('\n') - start.size());
}

AskedCode asked_code(const std::string& word) {
  std::string asked = upper(word);
  std::string code = said_as(asked);
  return {std::move(asked), std::move(code)};
}

}  // namespace gopol::cli

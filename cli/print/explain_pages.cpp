#include "cli/print/explain_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/workspace/workspace.h"
#include "dsl/value/ascii.h"
#include "dsl/value/near_miss.h"
#include "engine/real/real_disk.h"

namespace gopol::cli {
namespace {

dsl::Path folder() { return share_folder() / "explain"; }

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

/// The names of a folder's pages, sorted.
std::vector<std::string> pages_in(const dsl::Path& pages) {
  std::vector<std::string> out;
  const auto names = engine::real_disk()->list(pages);
  if (!names) return out;
  for (const std::string& name : *names) {
    if (name.ends_with(".md")) out.push_back(name.substr(0, name.size() - 3));
  }
  return out;
}

/// Lints of the language's list that are errors here, of another code.
std::string said_as(const std::string& code) {
  if (code == "L304") return "P2004";
  return code == "L305" ? "P1007" : code;
}

}  // namespace

std::vector<std::string> explained_codes() { return pages_in(folder()); }

std::vector<std::string> explained_words() { return pages_in(folder() / "words"); }

std::optional<std::string> explain_page(const std::string& name) {
  if (name.find('/') != std::string::npos) return {};
  const auto disk = engine::real_disk();
  for (const dsl::Path& pages : {folder(), folder() / "words"}) {
    auto page = disk->read(pages / (name + ".md"));
    if (page && *page) return std::move(*page);
  }
  return {};
}

std::string explain_title(const std::string& name) {
  std::string start = "# " + name + ": ";
  std::replace(start.begin(), start.end(), '-', ' ');
  const auto page = explain_page(name);
  if (!page || !page->starts_with(start)) return {};
  return page->substr(start.size(), page->find('\n') - start.size());
}

AskedCode asked_code(const std::string& text) {
  std::string word = dsl::lowered(text);
  std::replace(word.begin(), word.end(), ' ', '-');
  const auto words = explained_words();
  if (std::find(words.begin(), words.end(), word) != words.end()) return {word, word};
  std::string asked = upper(text);
  std::string code = said_as(asked);
  return {std::move(asked), std::move(code)};
}

std::string help_on(const std::string& topic, const dsl::Schemas& schemas) {
  auto near = dsl::near_miss(asked_code(topic).code, explained_codes());
  if (!near) near = dsl::near_miss(dsl::lowered(topic), explained_words());
  if (!near) {
    std::vector<std::string> families;
    for (const dsl::Schema& schema : schemas.families) families.push_back(schema.family);
    near = dsl::near_miss(topic, families);
  }
  return near ? fmt::format("did you mean `{}`?", *near)
              : "`gopol explain` lists the codes and words; `gopol facts` the families";
}

}  // namespace gopol::cli

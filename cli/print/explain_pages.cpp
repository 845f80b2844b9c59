#include "cli/print/explain_pages.h"

#include "cli/workspace/workspace.h"
#include "engine/real/real_disk.h"

namespace gopol::cli {
namespace {

dsl::Path folder() { return share_folder() / "explain"; }

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

}  // namespace gopol::cli

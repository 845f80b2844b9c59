#include "cli/workspace/policy_imports.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "cli/workspace/policy_file.h"
#include "dsl/value/near_miss.h"
#include "engine/real/real_disk.h"

namespace gopol::cli {
namespace {

using dsl::ImportedText;
using dsl::Path;

constexpr std::string_view library = "std/";

dsl::Diagnostics refused(std::string message, std::string help) {
  return {dsl::problem("P2017", std::move(message), std::move(help))};
}

/// The shipped library: installed with the data files, or beside them in a clone.
Path library_folder() {
  const Path installed = share_folder() / "policies";
  return ::access(installed.text.c_str(), R_OK) == 0 ? installed : share_folder() / "../policies";
}

class Imports {
 public:
  explicit Imports(std::vector<PolicyText>& texts) : texts_(texts) {}

  dsl::Result<ImportedText> find(std::string_view importer, const std::string& path) {
    if (path.starts_with(library)) return shipped(path);
    if (path.find("://") != std::string::npos || path.empty() || path.front() == '/') {
      return refused(fmt::format("`{}` is no path beside this file", path),
                     "import a path relative to this file, or `std/name@1`; never an address");
    }
    const auto at = std::find_if(texts_.begin(), texts_.end(),
                                 [&](const PolicyText& text) { return text.name == importer; });
    if (at == texts_.end()) {
      return refused(fmt::format("`{}` imports a file", importer),
                     "the shipped library imports `std/name@1` only");
    }
    const PolicyText from = *at;
    return from.read ? fetched(from, path) : local(from, path);
  }

 private:
  dsl::Result<ImportedText> shipped(const std::string& path) const {
    const Path folder = library_folder();
    const std::string name = path.substr(library.size());
    const auto disk = engine::real_disk();
    if (name.find('/') == std::string::npos && name.find("..") == std::string::npos) {
      auto text = disk->read(folder / (path + ".policy"));
      if (text && *text) return ImportedText{path, std::move(**text)};
    }
    std::vector<std::string> all;
    const auto names = disk->list(folder / "std");
    for (const std::string& file : names ? *names : std::vector<std::string>{}) {
      if (file.ends_with(".policy"))
        all.push_back(std::string(library) + file.substr(0, file.size() - 7));
    }
    const auto near = dsl::near_miss(path, all);
    std::string help = near ? fmt::format("did you mean `{}`?", *near) : "";
    if (!near && !all.empty()) help = fmt::format("there are {}", fmt::join(all, ", "));
    return refused(fmt::format("the shipped library has no `{}`", path), std::move(help));
  }

  dsl::Result<ImportedText> local(const PolicyText& from, const std::string& path) {
    const Path folder = absolute(from.path).parent();
    const Path full = folder / path;
    if (!full.is_within(repository_of(folder))) return outside(path);
    const std::string name =
        (std::filesystem::path(from.path).parent_path() / path).lexically_normal().string();
    if (::access(full.text.c_str(), F_OK) != 0 && errno == ENOENT)
      return refused(fmt::format("there is no {}", name), "the path begins at this file");
    auto text = read_beside(from.path, path);
    if (!text) return text.error();
    return noted({name, std::move(*text), name, "", {}});
  }

  dsl::Result<ImportedText> fetched(const PolicyText& from, const std::string& path) {
    const std::string name =
        (std::filesystem::path(from.path).parent_path() / path).lexically_normal().string();
    if (name.starts_with("..")) return outside(path);
    auto text = from.read(name);
    if (!text) return text.error();
    PolicyText out{name + from.suffix, std::move(*text), name, from.commit, from.read};
    out.suffix = from.suffix;
    out.bundle = from.bundle;
    return noted(std::move(out));
  }

  static dsl::Diagnostics outside(const std::string& path) {
    return refused(fmt::format("`{}` leaves the repository", path),
                   "what is imported lies in the same repository, so that one commit names it all");
  }

  ImportedText noted(PolicyText text) {
    ImportedText out{text.name, std::move(text.text)};
    const bool known = std::any_of(texts_.begin(), texts_.end(), [&](const PolicyText& other) {
      return other.name == text.name;
    });
    if (!known) texts_.push_back(std::move(text));
    return out;
  }

  std::vector<PolicyText>& texts_;
};

/// Notes which source each imported text became, and which bundles the sources lie in.
void note_sources(const dsl::Program& program, std::vector<PolicyText>& texts,
                  Workspace& workspace) {
  for (const dsl::Tree& tree : program.trees) {
    for (PolicyText& text : texts) {
      if (!text.source && text.name == workspace.sources.name(tree.source))
        text.source = tree.source;
    }
  }
  for (const PolicyText& text : texts) {
    if (text.source && text.bundle != nullptr)
      workspace.bundled[text.source->index] = {text.bundle, text.path};
  }
}

}  // namespace

dsl::Result<dsl::Program> load_program(std::vector<PolicyText>& texts, Workspace& workspace,
                                       dsl::Diagnostics& warnings) {
  std::vector<dsl::SourceId> roots;
  for (PolicyText& text : texts) {
    roots.push_back(workspace.sources.add(text.name, std::move(text.text)));
    text.source = roots.back();
  }
  Imports imports(texts);
  auto out = dsl::load(
      roots, workspace.sources,
      [&](std::string_view importer, const std::string& path) {
        return imports.find(importer, path);
      },
      warnings);
  if (out) note_sources(*out, texts, workspace);
  return out;
}

}  // namespace gopol::cli

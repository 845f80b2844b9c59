#include "providers/go/run/shims.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/value/go_version.h"
#include "providers/go/run/go_mod.h"
#include "providers/go/run/version_files.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;
using engine::Host;

constexpr std::uint64_t most_of_script = 4096;  // bytes

/// What a file or a variable asks a version manager for.
struct Wish {
  std::vector<std::string> versions;
  std::string place;
};

Wish not_read(std::string place) { return {{}, std::move(place)}; }

class Chooser {
 public:
  Chooser(const Path& folder, const Variables& variables, const Host& host)
      : folder_(folder), variables_(variables), host_(host), home_(host.system().user().home) {}

  ShimChoice choose(const std::string& manager) const {
    const auto wish = wish_of(manager);
    if (!wish) return {"system", "", {}};
    if (wish->versions.empty()) {
      const std::string reason = fmt::format(
          "{} asks {} for a Go in a way that gopol does not read", wish->place, manager);
      return {"", wish->place, dsl::Unknown{reason, ""}};
    }
    ShimChoice out{wish->versions.front(), wish->place, dsl::Absent{}};
    for (const std::string& version : wish->versions) {
      const auto tree = version == "system" ? std::nullopt : installed(manager, version);
      if (version != "system" && !tree) continue;
      out.version = version;
      if (tree) out.tree = *tree;
      break;
    }
    return out;
  }

 private:
  std::string variable_or(std::string_view name, const std::string& otherwise) const {
    const auto from = variables_.environment(name);
    return from ? from->text.value_or(otherwise) : otherwise;
  }

  std::optional<Wish> wish_of(const std::string& manager) const {
    const std::string_view name = manager == "goenv"  ? "GOENV_VERSION"
                                  : manager == "asdf" ? "ASDF_GOLANG_VERSION"
                                                      : "MISE_GO_VERSION";
    if (const auto set = variables_.environment(name)) {
      const std::string where =
          set->place.empty() ? fmt::format("{} in this process", name) : set->place;
      return set->text ? Wish{{*set->text}, where} : not_read(where);
    }
    if (manager == "goenv") return goenv();
    for (Path at = folder_;; at = at.parent()) {
      auto wish = manager == "asdf" ? asdf_in(at) : mise_in(at);
      if (wish) return wish;
      if (at.text == "/" || at.empty()) break;
    }
    if (manager == "asdf") return asdf_in(home_);
    for (const Path& file :
         {Path(variable_or("MISE_CONFIG_DIR", (home_ / ".config/mise").text)) / "config.toml",
          Path("/etc/mise/config.toml")}) {
      if (auto wish = in_file(file, mise_file)) return wish;
    }
    return {};
  }

  template <class Read>
  std::optional<Wish> in_file(const Path& file, const Read& read) const {
    const FileText text = read_text(host_, file);
    if (text.why_not.is_unknown()) return not_read(file.text);
    auto line = read(text.text);
    if (!line) return {};
    return Wish{std::move(line->versions), fmt::format("{}:{}", file.text, line->number)};
  }

  std::optional<Wish> goenv() const {
    if (const auto file = find_upward(host_.disk(), folder_, ".go-version")) {
      if (auto wish = in_file(*file, go_version_file)) return wish;
    }
    return in_file(Path(variable_or("GOENV_ROOT", (home_ / ".goenv").text)) / "version",
                   go_version_file);
  }

  std::optional<Wish> asdf_in(const Path& folder) const {
    const auto read = [](std::string_view text) { return tool_versions_file(text, {"golang"}); };
    if (auto wish = in_file(folder / ".tool-versions", read)) return wish;
    const FileText settings =
        read_text(host_, Path(variable_or("ASDF_CONFIG_FILE", (home_ / ".asdfrc").text)));
    if (settings.text.find("legacy_version_file = yes") == std::string::npos) return {};
    return in_file(folder / ".go-version", go_version_file);
  }

  std::optional<Wish> mise_in(const Path& folder) const {
    for (const char* name :
         {"mise.local.toml", ".mise.local.toml", "mise.toml", ".mise.toml", "mise/config.toml",
          ".mise/config.toml", ".config/mise.toml", ".config/mise/config.toml"}) {
      if (auto wish = in_file(folder / name, mise_file)) return wish;
    }
    return in_file(folder / ".tool-versions", [](std::string_view text) {
      return tool_versions_file(text, {"go", "golang"});
    });
  }

  std::optional<Path> installed(const std::string& manager, const std::string& version) const {
    if (version.starts_with("path:")) return Path(version.substr(5));
    if (manager == "asdf") {
      const Path data(variable_or("ASDF_DATA_DIR", (home_ / ".asdf").text));
      return tree_at(data / "installs/golang" / version / "go");
    }
    const Path all = manager == "goenv"
                         ? Path(variable_or("GOENV_ROOT", (home_ / ".goenv").text)) / "versions"
                         : Path(variable_or("MISE_DATA_DIR", (home_ / ".local/share/mise").text)) /
                               "installs/go";
    for (const std::string& name : {version, newest_like(all, version)}) {
      if (name.empty()) continue;
      if (auto tree = tree_at(all / name)) return tree;
      if (auto tree = tree_at(all / name / "go")) return tree;
    }
    return {};
  }

  std::optional<Path> tree_at(const Path& path) const {
    const auto status = host_.disk().stat_target(path / "bin/go");
    const bool there = status && status->type == engine::FileStatus::Type::regular;
    return there ? std::optional(path) : std::nullopt;
  }

  /// `1.22` means the newest 1.22.x that is installed; `latest` the newest of all.
  std::string newest_like(const Path& all, const std::string& version) const {
    std::string out;
    const auto names = host_.disk().list(all);
    if (!names) return out;
    for (const std::string& name : *names) {
      const bool fits = version == "latest" || name.starts_with(version + ".");
      if (!fits || !dsl::go_version::is_valid(name) || dsl::go_version::is_prerelease(name))
        continue;
      if (out.empty() || dsl::go_version::compare(name, out) > 0) out = name;
    }
    return out;
  }

  const Path& folder_;
  const Variables& variables_;
  const Host& host_;
  Path home_;
};

}  // namespace

std::optional<Shim> shim_of(const Host& host, const Path& program) {
  const auto real = host.disk().resolve(program);
  if (real && *real && ((*real)->name() == "mise" || (*real)->name() == "rtx")) return Shim{"mise"};
  const auto head = host.disk().read(program, {0, most_of_script});
  if (!head || !*head || !(*head)->starts_with("#!")) return {};
  for (const char* manager : {"goenv", "asdf", "mise"}) {
    if ((*head)->find(manager) != std::string::npos) return Shim{manager};
  }
  return Shim{};
}

ShimChoice shim_choice(const Shim& shim, const Path& folder, const Variables& variables,
                       const Host& host) {
  return Chooser(folder, variables, host).choose(shim.manager);
}

}  // namespace gopol::providers::go

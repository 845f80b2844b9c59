#include "providers/go/install/tool.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "providers/files/place.h"
#include "providers/go/install/build_info.h"
#include "providers/go/install/tool_folder.h"
#include "providers/go/run/effective.h"
#include "providers/go/run/named_programs.h"
#include "providers/macho/image.h"
#include "providers/read/fact_schema.h"
#include "providers/read/program.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::go {
namespace {

using dsl::Absent;
using dsl::Done;
using dsl::Result;
using dsl::Unknown;
using dsl::Version;
using engine::Assignment;

dsl::AttributeSchema seen_in_file(std::string name, dsl::Type type, std::string doc) {
  return may_be_unknown(may_be_absent(verified(std::move(name), std::move(type), std::move(doc),
                                               "assert `version`, which installs it anew")));
}

/// A package path is an argument of `go install`: it must not look like an option, or name two.
bool is_package(std::string_view text) {
  if (text.empty() || text.front() == '-' || text.front() == '.' || text.front() == '/')
    return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("-._~/!+").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

Result<Done> valid_package(const Value& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr || is_package(*text)) return Done{};
  return dsl::problem("P2004", fmt::format("`{}` is no path of a package", *text),
                      "write it without a version: golang.org/x/tools/gopls");
}

/// The name that `go install` gives a package: its last element, a major version left out.
std::string_view name_of(std::string_view package) {
  const auto last = [](std::string_view text) { return text.substr(text.rfind('/') + 1); };
  const std::string_view name = last(package);
  const bool is_major = name.size() > 1 && name.front() == 'v' &&
                        name.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (!is_major || name.size() == package.size()) return name;
  return last(package.substr(0, package.size() - name.size() - 1));
}

dsl::Schema tool_schema() {
  dsl::Schema out = family(
      "go.tool", "a program that `go install` puts into GOBIN, by its name; read from its own file",
      text());
  auto release = may_be_unknown(may_be_absent(
      writable("version", version(dsl::VersionScheme::semver), "of its module: v1.22.1")));
  release.affects = {"go", "module", "uuid"};
  auto package = writable("package", text(),
                          "what is installed: github.com/go-delve/delve/cmd/dlv; needed where it "
                          "is not installed yet");
  package.input = true;
  package.validate = valid_package;
  out.attributes = {
      seen_in_file("go", version(dsl::VersionScheme::go), "the Go that it was built with"),
      seen_in_file("module", text(), "what it is a part of: github.com/go-delve/delve"),
      std::move(package),
      may_be_absent(fact("path", path(), "the program")),
      seen_in_file("uuid", text(), "LC_UUID, on a Mac; Go writes one since 1.24"),
      std::move(release)};
  out.after = {"go.toolchain", "go.env"};
  return out;
}

/// One program, as far as its file tells.
struct Tool {
  Path path;
  bool there = false;
  Value trouble = {};  ///< Unknown, why nothing is known of it
  BuildInfo info = {};
};

Tool tool_at(const Path& path, const Host& host) {
  Tool out{.path = path};
  const auto status = host.disk().stat_target(path);
  if (!status) {
    out.trouble = unknown(status.error());
    return out;
  }
  out.there = status->type == engine::FileStatus::Type::regular;
  if (!out.there) return out;
  const auto info = read_build_info(host.disk(), path);
  if (!info)
    out.trouble = unknown(info.error());
  else if (*info)
    out.info = **info;
  else
    out.trouble = Unknown{fmt::format("`{}` is no program of Go's", path.text), "take it away"};
  return out;
}

Value release_of(const Tool& tool) {
  const std::string& version = tool.info.version;
  if (dsl::is_valid(version, dsl::VersionScheme::semver) && !version.empty())
    return Version{version, dsl::VersionScheme::semver};
  return Unknown{fmt::format("`{}` was built from a working tree", tool.path.text),
                 "install a release: `go install PACKAGE@VERSION`"};
}

Value uuid_of(const Tool& tool, const Host& host) {
  const auto images = macho::read_images(host.disk(), tool.path);
  if (!images) return unknown(images.error());
  if (images->empty() || images->front().uuid.empty()) return Absent{};
  return images->front().uuid;
}

Value value_of(const std::string& attribute, const Tool& tool, const Host& host) {
  if (tool.trouble.is_unknown()) return tool.trouble;
  if (!tool.there) return Absent{};
  if (attribute == "path") return tool.path;
  if (attribute == "version") return release_of(tool);
  if (attribute == "uuid") return uuid_of(tool, host);
  if (attribute == "module") return tool.info.module.empty() ? Value(Absent{}) : tool.info.module;
  if (tool.info.go.starts_with("go")) {
    const std::string bare = tool.info.go.substr(2);
    if (dsl::is_valid(bare, dsl::VersionScheme::go)) return Version{bare, dsl::VersionScheme::go};
  }
  return Unknown{fmt::format("it was built with `{}`", tool.info.go), ""};
}

/// `v1.22.1`, or `latest` where the policy leaves the choice and sets no upper end.
Result<std::string> wanted_version(const Assignment& move) {
  if (const auto* version = move.to.as<Version>())
    return version->text.starts_with('v') ? version->text : "v" + version->text;
  const bool open = move.allowed.range && !move.allowed.range->high;
  if (open) return std::string("latest");
  return dsl::problem("R4002",
                      fmt::format("which version of `{}` to install is not said", move.slot.key),
                      "pin one: `version = v1.22.1`, or leave the upper end open");
}

Tool tool_called(const std::string& name, const engine::Query&, const Host& host) {
  return tool_at(tool_folder(host) / name, host);
}

Observation read_tool(const Slot& slot, const Tool& tool, const Host& host) {
  return {.slot = slot, .value = value_of(slot.attribute, tool, host), .origin = tool.path.text};
}

class ToolProvider final : public SlotProvider<SharedByKey<tool_called, read_tool>> {
 public:
  ToolProvider() : SlotProvider(tool_schema()) {}

  std::vector<std::string> keys(const Host& host) const override {
    std::vector<std::string> out;
    const Path folder = tool_folder(host);
    const auto names = host.disk().list(folder);
    if (!names) return out;
    for (const std::string& name : *names) {
      const auto info = read_build_info(host.disk(), folder / name);
      if (info && *info) out.push_back(name);
    }
    return out;
  }

  Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    const auto release = wanted_release(change, host);
    if (!release) return release.error();
    engine::Prepared out;
    const Path path = tool_folder(host) / change.key;
    out.writes = {{path, true}};
    const auto now = host.disk().stat(path);
    if (now && now->type == engine::FileStatus::Type::absent) out.images = {{path, {}, ""}};
    out.note = fmt::format("go install {}; needs the network", *release);
    return out;
  }

  Result<Done> apply(const Change& change, Host& host) const override {
    const auto release = wanted_release(change, host);
    if (!release) return release.error();
    return install(*release, host);
  }

  /// What is in the program, nobody knows before it is built.
  Result<engine::Foresight> rehearse(const Change& change, Host& copy) const override {
    if (const auto release = wanted_release(change, copy); !release) return release.error();
    if (const auto go = installing_go(copy); !go) return go.error();
    if (const auto missing = missing_programs(copy); !missing.empty()) {
      const NamedProgram& first = missing.front();
      return dsl::problem("R4002",
                          fmt::format("{} names {}, which is not there when `{}` is built",
                                      first.variable, first.program, change.key),
                          "`after` puts the rule that brings it first");
    }
    const auto done = copy.disk().replace(tool_folder(copy) / change.key, "", {.mode = 0755});
    if (!done) return done.error();
    return engine::Foresight::all;
  }

 private:
  /// `golang.org/x/tools/gopls@v0.16.2`
  static Result<std::string> wanted_release(const Change& change, const Host& host) {
    const auto* move = change.find("version");
    if (move == nullptr) return dsl::problem("R4002", "no version is asked for");
    const auto version = wanted_version(*move);
    if (!version) return version.error();
    const auto package = package_of(change, host);
    if (!package) return package.error();
    return *package + "@" + *version;
  }

  static Result<std::string> package_of(const Change& change, const Host& host) {
    const Value* said = change.wanted_value("package");
    const auto* text = said != nullptr ? said->as<std::string>() : nullptr;
    const std::string package =
        text != nullptr ? *text : tool_at(tool_folder(host) / change.key, host).info.package;
    if (package.empty())
      return dsl::problem(
          "R4002", fmt::format("what `{}` is built from is not known", change.key),
          "write `package = \"github.com/go-delve/delve/cmd/dlv\"` beside `version`");
    if (is_package(package) && name_of(package) == change.key) return package;
    return dsl::problem("R4002", fmt::format("`go install {}` makes no `{}`", package, change.key),
                        "the name of a tool is the last element of its package");
  }

  static Result<Path> installing_go(const Host& host) {
    const EffectiveGo go = effective_go(host, host.system().user().home);
    if (const auto* program = go.program.as<Path>()) return *program;
    return dsl::problem("R4002", "there is no Go that could install it",
                        "pin one: `go.toolchain \"default\" { version = 1.27.0 }`");
  }

  static Result<Done> install(const std::string& what, Host& host) {
    const auto program = installing_go(host);
    if (!program) return program.error();
    const std::string path = program->parent().text + ":/usr/bin:/bin:/usr/sbin:/sbin";
    const auto done =
        run_program({.argv = {program->text, "install", what},
                     .environment = {{"GOBIN", tool_folder(host).text}, {"PATH", path}},
                     .deadline = std::chrono::minutes(10)},
                    host);
    if (!done) return done.error();
    return Done{};
  }
};

}  // namespace

std::unique_ptr<engine::Provider> tool_provider() { return std::make_unique<ToolProvider>(); }

}  // namespace gopol::providers::go

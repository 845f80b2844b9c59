#include "providers/go/run/switching.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/value/go_version.h"
#include "providers/go/env/toolchain_choice.h"
#include "providers/go/run/go_mod.h"
#include "providers/go/run/module_mode.h"
#include "providers/go/run/toolchain_download.h"
#include "providers/path/path.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;

constexpr std::string_view first_that_switches = "1.21rc1";

dsl::Value version_value(const std::string& toolchain) {
  const std::string bare = dsl::go_version::from_toolchain(toolchain);
  if (bare.empty()) return dsl::Unknown{fmt::format("`{}` is no version", toolchain), ""};
  return dsl::Version{bare, dsl::VersionScheme::go};
}

constexpr const char* variable = "GOTOOLCHAIN";

/// `by`: who decided, if it is not the layer itself.
void decide(EffectiveGo& out, std::size_t layer, const std::string& by = {}) {
  for (EffectiveLayer& one : out.layers) one.decides = false;
  out.layers[layer].decides = true;
  out.decided_by = by.empty() ? out.layers[layer].name : by;
  out.place = out.layers[layer].place;
}

/// The platform in the name of a toolchain's module.
std::string platform_of(const engine::System& system, const GoTree& tree) {
  const auto* arch = tree.arch.as<std::string>();
  return fmt::format("{}-{}", system.platform() == "macos" ? "darwin" : "linux",
                     arch != nullptr ? *arch : native_arch(system));
}

}  // namespace

struct Switching::Asked {
  std::string setting;        ///< GOTOOLCHAIN
  std::string go, toolchain;  ///< the lines of go.work or go.mod
  std::size_t setting_layer = 0, go_layer = 0, toolchain_layer = 0;
  std::string go_place;
  std::optional<Path> file;  ///< go.work or go.mod
  bool is_workspace = false;
};

std::string_view to_text(GoSource source) {
  switch (source) {
    case GoSource::local: return "local";
    case GoSource::on_path: return "path";
    case GoSource::module_cache: return "cache";
    case GoSource::download: return "download";
  }
  return "local";
}

void Switching::ask_setting(const Variables& variables, Asked& asked, EffectiveGo& out) const {
  // Without a go.env, as distributions ship it, a go keeps to itself.
  const Setting setting = variables.find(variable, "local");
  bool hidden = false;
  for (const SettingLayer& layer : setting.layers) {
    std::string says = layer.text ? "GOTOOLCHAIN=" + *layer.text : "GOTOOLCHAIN is not set";
    if (layer.text && hidden) says += ", hidden";
    if (layer.wins) {
      asked.setting_layer = out.layers.size();
      hidden = true;
    }
    out.layers.push_back({layer.name, std::move(says), layer.place});
  }
  asked.setting = setting.value;
  if (setting.unknown) out.version = out.program = *setting.unknown;
}

/// A GOWORK that is no absolute path ends go as soon as it looks for a module.
void Switching::refuse_workspace(const Asked& asked, const std::string& place, EffectiveGo& out) {
  const std::string why = "invalid GOWORK: not an absolute path";
  out.layers.push_back({"go.work", why, place});
  if (!follows_modules(asked.setting)) {
    out.fails = why;
    out.notes.push_back("every go command but `go version` fails: " + why);
    return;
  }
  out.version = out.program = dsl::Absent{};
  out.stops = why;
  decide(out, out.layers.size() - 1);
}

void Switching::ask_module(const Variables& variables, Asked& asked, EffectiveGo& out) const {
  const Setting gowork = variables.find("GOWORK", "");
  std::optional<Path> file;
  if (gowork.value == "off") {
    out.layers.push_back({"go.work", "GOWORK=off", gowork.place});
  } else if (!gowork.value.empty() && gowork.value != "auto") {
    const Path named(gowork.value);
    if (!named.is_absolute()) return refuse_workspace(asked, gowork.place, out);
    const auto status = host_.disk().stat_target(named);
    if (status && status->type == engine::FileStatus::Type::regular) file = named;
    out.layers.push_back(
        {"go.work", fmt::format("GOWORK={}{}", named.text, file ? "" : ", which is not there"),
         gowork.place});
  } else {
    file = find_upward(host_.disk(), folder_, "go.work");
    if (!file) out.layers.push_back({"go.work", "none here or upward", ""});
  }
  std::string name = "go.work";
  asked.is_workspace = file.has_value();
  if (!file) {
    name = "go.mod";
    file = find_upward(host_.disk(), folder_, name);
    if (!file) out.layers.push_back({name, "none here or upward", ""});
  }
  asked.file = file;
  if (!file) return;
  const FileText text = read_text(host_, *file);
  if (const auto* why = text.why_not.as<dsl::Unknown>()) out.version = out.program = *why;
  const auto add = [&](std::string_view key, std::string& value, std::size_t& layer) {
    const auto line = mod_line(text.text, key);
    layer = out.layers.size();
    if (!line) return;
    value = line->value;
    out.layers.push_back(
        {name, fmt::format("{} {}", key, value), fmt::format("{}:{}", file->text, line->number)});
  };
  add("go", asked.go, asked.go_layer);
  add("toolchain", asked.toolchain, asked.toolchain_layer);
  if (asked.go.empty() && asked.toolchain.empty())
    out.layers.push_back({name, "no `go` line", file->text});
  if (!asked.go.empty()) asked.go_place = out.layers[asked.go_layer].place;
}

/// Which of what was asked made the choice: leave one out and see.
void Switching::find_decider(const std::string& local, const std::string& chosen,
                             const Asked& asked, EffectiveGo& out) {
  const auto gives = [&](std::string_view go, std::string_view toolchain) {
    const auto choice = choose_toolchain(local, asked.setting, go, toolchain);
    return choice && choice->name == chosen;
  };
  if (gives("", "")) return decide(out, asked.setting_layer, variable);
  decide(out, gives("", asked.toolchain) ? asked.toolchain_layer : asked.go_layer);
}

void Switching::find_toolchain(const Variables& variables, const GoTree& tree, bool path_only,
                               EffectiveGo& out) const {
  const FirstProgram first = first_program(out.toolchain, login_.entries, host_);
  if (first.path.is_known()) {
    out.source = GoSource::on_path;
    out.program = first.path;
    out.layers.push_back({"PATH", dsl::to_text(first.path), first.origin});
    return;
  }
  if (const auto* why = first.path.as<dsl::Unknown>()) {
    out.program = *why;
    out.layers.push_back(
        {"PATH", fmt::format("whether it has a `{}` is unknown", out.toolchain), first.origin});
  } else {
    out.layers.push_back({"PATH", fmt::format("no `{}`", out.toolchain), ""});
  }
  if (path_only) {
    if (!out.program.is_unknown()) {
      out.version = dsl::Absent{};
      out.stops =
          fmt::format("`{}` is not in PATH, and GOTOOLCHAIN allows no download", out.toolchain);
    }
    return;
  }
  const dsl::Value cache = module_cache(variables, host_);
  if (const auto* why = cache.as<dsl::Unknown>()) {
    out.program = *why;
    return;
  }
  const std::string name = fmt::format("golang.org/toolchain@v0.0.1-{}.{}", out.toolchain,
                                       platform_of(host_.system(), tree));
  const Path program = *cache.as<Path>() / name / "bin/go";
  const auto status = host_.disk().stat_target(program);
  const bool there = status && status->type == engine::FileStatus::Type::regular;
  out.source = there ? GoSource::module_cache : GoSource::download;
  if (!out.program.is_unknown() && there) {
    out.program = program;
    out.root = program.parent().parent();
  }
  out.layers.push_back({"module cache", there ? "has it" : "has no " + name,
                        there ? program.parent().parent().text : cache.as<Path>()->text});
  if (there || out.program.is_unknown()) return;
  const std::string forbids = forbids_download(variables);
  const std::string bare = dsl::go_version::from_toolchain(out.toolchain);
  if (!forbids.empty()) {
    out.stops = fmt::format("{} is not here, and {}", out.toolchain, forbids);
  } else if (dsl::go_version::is_language_version(bare)) {
    out.stops =
        fmt::format("{0} is a language version but not a toolchain version ({0}.x)", out.toolchain);
  }
  if (!out.stops.empty()) out.version = dsl::Absent{};
}

void Switching::switch_to(const Variables& variables, const GoTree& tree,
                          const ToolchainChoice& choice, const Asked& asked,
                          EffectiveGo& out) const {
  const std::string local = out.toolchain;
  out.toolchain = choice.name;
  out.version = version_value(choice.name);
  out.program = dsl::Absent{};
  find_decider(local, choice.name, asked, out);
  find_toolchain(variables, tree, choice.path_only, out);
}

/// A module that asks for more than what runs, or than its workspace: go says so and stops.
void Switching::check_module(const Variables& variables, const Asked& asked,
                             EffectiveGo& out) const {
  const std::string running = dsl::go_version::from_toolchain(out.toolchain);
  const bool is_strict = dsl::go_version::compare(running, first_that_switches) >= 0;
  if (!out.stops.empty() || !asked.file || !is_strict) return;
  std::string go = asked.go, place = asked.go_place;
  const auto other = asked.is_workspace ? std::nullopt : other_mod_file(variables);
  if (other) {
    const auto line = mod_line(read_text(host_, *other).text, "go");
    go = line ? line->value : "";
    place = line ? fmt::format("{}:{}", other->text, line->number) : "";
  }
  if (dsl::go_version::compare(go, running) > 0) {
    const bool by_line = asked.toolchain == "default";
    out.stops = fmt::format("{} asks for go {}, and {} keeps {}", place, go,
                            by_line ? "`toolchain default`" : "GOTOOLCHAIN=" + asked.setting,
                            out.toolchain);
    out.version = out.program = dsl::Absent{};
    if (by_line) return decide(out, asked.toolchain_layer);
    return decide(out, asked.setting_layer, variable);
  }
  const auto newer = asked.is_workspace ? newer_than_workspace(host_, *asked.file) : std::nullopt;
  if (!newer) return;
  out.layers.push_back({"go.mod", "go " + newer->go, newer->place});
  out.stops = fmt::format("{} asks for go {}, and {} lists {}", newer->place, newer->go,
                          asked.file->text, asked.go.empty() ? "no go" : "go " + asked.go);
  if (out.source == GoSource::download)
    out.stops += fmt::format(", once {} is downloaded", out.toolchain);
  out.version = out.program = dsl::Absent{};
  decide(out, out.layers.size() - 1);
}

/// Whether go.mod and GOTOOLCHAIN count at all.
bool Switching::asks_modules(const Variables& variables, EffectiveGo& out) const {
  const ModuleMode mode = module_mode(variables, host_.disk(), folder_);
  if (mode.setting.unknown) {
    out.version = out.program = *mode.setting.unknown;
    return false;
  }
  if (!mode.wrong.empty()) {
    out.fails = mode.wrong;
    out.notes.push_back("every go command but `go version` fails: " + mode.wrong);
  }
  if (mode.on) return true;
  out.layers.push_back({"GO111MODULE",
                        fmt::format("GO111MODULE={}: neither go.mod nor GOTOOLCHAIN is looked at",
                                    mode.setting.value),
                        mode.setting.place});
  return false;
}

void Switching::run(const Path& program, const Path& root, const GoTree& tree,
                    EffectiveGo& out) const {
  const std::string local = tree.name.substr(0, tree.name.find_first_of(" \t"));
  const std::size_t found_by = out.layers.empty() ? 0 : out.layers.size() - 1;
  out.layers.push_back({"local go", local, (root / "VERSION").text});
  out.version = tree.version;
  out.program = program;
  out.root = root;
  out.toolchain = local;
  decide(out, found_by);
  const std::string bare = dsl::go_version::from_toolchain(local);
  if (bare.empty()) return;
  if (dsl::go_version::compare(bare, first_that_switches) < 0) {
    out.layers.push_back({"GOTOOLCHAIN", "not looked at: Go 1.21 was the first to switch", ""});
    return;
  }
  const Variables variables(host_, login_, root);
  const auto there = host_.disk().stat_target(variables.goroot());
  if (there && there->type != engine::FileStatus::Type::folder) {
    const auto* exported = login_.variable("GOROOT");
    out.layers.push_back({"GOROOT", variables.goroot().text, exported ? exported->origin : ""});
    out.version = out.program = dsl::Absent{};
    out.stops = fmt::format("go: cannot find GOROOT directory: {}", variables.goroot().text);
    return decide(out, out.layers.size() - 1);
  }
  if (variables.goroot() != root) {
    out.notes.push_back(fmt::format("GOROOT is {}: {} uses that tree's tools and go.env",
                                    variables.goroot().text, local));
  }
  if (!asks_modules(variables, out)) return;
  Asked asked;
  ask_setting(variables, asked, out);
  ask_module(variables, asked, out);
  if (out.version.is_unknown() || !out.stops.empty()) return;
  const auto choice = choose_toolchain(local, asked.setting, asked.go, asked.toolchain);
  if (!choice) {
    out.version = out.program = dsl::Absent{};
    out.stops = choice.error().front().message;
    const bool by_line = choose_toolchain(local, asked.setting, asked.go, "").has_value();
    return by_line ? decide(out, asked.toolchain_layer)
                   : decide(out, asked.setting_layer, variable);
  }
  if (!choice->local) switch_to(variables, tree, *choice, asked, out);
  check_module(variables, asked, out);
}

}  // namespace gopol::providers::go

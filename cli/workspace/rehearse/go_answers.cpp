#include <fmt/format.h>

#include <utility>

#include "cli/workspace/rehearse/questions.h"
#include "providers/go/env/setting.h"
#include "providers/go/run/go_tree.h"
#include "providers/path/path.h"
#include "providers/shell/session/login_path.h"

namespace gopol::cli {
namespace {

using dsl::Path;
using engine::Host;
using providers::first_program;
using providers::go::EffectiveGo;
using providers::go::GoSource;
using providers::shell::LoginPath;

bool is_file(const Path& path, const Host& host) {
  const auto status = host.disk().stat_target(path);
  return status && status->type == engine::FileStatus::Type::regular;
}

/// A GOROOT that is set by hand and is not the tree of the go that is started; empty: all is well.
std::string wrong_root(const EffectiveGo& go, const LoginPath& login, const Host& host) {
  if (go.root.empty()) return {};
  const Path root = providers::go::Variables(host, login, go.root).goroot();
  if (root == go.root) return {};
  if (!providers::go::holds_go(host, root))
    return fmt::format("GOROOT is {}, where no Go is: every go command fails", root.text);
  const auto tree = providers::go::read_tree(host.disk(), root);
  if (go.source != GoSource::local || tree.name == go.toolchain) return {};
  return fmt::format("GOROOT is {}, which holds {}: {} builds nothing with its tools", root.text,
                     tree.name.empty() ? "another Go" : tree.name, go.toolchain);
}

Answer answer_of(const EffectiveGo& go, const LoginPath& login, const Host& host) {
  if (const auto* why = go.version.as<dsl::Unknown>()) return {Level::unknown, why->reason};
  if (go.version.is_absent()) return {Level::broken, "no go runs: " + go.stops};
  if (!go.starts)
    return {Level::broken,
            fmt::format("go {} takes Rosetta 2, which is not installed", dsl::to_text(go.version))};
  if (!go.fails.empty()) return {Level::broken, "every go command fails: " + go.fails};
  if (std::string why = wrong_root(go, login, host); !why.empty())
    return {Level::broken, std::move(why)};
  if (go.source == GoSource::download)
    return {Level::poor, fmt::format("go {}, to be downloaded", dsl::to_text(go.version))};
  return {Level::fine, "go " + dsl::to_text(go.version)};
}

/// Of a terminal: it may start another go than a login shell.
Answer in_terminal(const LoginPath& login, const Host& host) {
  const auto there = first_program("go", providers::shell::terminal_path(host).entries, host);
  if (const auto* why = there.path.as<dsl::Unknown>()) return {Level::unknown, why->reason};
  if (there.path.is_absent()) return {Level::broken, "a terminal finds no `go`"};
  const auto here = first_program("go", login.entries, host);
  if (!here.path.is_known() || here.path == there.path) return {};
  return {Level::poor, fmt::format("a terminal starts {}, a login shell {}",
                                   dsl::to_text(there.path), dsl::to_text(here.path))};
}

/// A program that was removed is not missed: somebody asked for that.
void ask_programs(const Questions& questions, const LoginPath& login, const Host& host,
                  Answers& out) {
  for (const auto& [name, path] : questions.programs) {
    if (!first_program(name, login.entries, host).path.is_absent()) continue;
    if (!is_file(path, host)) continue;
    out[{About::program, name}] = {Level::broken,
                                   fmt::format("a login shell does not find {}", path.text)};
  }
}

}  // namespace

RunningGos ask_go(const Questions& questions, const Host& host, Answers& out) {
  const LoginPath login = providers::shell::login_path(host);
  RunningGos running;
  for (const Path& folder : questions.folders) {
    running.push_back(providers::go::effective_go(host, folder));
    out[{About::go, folder.text}] = answer_of(running.back(), login, host);
  }
  out[{About::terminal, "go"}] = in_terminal(login, host);
  ask_programs(questions, login, host, out);
  return running;
}

}  // namespace gopol::cli

#include "providers/go/run/effective.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/go/run/binary_arch.h"
#include "providers/go/run/discovery.h"
#include "providers/go/run/shims.h"
#include "providers/go/run/switching.h"
#include "providers/path/path.h"
#include "providers/read/mac.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;
using engine::Host;
using shell::PathEntry;

constexpr int most_shims = 4;        // one that says `system` leads to the next
constexpr std::size_t most_ifs = 8;  // Gos of this machine that may be the one that is started

/// `/x/bin/go` lies in the tree /x, once its links are followed.
Path root_of(const Host& host, const Path& program) {
  const auto real = host.disk().resolve(program);
  return (real && *real ? **real : program).parent().parent();
}

/// What the shell that started gopol has, which need not be what a login shell has.
std::vector<PathEntry> path_of_process(const Host& host) {
  std::vector<PathEntry> out;
  const std::string text = host.system().environment("PATH").value_or("");
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(':', from), text.size());
    if (text[from] == '/') out.push_back({text.substr(from, end - from), "process"});
    from = end + 1;
  }
  return out;
}

/// As if code that nobody followed had set no variable: for answers that begin with "if".
shell::LoginPath without_any_other(shell::LoginPath login) {
  login.any_other.reset();
  return login;
}

class Search {
 public:
  Search(const Host& host, const Path& folder, shell::LoginPath session)
      : host_(host),
        folder_(folder),
        login_(std::move(session)),
        switching_(host, login_, folder),
        assumed_(without_any_other(login_)),
        switching_if_(host, assumed_, folder) {}

  EffectiveGo run() {
    out_.notes = login_.notes;
    std::vector<PathEntry> path = login_.entries;
    for (int shims = 0; shims < most_shims; ++shims) {
      const FirstProgram first = first_program("go", path, host_);
      if (!first.path.is_known()) {
        not_found(first);
        return std::move(out_);
      }
      const Path program = *first.path.as<Path>();
      out_.layers.push_back({"PATH", program.text, first.origin});
      if (shims == 0) note_process(program);
      const auto shim = shim_of(host_, program);
      if (!shim) started(program);
      if (!shim || !ask_shim(*shim, program)) return std::move(out_);
      std::erase_if(path, [&](const PathEntry& entry) {
        return !entry.unknown && Path(entry.folder) == program.parent();
      });
    }
    unknown("shims lead to shims");
    return std::move(out_);
  }

 private:
  void unknown(std::string why, std::string remedy = {}) {
    out_.version = out_.program = dsl::Unknown{std::move(why), std::move(remedy)};
  }

  void started(const Path& program) {
    const Path root = root_of(host_, program);
    const GoTree tree = read_tree(host_.disk(), root);
    if (!tree.version.is_absent()) return switching_.run(program, root, tree, out_);
    unknown(fmt::format("{} does not lie in the tree of a Go: there is no {}", program.text,
                        (root / "VERSION").text));
  }

  /// Whether the shim steps aside for what comes after it in PATH.
  bool ask_shim(const Shim& shim, const Path& program) {
    if (shim.manager.empty()) {
      unknown(fmt::format("{} is a script, and what it starts cannot be told", program.text));
      return false;
    }
    // A version manager asks its own variables, in which go.env has no part.
    const Variables variables(host_, login_, Path());
    const ShimChoice choice = shim_choice(shim, folder_, variables, host_);
    const std::string says = choice.version.empty() ? "not read" : choice.version;
    out_.layers.push_back(
        {shim.manager, choice.place.empty() ? "nothing is chosen: system" : says, choice.place});
    if (choice.version == "system") return true;
    if (const auto* tree = choice.tree.as<Path>()) {
      started(*tree / "bin/go");
      return false;
    }
    if (const auto* why = choice.tree.as<dsl::Unknown>()) {
      unknown(why->reason, why->remedy);
      return false;
    }
    out_.stops = fmt::format("{} has no {} installed, which {} asks for", shim.manager,
                             choice.version, choice.place);
    return false;
  }

  void not_found(const FirstProgram& first) {
    if (const auto* why = first.path.as<dsl::Unknown>()) {
      unknown(why->reason, why->remedy);
      out_.layers.push_back({"PATH", "unknown from here on", first.origin});
      return say_ifs();
    }
    out_.layers.push_back({"PATH", "no `go`", ""});
    out_.stops = "a login shell finds no `go`";
  }

  /// The answer for each Go that may be the one.
  void say_ifs() {
    std::vector<Path> programs;
    const FirstProgram here = first_program("go", path_of_process(host_), host_);
    const auto* first = here.path.as<Path>();
    if (first != nullptr) programs.push_back(*first);
    for (const FoundGo& found : find_toolchains(host_)) {
      if (found.origin != "gotoolchain") programs.push_back(found.path / "bin/go");
    }
    if (programs.size() > most_ifs) programs.resize(most_ifs);
    for (const Path& program : programs) {
      if (shim_of(host_, program)) continue;
      const Path root = root_of(host_, program);
      const GoTree tree = read_tree(host_.disk(), root);
      if (!tree.version.is_known()) continue;
      EffectiveGo other;
      switching_if_.run(program, root, tree, other);
      std::string then = other.version.is_known() ? "go " + dsl::to_text(other.version)
                         : other.stops.empty()    ? "unknown"
                                                  : other.stops;
      const bool by_itself = other.decided_by == "local go";
      const bool is_here = first != nullptr && program == *first;
      out_.layers.push_back({"if",
                             fmt::format("{}{} is started: {}", program.text,
                                         is_here ? ", first in PATH of this process," : "", then),
                             by_itself ? "" : other.place});
    }
  }

  void note_process(const Path& program) {
    const FirstProgram here = first_program("go", path_of_process(host_), host_);
    if (const auto* other = here.path.as<Path>(); other != nullptr && *other != program)
      out_.notes.push_back(fmt::format("PATH of this process has {} first", other->text));
  }

  const Host& host_;
  const Path& folder_;
  shell::LoginPath login_;
  Switching switching_;
  shell::LoginPath assumed_;
  Switching switching_if_;
  EffectiveGo out_;
};

/// An amd64 Go on Apple silicon takes Rosetta 2 to start at all.
void note_translation(const Host& host, EffectiveGo& found) {
  const auto* program = found.program.as<Path>();
  if (program == nullptr || !is_apple_silicon(host)) return;
  if (binary_archs(host.disk(), *program) != std::vector<std::string>{"amd64"}) return;
  const auto runtime = host.disk().stat_target(Path(rosetta_runtime));
  const bool starts = !runtime || runtime->type != engine::FileStatus::Type::absent;
  found.starts = starts;
  found.notes.push_back(fmt::format("{} is built for amd64: {}", program->text,
                                    starts
                                        ? "it runs under Rosetta 2, and builds amd64"
                                        : "it takes Rosetta 2 to start, which is not installed"));
}

}  // namespace

EffectiveGo effective_go(const Host& host, const Path& folder) {
  return effective_go(host, folder, shell::login_path(host));
}

EffectiveGo effective_go(const Host& host, const Path& folder, shell::LoginPath session) {
  EffectiveGo out = Search(host, folder, std::move(session)).run();
  note_translation(host, out);
  return out;
}

}  // namespace gopol::providers::go

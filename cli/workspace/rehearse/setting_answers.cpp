#include <fmt/format.h>

#include "cli/workspace/rehearse/questions.h"
#include "providers/go/env/experiments.h"
#include "providers/go/env/flags.h"
#include "providers/go/env/setting.h"
#include "providers/go/run/go_tree.h"
#include "providers/go/run/named_programs.h"
#include "providers/shell/session/login_path.h"

namespace gopol::cli {
namespace {

using engine::Host;
using providers::go::Variables;

constexpr int first_with_arm64_levels = 23;  // go 1.23

void say(Answers& out, const char* variable, Level level, std::string says) {
  out[{About::setting, variable}] = {level, std::move(says)};
}

/// A go that does not know an experiment ends before it does anything.
void ask_experiment(const Variables& variables, const Host& host, Answers& out) {
  const std::string value = variables.find("GOEXPERIMENT", "").value;
  if (value.empty()) return;
  const char* os = host.system().platform() == "macos" ? "darwin" : "linux";
  const auto known = providers::go::parse_experiments(value, variables.minor(), os,
                                                      providers::go::native_arch(host.system()));
  if (!known)
    say(out, "GOEXPERIMENT", Level::broken,
        fmt::format("every go command fails: {}", known.error().front().message.text()));
}

void ask_flags(const Variables& variables, Answers& out) {
  const auto words = providers::go::split_quoted(variables.find("GOFLAGS", "").value);
  if (!words) return;
  const auto known = providers::go::check_flags(*words, variables.minor());
  if (!known)
    say(out, "GOFLAGS", Level::broken,
        fmt::format("every go command fails: {}", known.error().front().message.text()));
}

}  // namespace

void ask_settings(const RunningGos& running, const Host& host, Answers& out) {
  const auto& go = running.front();
  if (go.root.empty() || !go.version.is_known()) return;
  const auto login = providers::shell::login_path(host);
  const Variables variables(host, login, go.root);
  if (variables.minor() == 0) return;
  ask_experiment(variables, host, out);
  ask_flags(variables, out);
  const std::string level = variables.find("GOARM64", "").value;
  if (!level.empty() && variables.minor() < first_with_arm64_levels)
    say(out, "GOARM64", Level::poor,
        fmt::format("go {} knows no GOARM64: {} has no effect", dsl::to_text(go.version), level));
  for (const auto& one : missing_programs(host, login, variables)) {
    const bool fails = !one.unknown;
    say(out, one.variable.c_str(), fails ? Level::broken : Level::unknown,
        fails ? fmt::format("{} is not there", one.program)
              : fmt::format("whether {} is there cannot be told", one.program));
  }
}

}  // namespace gopol::cli

#include <fmt/format.h>

#include <string>
#include <utility>

#include "cli/workspace/rehearse/questions.h"
#include "providers/go/env/env_validate.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/env/env_write.h"
#include "providers/go/env/setting.h"
#include "providers/go/run/named_programs.h"
#include "providers/shell/session/login_path.h"

namespace gopol::cli {
namespace {

using engine::Host;
using providers::go::Variables;

void say(Answers& out, const std::string& variable, Level level, std::string says) {
  out[{About::setting, variable}] = {level, std::move(says)};
}

/// What is set of a variable; what the Go that runs refuses, or does not know, is told.
void ask(const providers::go::EnvVariable& variable, const Variables& variables, Answers& out) {
  const std::string text = variables.find(variable.name, "").value;
  if (text.empty()) return;
  const std::string name(variable.name);
  const auto why = refusal_of(variable, value_of(variable, text), variables.minor());
  if (why) {
    say(out, name, Level::broken, "go refuses it: " + why->message.text());
  } else if (!providers::go::knows_variable(name, variables.minor())) {
    say(out, name, Level::poor,
        fmt::format("go 1.{} knows no {}: {} has no effect", variables.minor(), name, text));
  }
}

}  // namespace

void ask_settings(const RunningGos& running, const Host& host, Answers& out) {
  const auto& go = running.front();
  if (go.root.empty() || !go.version.is_known()) return;
  const auto login = providers::shell::login_path(host);
  const Variables variables(host, login, go.root);
  if (variables.minor() == 0) return;
  for (const auto& variable : providers::go::env_variables()) ask(variable, variables, out);
  for (const auto& one : missing_programs(host, login, variables)) {
    const bool fails = !one.unknown;
    say(out, one.variable, fails ? Level::broken : Level::unknown,
        fails ? fmt::format("{} is not there", one.program)
              : fmt::format("whether {} is there cannot be told", one.program));
  }
}

}  // namespace gopol::cli

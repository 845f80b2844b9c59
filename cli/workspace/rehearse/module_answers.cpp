#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "cli/workspace/rehearse/questions.h"
#include "providers/go/module/module_route.h"
#include "providers/shell/session/login_path.h"

namespace gopol::cli {
namespace {

using providers::go::ModuleRoute;

/// One of the modules that everybody may have.
constexpr const char* public_module = "golang.org/x/tools";

/// A module that a glob of GOPRIVATE means: `*.corp.example` as `x.corp.example/x`.
std::string sample_of(std::string_view glob) {
  std::string out;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (c == '[') {
      const std::size_t end = glob.find(']', i);
      if (end == std::string_view::npos || end == i + 1) return {};
      out += glob[i + 1];
      i = end;
    } else {
      out += c == '*' || c == '?' ? 'x' : c;
    }
  }
  return out.find('/') == std::string::npos ? out + "/x" : out;
}

/// Whether anything is asked. Off: somebody wrote so, and what was fetched still builds.
Answer fetched(const ModuleRoute& route) {
  const auto broken = [](const std::string& why) {
    return why.empty() ? Answer{} : Answer{Level::broken, "cannot be fetched: " + why};
  };
  if (!route.errors.empty()) return broken(route.errors.front());
  if (route.steps.empty()) return {};
  const auto& first = route.steps.front();
  if (!first.stops.empty()) return broken(first.stops);
  if (first.element == "off") return {Level::off, "cannot be fetched: GOPROXY is off"};
  if (first.element == "direct" && route.vcs == "off") return broken("GOVCS forbids it");
  if (!route.vcs_stops.empty() && first.element == "direct") return broken(route.vcs_stops);
  return broken(route.sumdb_stops);
}

void ask(const std::string& module, const std::string& name,
         const providers::go::Variables& variables, const providers::go::RouteKnowledge& knowledge,
         Answers& out) {
  const auto route = module_route(module, variables, knowledge);
  if (!route) return;
  if (auto answer = fetched(*route); answer.level != Level::fine)
    out[{About::module, name}] = std::move(answer);
  for (const ModuleRoute::Told& told : route->told) {
    out[{About::module, fmt::format("{} and {}", name, told.server)}] = {
        Level::broken, fmt::format("{} learns private paths{}{}", told.server,
                                   told.on.empty() ? "" : ", ", told.on)};
  }
}

}  // namespace

void ask_modules(const Questions& questions, const RunningGos& running, const engine::Host& host,
                 Answers& out) {
  const auto login = providers::shell::login_path(host);
  const providers::go::Variables variables(host, login, running.front().root);
  ask(public_module, "public modules", variables, questions.routes, out);
  for (const std::string& pattern : questions.routes.private_patterns) {
    const std::string module = sample_of(pattern);
    if (!module.empty()) ask(module, pattern, variables, questions.routes, out);
  }
}

}  // namespace gopol::cli

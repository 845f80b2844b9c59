#include <fmt/format.h>

#include <string_view>

#include "cli/workspace/rehearse/questions.h"
#include "providers/go/module/module_route.h"
#include "providers/lint/knowledge.h"
#include "providers/shell/session/login_path.h"

namespace gopol::cli {
namespace {

constexpr std::string_view switched_off = "GOPROXY is off";

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

/// Why nothing is fetched; empty: something is asked.
std::string stops(const ModuleRoute& route) {
  if (!route.errors.empty()) return route.errors.front();
  if (route.steps.empty()) return {};
  const auto& first = route.steps.front();
  if (!first.stops.empty()) return first.stops;
  if (first.element == "off") return std::string(switched_off);
  if (first.element == "direct" && route.vcs == "off") return "GOVCS forbids it";
  if (!route.vcs_stops.empty() && first.element == "direct") return route.vcs_stops;
  return route.sumdb_stops;
}

void ask(const std::string& module, const std::string& name,
         const providers::go::Variables& variables, const providers::go::RouteKnowledge& knowledge,
         Answers& out) {
  const auto route = module_route(module, variables, knowledge);
  if (!route) return;
  if (const std::string why = stops(*route); !why.empty()) {
    const bool meant = why == switched_off;  // somebody wrote so, and what was fetched still builds
    out[{About::module, name}] = {meant ? Level::off : Level::broken, "cannot be fetched: " + why};
  }
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
  const auto known = providers::lint::read_knowledge(share_folder());
  if (!known) return;
  const providers::go::RouteKnowledge knowledge{known->public_proxies, known->public_hosts,
                                                questions.private_patterns};
  ask(public_module, "public modules", variables, knowledge, out);
  for (const std::string& pattern : questions.private_patterns) {
    const std::string module = sample_of(pattern);
    if (!module.empty()) ask(module, pattern, variables, knowledge, out);
  }
}

}  // namespace gopol::cli

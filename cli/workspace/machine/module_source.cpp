#include "cli/workspace/machine/module_source.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "cli/workspace/policy_file.h"
#include "engine/real/confine.h"
#include "providers/go/run/effective.h"
#include "providers/lint/knowledge.h"

namespace gopol::cli {
namespace {

using providers::go::RouteKnowledge;

constexpr std::string_view private_lists[] = {"GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE"};

}  // namespace

std::vector<std::string> private_patterns(const dsl::Policy& policy) {
  std::vector<std::string> out;
  for (const auto& rule : policy.rules) {
    for (const dsl::Assertion& assertion : rule.assertions) {
      const auto& slot = assertion.slot;
      const bool is_list = std::find(std::begin(private_lists), std::end(private_lists),
                                     slot.attribute) != std::end(private_lists);
      if (slot.family != "go.env" || !is_list) continue;
      const auto& allowed = assertion.allowed;
      out.insert(out.end(), allowed.includes.begin(), allowed.includes.end());
      if (!allowed.one_of) continue;
      for (const dsl::Value& value : *allowed.one_of) {
        if (const auto* list = value.as<dsl::List>())
          out.insert(out.end(), list->items.begin(), list->items.end());
      }
    }
  }
  std::erase(out, "none");
  return out;
}

namespace {

/// The policy's patterns go into `into`. A policy that nobody named and that is not there is none.
dsl::Result<dsl::Done> ask_policy(const Options& options, Workspace& workspace,
                                  RouteKnowledge& into) {
  Options policy = options;
  policy.arguments.erase(policy.arguments.begin(), policy.arguments.begin() + 2);
  const bool named = !policy.arguments.empty();
  dsl::Diagnostics warnings;
  const auto loaded = load_policy(policy, workspace, warnings);
  if (loaded) {
    into.private_patterns = private_patterns(loaded->policy);
  } else if (named || dsl::kind_of(loaded.error().front()) != dsl::DiagnosticKind::usage) {
    return loaded.error();
  }
  return dsl::Done{};
}

}  // namespace

dsl::Path folder_here(const Workspace& workspace) {
  return workspace.recorded ? workspace.host->system().user().home : absolute(".");
}

dsl::Result<ModuleSource> module_source(const Options& options, Workspace& workspace) {
  const auto known = providers::lint::read_knowledge(share_folder());
  if (!known) return known.error();
  RouteKnowledge knowledge{known->public_proxies, known->public_hosts, {}};
  if (auto asked = ask_policy(options, workspace, knowledge); !asked) return asked.error();
  engine::confine_to_reading();
  const engine::Host& reading = *workspace.host;
  const auto runs = providers::go::effective_go(reading, folder_here(workspace));
  const auto login = providers::shell::login_path(reading);
  const providers::go::Variables variables(reading, login, runs.root);
  auto route = providers::go::module_route(options.arguments[1], variables, knowledge);
  if (!route) return route.error();
  ModuleSource out{std::move(*route), {}};
  if (runs.root.empty())
    out.notes.emplace_back("which go runs is not known, so its go.env is not read: `gopol why go`");
  return out;
}

}  // namespace gopol::cli

#include "cli/command/why_module.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "cli/command/commands.h"
#include "cli/command/why_go.h"
#include "cli/command/with_workspace.h"
#include "cli/print/why/module.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/workspace.h"
#include "engine/real/confine.h"
#include "providers/go/run/effective.h"
#include "providers/lint/knowledge.h"

namespace gopol::cli {
namespace {

using providers::go::RouteKnowledge;

constexpr std::string_view private_lists[] = {"GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE"};

/// The patterns that a policy's rules name, wherever they apply: what one team calls private is
/// private.
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

dsl::Result<std::string> answer(const Options& options, Workspace& workspace) {
  const auto known = providers::lint::read_knowledge(share_folder());
  if (!known) return known.error();
  RouteKnowledge knowledge{known->public_proxies, known->public_hosts, {}};
  if (auto asked = ask_policy(options, workspace, knowledge); !asked) return asked.error();
  engine::confine_to_reading();
  const engine::Host& reading = *workspace.host;
  const auto runs = providers::go::effective_go(reading, folder_here(workspace));
  const auto login = providers::shell::login_path(reading);
  const providers::go::Variables variables(reading, login, runs.root);
  const auto route = providers::go::module_route(options.arguments[1], variables, knowledge);
  if (!route) return route.error();
  std::vector<std::string> notes;
  if (runs.root.empty())
    notes.emplace_back("which go runs is not known, so its go.env is not read: `gopol why go`");
  return options.json ? why_module_json(*route, notes) : why_module_text(*route, notes);
}

}  // namespace

Exit why_module(const Options& options) {
  if (options.arguments.size() < 2) {
    report({dsl::problem("P0001", "no module is named", "write `gopol why module PATH[@VERSION]`")},
           dsl::SourceMap());
    return Exit::usage;
  }
  return with_workspace(options, Access::read, [&](Workspace& workspace) -> dsl::Result<Exit> {
    const auto text = answer(options, workspace);
    if (!text) return text.error();
    print(*text);
    return Exit::clean;
  });
}

}  // namespace gopol::cli

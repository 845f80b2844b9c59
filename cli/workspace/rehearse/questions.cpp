#include "cli/workspace/rehearse/questions.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "cli/workspace/machine/module_source.h"
#include "cli/workspace/rehearse/repositories.h"
#include "providers/go/env/setting.h"
#include "providers/lint/knowledge.h"
#include "providers/path/path.h"
#include "providers/read/go_text.h"
#include "providers/read/mac.h"

namespace gopol::cli {
namespace {

/// Beside go, what a developer types.
constexpr const char* programs[] = {"brew", "clang", "dlv", "git", "gopls", "make"};

void add_programs(const providers::shell::LoginPath& login, const engine::Host& host,
                  Questions& out) {
  for (const char* name : programs) {
    const auto first = providers::first_program(name, login.entries, host);
    if (const auto* path = first.path.as<dsl::Path>()) out.programs.emplace(name, *path);
  }
}

/// The tables that are needed, each read once.
void add_knowledge(const engine::Host& host, Questions& out) {
  if (auto known = providers::lint::read_knowledge(share_folder()))
    out.routes = {std::move(known->public_proxies), std::move(known->public_hosts), {}};
  if (!providers::is_mac(host)) return;
  auto pairs = providers::lint::read_bad_pairs(share_folder());
  if (!pairs) return;
  std::erase_if(*pairs, [](const auto& pair) { return pair.is_minor; });
  out.bad_pairs = std::move(*pairs);
}

/// What the machine itself calls private.
void add_patterns(const providers::shell::LoginPath& login, const engine::Host& host,
                  Questions& out) {
  const auto go = providers::go::effective_go(host, host.system().user().home);
  const providers::go::Variables variables(host, login, go.root);
  for (const char* name : {"GOPRIVATE", "GONOPROXY", "GONOSUMDB"}) {
    const std::string globs = variables.find(name, "").value;
    for (const std::string_view glob : providers::go::split(globs, ',')) {
      const auto pattern = providers::go::trimmed(glob);
      if (!pattern.empty() && pattern != "none") out.routes.private_patterns.emplace_back(pattern);
    }
  }
}

}  // namespace

Questions questions_for(const dsl::Policy& policy, const engine::Plan& plan,
                        const engine::World& world) {
  Questions out;
  const Repositories repositories = known_repositories(policy, world.host);
  out.folders.push_back(world.host.system().user().home);
  std::copy_if(repositories.folders.begin(), repositories.folders.end(),
               std::back_inserter(out.folders),
               [&](const dsl::Path& one) { return one != out.folders.front(); });
  out.all_folders = repositories.all;
  const auto login = providers::shell::login_path(world.host);
  add_programs(login, world.host, out);
  add_knowledge(world.host, out);
  out.routes.private_patterns = private_patterns(policy);
  add_patterns(login, world.host, out);
  std::set<std::string> families{"go.env"};
  for (const auto& planned : plan.changes) families.insert(planned.change.family);
  out.families.assign(families.begin(), families.end());
  return out;
}

}  // namespace gopol::cli

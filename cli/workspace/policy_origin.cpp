#include "cli/workspace/policy_origin.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "cli/terminal/terminal.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/policy_store.h"

namespace gopol::cli {
namespace {

dsl::Result<PolicyText> local(const std::string& file) {
  auto text = read_policy(file);
  if (!text) return text.error();
  return PolicyText{file, std::move(*text), file, "", {}};
}

dsl::Result<PolicyText> fetched(const engine::SourceRef& source, const Workspace& workspace) {
  const auto fetch = [source, settings = net_settings(workspace.config),
                      cache = engine::cache_folder(workspace.host->system()) /
                              "policies"](const std::string& path) {
    engine::SourceRef ref = source;
    ref.path = path;
    return engine::fetch_policy(settings, ref, cache, show_progress);
  };
  auto policy = fetch(source.path);
  if (!policy) return policy.error();
  PolicyText out{policy->path, std::move(policy->text), policy->path, policy->commit, {}};
  out.read = [fetch, url = source.url,
              commit = policy->commit](const std::string& path) -> dsl::Result<std::string> {
    auto got = fetch(path);
    if (!got) return got.error();
    if (got->commit == commit) return std::move(got->text);
    return dsl::problem("R4002", fmt::format("{} moved on while its files were read", url),
                        "run it again");
  };
  return out;
}

dsl::Result<std::vector<PolicyText>> verified(Workspace& workspace) {
  const auto store = open_store();
  if (!store) return store.error();
  std::vector<PolicyText> out;
  for (const engine::ConfiguredSource& source : workspace.config.sources) {
    auto bundle = verified_bundle(source, *store);
    if (!bundle) return bundle.error();
    workspace.bundles.push_back(std::make_unique<engine::Bundle>(std::move(*bundle)));
    out.push_back(text_of(*workspace.bundles.back()));
    out.back().age = age_of(source, *store);
  }
  name_apart(out);
  return out;
}

}  // namespace

engine::NetSettings net_settings(const engine::Config& config) {
  engine::NetSettings out;
  const char* chosen = std::getenv("GOPOL_NET");
  out.program =
      chosen != nullptr && *chosen == '/' ? dsl::Path(chosen) : program_folder() / "gopol-net";
  out.git_program = program_folder() / "gopol-git";
  out.patience = config.download.patience;
  out.ca = config.download.ca;
  out.proxy = config.download.proxy;
  return out;
}

void show_progress(const engine::NetProgress& progress) {
  static const Terminal terminal = terminal_of(stderr);
  if (!terminal.is_terminal) return;
  const auto mib = [](std::uint64_t bytes) { return static_cast<double>(bytes) / 1048576.0; };
  std::string line = fmt::format("{} {:.1f}", presentable(progress.what), mib(progress.done));
  if (progress.total > 0) line += fmt::format(" of {:.1f}", mib(progress.total));
  const bool done = progress.total > 0 && progress.done >= progress.total;
  print_progress(done ? "" : line + " MiB");
}

void name_apart(std::vector<PolicyText>& texts) {
  if (texts.size() < 2) return;
  for (PolicyText& text : texts) {
    text.suffix = fmt::format(" @ {}", text.commit.substr(0, 7));
    text.name = text.path + text.suffix;
  }
}

dsl::Result<std::vector<PolicyText>> policy_texts(const Options& options, Workspace& workspace) {
  const auto one = [](dsl::Result<PolicyText> text) -> dsl::Result<std::vector<PolicyText>> {
    if (!text) return text.error();
    std::vector<PolicyText> out;
    out.push_back(std::move(*text));
    return out;
  };
  if (!options.source.empty()) {
    if (options.arguments.empty())
      return one(fetched({options.source, options.branch, options.path, "", ""}, workspace));
    return dsl::problem("P0001", "both a policy file and `--source` are given", "give one of them");
  }
  if (options.arguments.empty() && !workspace.config.sources.empty()) return verified(workspace);
  const auto file = find_policy(options.arguments.empty() ? "" : options.arguments.front());
  if (!file) return file.error();
  return one(local(*file));
}

}  // namespace gopol::cli

#include "cli/policy_origin.h"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "cli/policy_file.h"
#include "cli/terminal.h"

namespace gopol::cli {
namespace {

dsl::Result<PolicyText> local(const std::string& file) {
  auto text = read_policy(file);
  if (!text) return text.error();
  return PolicyText{file, std::move(*text), file, "", {}, false};
}

dsl::Result<PolicyText> fetched(const engine::SourceRef& source, bool accepted,
                                const Workspace& workspace) {
  const auto cache = engine::cache_folder(workspace.host->system());
  auto policy = engine::fetch_policy(net_settings(workspace.config), source, cache / "policies",
                                     show_progress);
  if (!policy) return policy.error();
  return PolicyText{policy->path, std::move(policy->text),
                    policy->path, std::move(policy->commit),
                    source,       accepted};
}

/// A source is used only if somebody wrote down how far it is trusted.
dsl::Result<dsl::Done> check_trust(const engine::ConfiguredSource& source) {
  if (source.unsigned_accepted) return dsl::Done{};
  if (source.trust.empty()) {
    return dsl::problem(
        "T6003", source.span, fmt::format("the source {} says nothing of trust", source.url),
        "no `trust`",
        "signatures cannot be checked yet: write `trust = \"none\"` to use it unsigned");
  }
  return dsl::problem("T6003", source.span, "signatures cannot be checked yet", "cannot be kept",
                      "write `trust = \"none\"` to use the source unsigned");
}

}  // namespace

engine::NetSettings net_settings(const engine::Config& config) {
  engine::NetSettings out;
  const char* chosen = std::getenv("GOPOL_NET");
  out.program =
      chosen != nullptr && *chosen == '/' ? dsl::Path(chosen) : program_folder() / "gopol-net";
  out.ca = config.download.ca;
  out.proxy = config.download.proxy;
  return out;
}

void show_progress(const engine::NetProgress& progress) {
  static const Terminal terminal = terminal_of(stderr);
  if (!terminal.is_terminal) return;
  const auto mib = [](std::uint64_t bytes) { return static_cast<double>(bytes) / 1048576.0; };
  std::string line = fmt::format("\r{} {:.1f}", presentable(progress.what), mib(progress.done));
  if (progress.total > 0) line += fmt::format(" of {:.1f}", mib(progress.total));
  line += " MiB\x1b[K";
  if (progress.total > 0 && progress.done >= progress.total) line += "\r\x1b[K";
  print_error(line);
}

dsl::Result<std::vector<PolicyText>> policy_texts(const Options& options,
                                                  const Workspace& workspace) {
  std::vector<PolicyText> out;
  const auto add = [&](dsl::Result<PolicyText> text) -> dsl::Result<dsl::Done> {
    if (!text) return text.error();
    out.push_back(std::move(*text));
    return dsl::Done{};
  };
  if (!options.source.empty()) {
    if (!options.arguments.empty()) {
      return dsl::problem("P0001", "both a policy file and `--source` are given",
                          "give one of them");
    }
    if (auto done = add(fetched({options.source, options.branch, options.path}, false, workspace));
        !done)
      return done.error();
    return out;
  }
  const bool configured = options.arguments.empty() && !workspace.config.sources.empty();
  if (!configured) {
    auto file = find_policy(options.arguments.empty() ? "" : options.arguments.front());
    if (!file) return file.error();
    if (auto done = add(local(*file)); !done) return done.error();
    return out;
  }
  for (const engine::ConfiguredSource& source : workspace.config.sources) {
    if (auto trusted = check_trust(source); !trusted) return trusted.error();
    if (auto done = add(fetched({source.url, source.branch, source.path}, true, workspace)); !done)
      return done.error();
  }
  if (out.size() == 1) return out;
  // Two repositories may have files of one name.
  for (PolicyText& text : out)
    text.name = fmt::format("{} @ {}", text.path, text.commit.substr(0, 7));
  return out;
}

}  // namespace gopol::cli

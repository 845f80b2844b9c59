#include "cli/workspace/workspace.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "cli/terminal/terminal.h"
#include "cli/workspace/policy_file.h"
#include "cli/workspace/policy_files.h"
#include "cli/workspace/policy_imports.h"
#include "cli/workspace/policy_origin.h"
#include "dsl/check/check.h"
#include "engine/capture/captured_host.h"
#include "engine/encoding/sha256.h"
#include "engine/plugin/plugin.h"
#include "engine/real/platform.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_network.h"
#include "engine/real/real_system.h"
#include "engine/record/state_folder.h"
#include "engine/recorded/recorded_host.h"
#include "providers/machine/debug_reader.h"
#include "providers/machine/session.h"

namespace gopol::cli {
namespace {

using dsl::Path;
using engine::Host;

std::unique_ptr<Host> real_host(const engine::Config& config) {
  return std::make_unique<Host>(engine::real_disk(), engine::real_programs(), engine::real_system(),
                                engine::net_client(net_settings(config), show_progress));
}

/// Plugins beside the configuration, the machine's first; a family that is taken is refused.
void add_plugins(Workspace& into) {
  const auto& system = into.host->system();
  const Path user = into.config.providers.folder.empty()
                        ? engine::config_folder(system) / "providers.d"
                        : into.config.providers.folder;
  for (const Path& folder : {engine::system_config_folder(system) / "providers.d", user}) {
    auto plugins = engine::load_plugins(folder, *into.host, into.config.providers.deadline,
                                        into.plugin_errors);
    for (auto& plugin : plugins) {
      const std::string& family = plugin->schema().family;
      if (engine::provider_of(into.providers, family) == nullptr) {
        into.providers.push_back(std::move(plugin));
      } else {
        into.plugin_errors.push_back(dsl::problem("R4002",
                                                  fmt::format("two providers know `{}`", family),
                                                  fmt::format("remove one from {}", folder.text)));
      }
    }
  }
}

providers::Labels labels_of(const engine::Config& config) {
  providers::Labels out;
  for (const auto& [name, label] : config.labels) out[name] = label.value;
  return out;
}

dsl::Result<dsl::Done> open_recorded(const Options& options, Access access, Workspace& into) {
  engine::RecordedOptions recorded;
  recorded.writes = access == Access::write;
  recorded.in_place = options.in_place;
  recorded.net = net_settings(into.config);
  recorded.on_progress = show_progress;
  recorded.sudo = &into.recorded_sudo;
  auto host = engine::recorded_host(absolute(options.machine), recorded, into.sources);
  if (!host) return host.error();
  into.host = std::make_unique<Host>(std::move(*host));
  return dsl::Done{};
}

/// A capture: a file where a recorded machine would be a folder.
bool is_capture(const Path& file) {
  const auto status = engine::real_disk()->stat_target(file);
  return status && status->type == engine::FileStatus::Type::regular;
}

dsl::Result<dsl::Done> open_capture(const Options& options, Access access, Workspace& into) {
  if (access == Access::write) {
    return dsl::problem("P0001", "a capture is looked at and not changed",
                        "`plan` shows what `apply` would do there");
  }
  const auto text = engine::real_disk()->read(absolute(options.machine));
  if (!text) return text.error();
  auto notes = engine::Notes::parse(text->value_or(""), options.machine);
  if (!notes) return notes.error();
  into.config.labels.clear();
  for (const auto& [name, label] : notes->labels)
    into.config.labels[name] = {label.value, label.system_wide, {}};
  auto host = engine::captured_host(std::move(*notes));
  if (!host) return host.error();
  into.host = std::make_unique<Host>(std::move(*host));
  return dsl::Done{};
}

}  // namespace

std::string recorded_sudo_refusal(const Workspace& workspace) {
  using engine::SudoAnswer;
  const auto is_stranger = [&] {
    return workspace.host->system().platform() == "macos" &&
           providers::is_administrator(*workspace.host) == dsl::Value(false);
  };
  const auto said = workspace.recorded_sudo;
  switch (said ? *said : is_stranger() ? SudoAnswer::refused : SudoAnswer::granted) {
    case SudoAnswer::granted: break;
    case SudoAnswer::refused: return "sudo refused";
    case SudoAnswer::missing: return "there is no sudo here";
  }
  return "";
}

Path program_folder() {
  const std::string program = engine::platform::program();
  return program.empty() ? Path(GOPOL_BUILD_DIR) : Path(program).parent();
}

Path share_folder() {
  if (const char* chosen = std::getenv("GOPOL_SHARE"); chosen != nullptr && *chosen == '/')
    return Path(chosen);
  const Path installed = program_folder() / "../share/gopol";
  if (::access(installed.text.c_str(), R_OK) == 0) return installed;
  return Path(GOPOL_SHARE_DIR);
}

dsl::Result<dsl::Done> check_home(std::string_view command) {
  const char* home = std::getenv("HOME");
  struct stat found {};
  if (::geteuid() != 0 || home == nullptr || ::stat(home, &found) != 0 || found.st_uid == 0)
    return dsl::Done{};
  const auto account = engine::platform::account(found.st_uid);
  const std::string name = account ? account->name : fmt::format("#{}", found.st_uid);
  return dsl::problem(
      "P0001", fmt::format("root runs with the home of `{}`, {}", name, home),
      fmt::format(
          "for that user: `sudo -u '{0}' -H gopol`{1}; for root's own home: `sudo -H gopol`", name,
          command == "apply"
              ? fmt::format(", or, with what needs root, `gopol apply --as '{}'`", name)
              : ""));
}

dsl::Result<dsl::Done> open_workspace(const Options& options, Access access, Workspace& into) {
  if (options.machine.empty()) {
    if (auto home = check_home(options.command); !home) return home;
  }
  into.host = real_host(into.config);
  auto config = engine::load_config(*into.host, into.sources);
  if (!config) return config.error();
  into.config = std::move(*config);
  if (!options.machine.empty()) {
    const bool captured = is_capture(absolute(options.machine));
    auto opened =
        captured ? open_capture(options, access, into) : open_recorded(options, access, into);
    if (!opened) return opened;
    into.recorded = true;
  } else {
    into.host = real_host(into.config);
  }
  engine::Settings settings;
  settings.download_go = into.config.download.go;
  settings.trust_index = into.config.download.trust_index;
  settings.share = share_folder();
  into.providers = providers::standard_providers(settings, labels_of(into.config));
  if (!into.recorded) add_plugins(into);
  into.schemas = engine::schemas_of(into.providers);
  return dsl::Done{};
}

namespace {

/// A label that the configuration sets is one that the policy declares, with one of its words.
dsl::Result<dsl::Done> check_labels(const dsl::Policy& policy, const engine::Config& config) {
  dsl::Diagnostics errors;
  for (const auto& [name, label] : config.labels) {
    const auto declared =
        std::find_if(policy.labels.begin(), policy.labels.end(),
                     [&sought = name](const auto& one) { return one.first == sought; });
    if (declared == policy.labels.end()) {
      continue;  // another policy of this machine may declare it
    }
    const auto& words = declared->second;
    if (words.empty() || std::find(words.begin(), words.end(), label.value) != words.end())
      continue;
    errors.push_back(dsl::problem(
        "P2003", label.span, fmt::format("label `{}` is one of {}", name, fmt::join(words, ", ")),
        "unknown word"));
  }
  if (!errors.empty()) return errors;
  return dsl::Done{};
}

/// Labels that decide about exceptions count only from the system-wide configuration: the label
/// provider of this run knows those of the user no more.
void guard_labels(const dsl::Policy& policy, Workspace& workspace) {
  if (policy.protected_labels.empty()) return;
  providers::Labels labels;
  for (const auto& [name, label] : workspace.config.labels) {
    const auto& guarded = policy.protected_labels;
    const bool counts =
        label.system_wide || std::find(guarded.begin(), guarded.end(), name) == guarded.end();
    if (counts) labels[name] = label.value;
  }
  for (auto& provider : workspace.providers) {
    if (provider->schema().family == "label") provider = providers::label_provider(labels);
  }
}

}  // namespace

std::optional<dsl::Date> today_of(const Workspace& workspace) {
  const auto today = engine::look(engine::run_date, workspace.world());
  const auto* date = today.value.as<dsl::Date>();
  return date != nullptr ? std::optional(*date) : std::nullopt;
}

void warn_of_expired_waivers(const dsl::Policy& policy, const Workspace& workspace,
                             dsl::Diagnostics& warnings) {
  const bool any = std::any_of(policy.rules.begin(), policy.rules.end(),
                               [](const auto& rule) { return !rule.waivers.empty(); });
  if (!any) return;
  const auto date = today_of(workspace);
  if (!date) return;
  for (const dsl::Policy::Rule& rule : policy.rules) {
    for (const dsl::Waiver& waiver : rule.waivers) {
      if (*date <= waiver.until) continue;
      auto out =
          dsl::problem("P3105", waiver.span,
                       fmt::format("the waiver of `{}` ended on {}", rule.name,
                                   dsl::to_text(dsl::Value(waiver.until))),
                       "does nothing any more", "remove it, or agree on a new date with its owner");
      out.severity = dsl::Severity::warning;
      warnings.push_back(std::move(out));
    }
  }
}

namespace {

PolicyOrigin origin_of(const std::vector<PolicyText>& texts) {
  PolicyOrigin out;
  std::vector<std::string> signers;
  for (const PolicyText& text : texts) {
    out.name += out.name.empty() ? text.name : ", " + text.name;
    if (std::find(signers.begin(), signers.end(), text.signer) == signers.end())
      signers.push_back(text.signer);
    if (out.age.empty()) out.age = text.age;
    out.file += fmt::format("{}{}", out.file.empty() ? "" : ", ", dsl::Path(text.path).name());
    out.version += text.commit.empty() ? engine::sha256(text.text) : text.commit;
  }
  if (texts.size() == 1) out.commit = texts.front().commit;
  const bool somebody_not = std::find(signers.begin(), signers.end(), "") != signers.end();
  out.trust = somebody_not ? "unsigned" : fmt::format("signed by {}", fmt::join(signers, ", "));
  return out;
}

}  // namespace

dsl::Result<LoadedPolicy> load_texts(std::vector<PolicyText> texts, Workspace& workspace,
                                     dsl::Diagnostics& warnings) {
  LoadedPolicy out;
  out.origin = origin_of(texts);
  out.accepted =
      std::all_of(texts.begin(), texts.end(), [](const auto& one) { return one.accepted; });
  out.is_signed =
      std::all_of(texts.begin(), texts.end(), [](const auto& one) { return !one.signer.empty(); });
  auto program = load_program(texts, workspace, warnings);
  if (!program) return program.error();
  out.program = std::move(*program);
  auto policy = dsl::check(out.program, workspace.schemas, warnings);
  if (!policy) return policy.error();
  out.policy = std::move(*policy);
  if (auto brought = bring_files(texts, workspace, out.policy); !brought) return brought.error();
  if (auto labels = check_labels(out.policy, workspace.config); !labels) return labels.error();
  guard_labels(out.policy, workspace);
  warn_of_expired_waivers(out.policy, workspace, warnings);
  return out;
}

dsl::Result<LoadedPolicy> load_policy(const Options& options, Workspace& workspace,
                                      dsl::Diagnostics& warnings) {
  auto texts = policy_texts(options, workspace);
  if (!texts) return texts.error();
  return load_texts(std::move(*texts), workspace, warnings);
}

dsl::Result<engine::Ledger> load_ledger(const Workspace& workspace) {
  return engine::Ledger::load(workspace.host->disk(),
                              engine::ledger_file(engine::state_folder(workspace.host->system())));
}

engine::Past past_of(const LoadedPolicy& loaded, const Options& options, const Workspace& workspace,
                     const engine::Ledger* ledger) {
  engine::Past out;
  out.ledger = ledger;
  out.policy = loaded.origin.file;
  out.version = loaded.origin.version;
  out.now = workspace.host->system().now();
  out.ends_holds = options.end_holds;
  out.keeps = options.keep;
  return out;
}

void report(const dsl::Diagnostics& diagnostics, const dsl::SourceMap& sources) {
  static const Terminal terminal = terminal_of(stderr);
  for (const dsl::Diagnostic& diagnostic : diagnostics) {
    print_error(dsl::render(diagnostic, sources, {terminal.colour, !terminal.utf8}));
  }
}

}  // namespace gopol::cli

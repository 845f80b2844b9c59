#include "cli/print/source_status.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "cli/terminal/exit_of.h"
#include "cli/terminal/terminal.h"
#include "cli/workspace/policy_store.h"

namespace gopol::cli {
namespace {

using engine::ConfiguredSource;
using engine::FloorEntry;
using Json = nlohmann::ordered_json;

constexpr const char* json_form = "%Y-%m-%dT%H:%M:%SZ";

/// One source: what is asked of it, what is known, and whether it may be used.
struct Chain {
  const ConfiguredSource& source;
  const FloorEntry* entry;
  std::optional<engine::Bundle> bundle;
  dsl::Diagnostics broken;
};

Chain chain_of(const ConfiguredSource& source, const PolicyStore& store) {
  Chain out{source, store.floor.find(id_of(source, store)), {}, {}};
  auto bundle = verified_bundle(source, store);
  if (bundle) {
    out.bundle = std::move(*bundle);
  } else {
    out.broken = bundle.error();
  }
  return out;
}

std::string moment(FloorEntry::Time time, const char* form = "%Y-%m-%d %H:%M:%S UTC") {
  const auto seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[32] = {};
  std::strftime(text, sizeof text, form, &parts);
  return text;
}

std::string wanted_trust(const Chain& chain) {
  if (chain.source.unsigned_accepted) return "nobody need sign it";
  if (!chain.source.trust.empty()) {
    return fmt::format("whoever {} lists", chain.source.trust.text) +
           (chain.source.revoked.empty()
                ? ""
                : fmt::format(", without those of {}", chain.source.revoked.text));
  }
  if (chain.entry != nullptr && !chain.entry->pinned_key.empty())
    return "the pinned key " + chain.entry->pinned_key;
  return "not said";
}

std::string subject_of(const std::string& message) {
  return presentable(message.substr(0, message.find('\n')));
}

std::string text_of(const Chain& chain, const PolicyStore& store) {
  const ConfiguredSource& source = chain.source;
  std::string out = presentable(source.url, 200);
  const std::string ref = ref_text(source);
  out += "  " + (ref.empty() ? "default branch" : presentable(ref));
  if (!source.path.empty()) out += "  " + presentable(source.path);
  out += fmt::format("\n  trust     {}\n", presentable(wanted_trust(chain), 200));
  if (chain.entry != nullptr && !chain.entry->commit.empty()) {
    const FloorEntry& entry = *chain.entry;
    out += fmt::format("  commit    {}, {}\n", entry.commit, moment(entry.commit_time));
    if (chain.bundle) {
      out += fmt::format("  made by   {}: {}\n", presentable(chain.bundle->commit.author),
                         subject_of(chain.bundle->commit.message));
    }
    out += entry.signer.empty() ? "  signed    by nobody\n"
                                : fmt::format("  signed    by {} with {}\n",
                                              presentable(entry.signer), entry.signer_key);
    if (!entry.name.empty()) out += fmt::format("  named     {}\n", presentable(entry.name));
    if (entry.epoch > 0) out += fmt::format("  epoch     {}\n", entry.epoch);
    const auto age =
        std::chrono::duration_cast<std::chrono::seconds>(store.system->now() - entry.checked);
    out += fmt::format("  verified  {}, last heard {} ago of at most {}\n", moment(entry.verified),
                       duration_text(age), duration_text(source.max_age));
  }
  if (chain.bundle) {
    out += fmt::format("  kept      {} file{}, as verified\n", chain.bundle->files.size(),
                       chain.bundle->files.size() == 1 ? "" : "s");
  }
  return out;
}

Json json_of(const Chain& chain) {
  Json out{{"url", chain.source.url},
           {"path", chain.source.path},
           {"ref", ref_text(chain.source)},
           {"trust", wanted_trust(chain)}};
  if (chain.entry != nullptr) {
    const FloorEntry& entry = *chain.entry;
    out["commit"] = entry.commit;
    out["commit_time"] = moment(entry.commit_time, json_form);
    out["signer"] = entry.signer;
    out["key"] = entry.signer_key;
    out["name"] = entry.name;
    out["epoch"] = entry.epoch;
    out["verified"] = moment(entry.verified, json_form);
    out["checked"] = moment(entry.checked, json_form);
    out["bundle"] = entry.bundle;
  }
  out["ok"] = chain.broken.empty();
  if (!chain.broken.empty()) {
    out["code"] = chain.broken.front().code;
    out["why"] = chain.broken.front().message;
    out["help"] = chain.broken.front().help;
  }
  return out;
}

}  // namespace

Exit source_status(const Options& options, const Workspace& workspace) {
  const auto store = open_store();
  if (!store) {
    report(store.error(), workspace.sources);
    return exit_of(store.error());
  }
  Exit exit = Exit::clean;
  Json all = Json::array();
  for (const ConfiguredSource& source : workspace.config.sources) {
    const Chain chain = chain_of(source, *store);
    exit = worse(exit, exit_of(chain.broken));
    if (options.json || options.format == "json") {
      all.push_back(json_of(chain));
      continue;
    }
    print(text_of(chain, *store));
    report(chain.broken, workspace.sources);
  }
  if (options.json || options.format == "json") {
    print(
        Json{{"schema", 1}, {"sources", all}}.dump(2, ' ', false, Json::error_handler_t::replace) +
        "\n");
  } else if (workspace.config.sources.empty()) {
    print("no source is configured\n");
  }
  return exit;
}

}  // namespace gopol::cli

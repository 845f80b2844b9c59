#include "providers/git/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "providers/files/place.h"
#include "providers/git/config_edit.h"
#include "providers/git/config_reading.h"
#include "providers/read/fact_schema.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::git {
namespace {

dsl::Result<dsl::Done> valid_value(const Value& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr || is_storable(*text)) return dsl::Done{};
  return dsl::problem("P2004", "git's files hold no carriage return and no NUL byte",
                      "remove it from the value");
}

dsl::Schema config_schema() {
  dsl::Schema out =
      family("git.config",
             "a variable of git in the user's own files (`git config --global`), by its key: "
             "`url.https://git.corp.example/.insteadOf`",
             text());
  auto value = writable("value", text(),
                        "the last one, which counts for most variables; unknown where a file that "
                        "is included may set it");
  value.optional = value.unknowable = value.unsettable = true;
  value.affects = {"values"};
  value.validate = valid_value;
  value.runs_code = [](const dsl::Slot& slot, const Value&) {
    const auto key = parse_config_key(slot.key);
    return !key || runs_code(*key);
  };
  auto values = fact("values", list(), "all of them, in git's order");
  values.optional = values.unknowable = true;
  out.attributes = {std::move(value), std::move(values)};
  return out;
}

std::string place(const SetLine& line) { return fmt::format("{}:{}", line.file.text, line.line); }

Value all_values(const KeyState& state) {
  if (state.unknown_all) return *state.unknown_all;
  if (state.lines.empty()) return dsl::Absent{};
  dsl::List out;
  for (const SetLine& line : state.lines) out.items.push_back(line.value.value_or("true"));
  return out;
}

Observation read_slot(const engine::Slot& slot, const Host& host) {
  Observation out{.slot = slot};
  const auto key = parse_config_key(slot.key);
  if (!key) {
    out.value = dsl::Unknown{fmt::format("`{}` is no key of git", slot.key),
                             "write it as `section.name` or `section.anything.name`"};
    return out;
  }
  const KeyState state = read_key(*key, host);
  if (!state.lines.empty()) out.origin = place(state.lines.back());
  if (slot.attribute == "values") {
    out.value = all_values(state);
    return out;
  }
  if (state.unknown_last) {
    out.value = *state.unknown_last;
  } else if (!state.lines.empty()) {
    out.value = state.lines.back().value.value_or("true");
    if (!state.lines.back().value)
      out.findings.push_back("written without `=`, which git reads as true");
  }
  if (state.lines.size() > 1)
    out.findings.push_back(fmt::format("{} lines set it", state.lines.size()));
  const auto other = host.system().environment("GIT_CONFIG_GLOBAL");
  if (other) {
    out.findings.push_back(
        fmt::format("GIT_CONFIG_GLOBAL={} in this process: git reads that file instead", *other));
  }
  return out;
}

/// One of git's files with the key set, or unset without a value.
dsl::Result<engine::Prepared> prepare_file(const Path& file, const ConfigKey& key,
                                           const std::optional<std::string>& value,
                                           const Host& host) {
  const auto before = host.disk().read(file);
  if (!before) return before.error();
  auto text = edit_config(before->value_or(""), key, value);
  if (!text) {
    auto why = text.error().front();
    why.message = file.text + ": " + why.message;
    return why;
  }
  if (*text == before->value_or("")) return engine::Prepared{};
  return files::prepare_edit({.path = file, .bytes = std::move(*text)}, host.disk());
}

class ConfigProvider final : public SlotProvider<Alone<read_slot>> {
 public:
  ConfigProvider() : SlotProvider(config_schema()) {}

  /// To unset a key it has to go from both files.
  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    const engine::Assignment* value = change.find("value");
    const auto key = parse_config_key(change.key);
    if (!key) return dsl::problem("R4002", fmt::format("`{}` is no key of git", change.key));
    engine::Prepared out;
    if (value == nullptr) return out;
    const auto* text = value->to.as<std::string>();
    if (text == nullptr && !value->to.is_absent())
      return dsl::problem("R4002", "the policy does not say which value", "give it with `=`");
    const auto wanted = text != nullptr ? std::optional(*text) : std::nullopt;
    const GlobalFiles global = global_files(host.system());
    for (const Path& file :
         wanted ? std::vector{written_file(host)} : std::vector{global.xdg, global.home}) {
      auto one = prepare_file(file, *key, wanted, host);
      if (!one) return one;
      out.append(std::move(*one));
    }
    return out;
  }
};

}  // namespace

bool runs_code(const ConfigKey& key) {
  // `http` and `url` say where git goes, not what it starts; `ext::` addresses are off by default.
  constexpr std::string_view harmless[] = {"advice.",
                                           "color.",
                                           "column.",
                                           "http.",
                                           "rerere.",
                                           "status.",
                                           "url.",
                                           "user.",
                                           "branch.autosetupmerge",
                                           "branch.autosetuprebase",
                                           "branch.sort",
                                           "commit.gpgsign",
                                           "commit.verbose",
                                           "core.autocrlf",
                                           "core.eol",
                                           "core.excludesfile",
                                           "core.filemode",
                                           "core.ignorecase",
                                           "core.longpaths",
                                           "core.precomposeunicode",
                                           "core.quotepath",
                                           "core.safecrlf",
                                           "core.untrackedcache",
                                           "diff.algorithm",
                                           "diff.colormoved",
                                           "diff.renames",
                                           "fetch.prune",
                                           "fetch.prunetags",
                                           "fetch.parallel",
                                           "fetch.fsckobjects",
                                           "gpg.format",
                                           "help.autocorrect",
                                           "init.defaultbranch",
                                           "log.date",
                                           "merge.conflictstyle",
                                           "merge.ff",
                                           "pull.ff",
                                           "pull.rebase",
                                           "push.autosetupremote",
                                           "push.default",
                                           "push.followtags",
                                           "rebase.autosquash",
                                           "rebase.autostash",
                                           "receive.fsckobjects",
                                           "tag.gpgsign",
                                           "tag.sort",
                                           "transfer.fsckobjects"};
  const std::string name = key.canonical();
  return std::none_of(std::begin(harmless), std::end(harmless), [&](std::string_view one) {
    return one.ends_with('.') ? name.starts_with(one) : name == one;
  });
}

std::unique_ptr<engine::Provider> config_provider() { return std::make_unique<ConfigProvider>(); }

}  // namespace gopol::providers::git

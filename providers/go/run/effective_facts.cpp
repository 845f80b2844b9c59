#include "providers/go/run/effective_facts.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "providers/go/env/env_variables.h"
#include "providers/go/env/setting.h"
#include "providers/go/run/effective.h"
#include "providers/read/fact_schema.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::go {
namespace {

constexpr const char* what_to_do =
    "assert `go.toolchain` and `go.env`, which decide it with the module's go.mod";

dsl::AttributeSchema verify_only(std::string name, dsl::Type type, std::string doc) {
  return may_be_absent(
      may_be_unknown(verified(std::move(name), std::move(type), std::move(doc), what_to_do)));
}

dsl::Schema effective_facts_schema() {
  dsl::Schema out = family(
      "go.effective",
      "the Go that runs in a folder when a login shell there is asked for `go`; `gopol why go` "
      "says it in full",
      path());
  out.attributes = {
      verify_only("decided_by",
                  word({"PATH", "goenv", "asdf", "mise", "GOTOOLCHAIN", "go.work", "go.mod"}),
                  "what chose it"),
      verify_only("path", path(), "its program; absent if go would have to download it"),
      verify_only("proxy", chain(), "GOPROXY as it counts there, process environment included"),
      verify_only("source", word({"local", "path", "cache", "download"}),
                  "`local`: the `go` that is started itself; else where it finds another one"),
      verify_only("toolchain", text(), "its name, such as `go1.22.2`"),
      verify_only("version", version(dsl::VersionScheme::go),
                  "absent if no Go runs there; unknown where PATH is"),
  };
  out.after = {"go.toolchain", "go.env"};
  return out;
}

/// What is known of one folder, found once for all of its slots.
struct Seen {
  EffectiveGo go;
  Value proxy;
  std::string proxy_place = {};
};

Seen seen_in(const shell::LoginPath& session, const Path& folder, const Host& host) {
  Seen out{effective_go(host, folder, session), {}};
  const EnvVariable& variable = *find_env_variable("GOPROXY");
  const Setting setting =
      Variables(host, session, out.go.root).find(variable.name, variable.built_in);
  out.proxy = setting.unknown ? Value(*setting.unknown) : value_of(variable, setting.value);
  out.proxy_place = setting.unknown ? "" : setting.place;
  return out;
}

/// The same folder where somebody types, and where nobody does.
struct SeenTwice {
  Seen login, terminal;
};

/// Nothing: there is no such folder.
std::optional<SeenTwice> look_into(const std::string& key, const engine::Query&, const Host& host) {
  const Path folder(key);
  const auto status = host.disk().stat_target(folder);
  if (!folder.is_absolute() || !status || status->type != engine::FileStatus::Type::folder)
    return {};
  return SeenTwice{seen_in(shell::login_path(host), folder, host),
                   seen_in(shell::terminal_path(host), folder, host)};
}

Value known_or(const EffectiveGo& go, Value value) {
  return go.version.is_known() ? std::move(value) : go.version;
}

Value read(const std::string& attribute, const Seen& seen) {
  const EffectiveGo& go = seen.go;
  if (attribute == "version") return go.version;
  if (attribute == "path") return go.program;
  if (attribute == "proxy") return seen.proxy;
  if (attribute == "source") return known_or(go, to_text(go.source));
  if (attribute == "toolchain") return known_or(go, go.toolchain);
  return known_or(go, go.decided_by);
}

/// What it is in a terminal, if that is something else.
void add_terminal(const Seen& there, Observation& out) {
  Value value = read(out.slot.attribute, there);
  if (value == out.value || (value.is_unknown() && out.value.is_unknown())) return;
  const bool proxy = out.slot.attribute == "proxy";
  out.elsewhere.push_back(
      {"terminals", std::move(value), proxy ? there.proxy_place : there.go.place});
}

Observation read_effective(const Slot& slot, const std::optional<SeenTwice>& both, const Host&) {
  Observation out{.slot = slot};
  if (!both) {
    out.findings.push_back(fmt::format("there is no folder {}", slot.key));
    return out;  // absent
  }
  const EffectiveGo& go = both->login.go;
  out.value = read(slot.attribute, both->login);
  if (slot.attribute != "proxy") out.origin = go.place;
  if (slot.attribute == "version" && !go.stops.empty()) out.findings.push_back(go.stops);
  add_terminal(both->terminal, out);
  return out;
}

}  // namespace

std::unique_ptr<engine::Provider> effective_provider() {
  return facts<SharedByKey<look_into, read_effective>>(effective_facts_schema());
}

}  // namespace gopol::providers::go

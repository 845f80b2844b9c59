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
};

/// Nothing: there is no such folder.
std::optional<Seen> look_into(const std::string& key, const engine::Query&, const Host& host) {
  const Path folder(key);
  const auto status = host.disk().stat_target(folder);
  if (!folder.is_absolute() || !status || status->type != engine::FileStatus::Type::folder)
    return {};
  Seen out{effective_go(host, folder), {}};
  const auto login = shell::login_path(host);
  const EnvVariable& variable = *find_env_variable("GOPROXY");
  const Setting setting =
      Variables(host, login, out.go.root).find(variable.name, variable.built_in);
  out.proxy = setting.unknown ? Value(*setting.unknown) : value_of(variable, setting.value);
  return out;
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

Observation read_effective(const Slot& slot, const std::optional<Seen>& seen, const Host&) {
  Observation out{.slot = slot};
  if (!seen) {
    out.findings.push_back(fmt::format("there is no folder {}", slot.key));
    return out;  // absent
  }
  out.value = read(slot.attribute, *seen);
  if (slot.attribute != "proxy") out.origin = seen->go.place;
  if (slot.attribute == "version" && !seen->go.stops.empty())
    out.findings.push_back(seen->go.stops);
  return out;
}

}  // namespace

std::unique_ptr<engine::Provider> effective_provider() {
  return facts<SharedByKey<look_into, read_effective>>(effective_facts_schema());
}

}  // namespace gopol::providers::go

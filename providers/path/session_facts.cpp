#include "providers/path/session_facts.h"

#include <optional>
#include <set>
#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/slot_provider.h"
#include "providers/shell/session/login_path.h"

namespace gopol::providers {
namespace {

constexpr const char* session_advice =
    "`shell.profile` sets a variable in gopol's block; a line of yours that sets it has to go by "
    "hand";

dsl::AttributeSchema variable_in(const char* name, std::string doc) {
  auto out = may_be_unknown(may_be_absent(verified(name, text(), std::move(doc), session_advice)));
  out.unsettable = true;
  return out;
}

dsl::Schema session_schema() {
  dsl::Schema out = family(
      "session",
      "a variable as programs get it: from the files that the login shell reads; absent where no "
      "file sets it, unknown where they cannot tell",
      text());
  out.attributes = {variable_in("login", "in a login shell that nobody types into"),
                    variable_in("terminal", "in a terminal's window")};
  return out;
}

/// Each kind of session is read once, and only if it is asked for.
class Sessions {
 public:
  Sessions(const engine::Query&, const Host& host) : host_(host) {}

  Observation read(const Slot& slot) {
    Observation out{.slot = slot};
    const bool login = slot.attribute == "login";
    auto& kept = login ? login_ : terminal_;
    if (!kept) kept = login ? shell::login_path(host_) : shell::terminal_path(host_);
    out.value = dsl::Absent{};
    const shell::ShellVariable* variable = kept->variable(slot.key);
    if (variable == nullptr) return out;
    out.origin = variable->origin;
    if (variable->value)
      out.value = *variable->value;
    else
      out.value = shell::not_told(*variable, slot.key);
    return out;
  }

 private:
  const Host& host_;
  std::optional<shell::LoginPath> login_, terminal_;
};

class SessionProvider final : public SlotProvider<Sessions, engine::FactProvider> {
 public:
  SessionProvider() : SlotProvider(session_schema()) {}

  /// Those that go reads; others are answered when they are asked for.
  std::vector<std::string> keys(const Host& host) const override {
    std::set<std::string> out;
    for (const auto& path : {shell::login_path(host), shell::terminal_path(host)}) {
      for (const auto& variable : path.variables) {
        const std::string& name = variable.name;
        const bool gos = name.starts_with("GO") && !name.starts_with("GOENV_");
        if (gos || name.starts_with("CGO_")) out.insert(name);
      }
    }
    return {out.begin(), out.end()};
  }
};

}  // namespace

std::unique_ptr<engine::Provider> session_provider() { return std::make_unique<SessionProvider>(); }

}  // namespace gopol::providers

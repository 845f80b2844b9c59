#include "providers/machine/debug.h"

#include <utility>

#include "providers/machine/debug_reader.h"
#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/program.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers {
namespace {

using engine::Assignment;

constexpr const char* debug_advice = "assert `xcode.clt`, which brings it";

dsl::Schema debug_schema() {
  dsl::Schema out = family("debug", "what dlv needs on a Mac: not TCC, not a signature");
  out.demands.needs_root = true;
  out.attributes = {
      may_be_unknown(may_be_absent(verified("debugserver", path(),
                                            "Apple's, which Delve drives; DEVELOPER_DIR counts",
                                            debug_advice))),
      may_be_unknown(writable("developer_mode", boolean(),
                              "no password for each debugger; DevToolsSecurity tells")),
      may_be_unknown(writable("group", boolean(), "the user is a member of `_developer`"))};
  return out;
}

Value read_attribute(const std::string& name, const Host& host) {
  if (!is_mac(host)) return only_on_a_mac("developer mode");
  if (name == "developer_mode") return developer_mode(host);
  return name == "group" ? is_developer(host) : debugserver(host);
}

/// The program that moves one slot.
std::vector<std::string> mover(const std::string& attribute, bool on, const Host& host) {
  if (attribute == "developer_mode")
    return {"/usr/sbin/DevToolsSecurity", on ? "-enable" : "-disable"};
  return {"/usr/bin/dscl",
          ".",
          on ? "-append" : "-delete",
          "/Groups/_developer",
          "GroupMembership",
          host.system().user_name()};
}

dsl::Result<dsl::Done> move(const Assignment& assignment, Host& host) {
  const std::string& attribute = assignment.slot.attribute;
  const auto* on = assignment.to.as<bool>();
  if (on == nullptr || (attribute != "developer_mode" && attribute != "group"))
    return dsl::problem("R4002", "nothing can change `" + attribute + "`");
  if (read_attribute(attribute, host) == assignment.to) return dsl::Done{};
  const auto ran = run_program({.argv = mover(attribute, *on, host), .user = root_user}, host);
  if (!ran) return ran.error();
  return dsl::Done{};
}

Observation read_debug(const Slot& slot, const Host& host) {
  return {.slot = slot, .value = read_attribute(slot.attribute, host)};
}

class DebugProvider final : public SlotProvider<Alone<read_debug>> {
 public:
  DebugProvider() : SlotProvider(debug_schema()) {}

  dsl::Result<engine::Prepared> prepare(const Change&, const Host& host) const override {
    if (!is_mac(host)) return dsl::problem("R4002", "only a Mac has developer mode");
    engine::Prepared out;
    out.demands.needs_root = true;
    return out;
  }

  /// Nothing else on the machine hangs on who may debug.
  dsl::Result<engine::Foresight> rehearse(const Change&, Host&) const override {
    return engine::Foresight::all;
  }

  /// If one of them fails, what was moved before it goes back.
  dsl::Result<dsl::Done> apply(const Change& change, Host& host) const override {
    std::vector<Assignment> back;
    for (const Assignment& assignment : change.assignments) {
      const Value before = read_attribute(assignment.slot.attribute, host);
      auto done = move(assignment, host);
      if (!done) {
        for (const Assignment& moved : back) (void)move(moved, host);  // the first error is told
        return done;
      }
      back.push_back({assignment.slot, assignment.to, before, {}});
    }
    return dsl::Done{};
  }
};

}  // namespace

std::unique_ptr<engine::Provider> debug_provider() { return std::make_unique<DebugProvider>(); }

}  // namespace gopol::providers

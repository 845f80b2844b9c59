#include "providers/brew/install.h"

#include <fmt/format.h>

#include <utility>

#include "providers/brew/prefix.h"
#include "providers/read/fact_schema.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::brew {
namespace {

constexpr const char* installer =
    "/bin/bash -c \"$(curl -fsSL "
    "https://raw.githubusercontent.com/Homebrew/install/HEAD/install.sh)\"";
const std::string how = std::string("a person who may use sudo installs it: ") + installer;

dsl::Schema install_schema() {
  dsl::Schema out =
      family("brew.install",
             "Homebrew itself: the native one, if there are two; gopol says how to get it");
  out.after = {"xcode.clt", "xcode.select"};
  auto arch =
      may_be_absent(writable("arch", word({"arm64", "x86_64"}), "what its programs are built for"));
  auto prefix =
      may_be_unknown(may_be_absent(writable("prefix", path(), "/opt/homebrew or /usr/local")));
  prefix.affects = {"arch", "prefixes", "translated"};
  arch.affects = {"prefix", "prefixes", "translated"};
  out.attributes = {
      std::move(arch), std::move(prefix),
      may_be_unknown(
          verified("prefixes", list(), "all that were found, the native one first", how)),
      may_be_unknown(may_be_absent(verified(
          "translated", boolean(), "whether brew, started from here, would run under Rosetta 2",
          "start gopol natively: `arch -arm64 gopol …`")))};
  return out;
}

Value value_of(const std::string& attribute, const Prefixes& found) {
  if (found.trouble.is_unknown()) return found.trouble;
  const auto& all = found.all;
  if (attribute == "prefixes") {
    dsl::List out;
    for (const Prefix& prefix : all) out.items.push_back(prefix.path.text);
    return out;
  }
  if (all.empty()) return dsl::Absent{};
  if (attribute == "prefix") return all.front().path;
  if (attribute == "arch") return all.front().arch;
  return all.front().translated;
}

Observation read_installation(const Slot& slot, const Prefixes& found, const Host&) {
  const auto& all = found.all;
  Observation out{.slot = slot, .value = value_of(slot.attribute, found)};
  if (!all.empty()) out.origin = (all.front().path / "bin/brew").text;
  if (slot.attribute == "prefix" && all.size() > 1) {
    out.findings.push_back(
        fmt::format("there is a second Homebrew, {}, in {}", all[1].arch, all[1].path.text));
  }
  return out;
}

class InstallProvider final : public SlotProvider<Shared<prefixes, read_installation>> {
 public:
  InstallProvider() : SlotProvider(install_schema()) {}

  /// The plan goes on: what does not need brew can be made.
  dsl::Result<engine::Prepared> prepare(const Change&, const Host&) const override {
    engine::Prepared out;
    out.demands.needs_person = true;
    out.note = "`gopol guide brew.install.prefix` shows a person how";
    return out;
  }

  dsl::Result<dsl::Done> apply(const Change& change, Host& host) const override {
    const Prefixes found = prefixes(host);
    if (found.all.empty())
      return dsl::problem("R4002", fmt::format("there is no Homebrew in {}", brew_places), how);
    for (const engine::Assignment& move : change.assignments) {
      const Value now = value_of(move.slot.attribute, found);
      if (now == move.to) continue;
      return dsl::problem("R4002",
                          fmt::format("`{}` of Homebrew is {}, not {}", move.slot.attribute,
                                      dsl::to_text(now), dsl::to_text(move.to)),
                          how);
    }
    return dsl::Done{};
  }

  std::optional<engine::Guide> guide(const engine::Slot& slot, const dsl::Allowed&,
                                     const Host&) const override {
    if (slot.attribute == "translated")
      return engine::Guide{{"Open a terminal that does not run under Rosetta 2",
                            "Start gopol there: `arch -arm64 gopol plan`"}};
    return engine::Guide{{"Open a terminal as a user who may use sudo",
                          std::string("Run `") + installer + "`",
                          "Follow what it says of the PATH, in ~/.zprofile"}};
  }
};

}  // namespace

std::unique_ptr<engine::Provider> install_provider() { return std::make_unique<InstallProvider>(); }

}  // namespace gopol::providers::brew

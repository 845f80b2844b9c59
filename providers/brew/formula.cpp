#include "providers/brew/formula.h"

#include <fmt/format.h>

#include <utility>

#include "providers/brew/formula_change.h"
#include "providers/brew/formula_rehearsal.h"
#include "providers/brew/kegs.h"
#include "providers/files/place.h"
#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers::brew {
namespace {

dsl::Schema formula_schema() {
  const dsl::Type brew_version = version(dsl::VersionScheme::brew);
  dsl::Schema out =
      family("brew.formula", "a formula of Homebrew, by name; all is read from its files", text());
  out.existence = true;
  out.after = {"brew.install", "xcode.clt", "xcode.select"};
  auto active = may_be_unknown(may_be_absent(writable(
      "version", brew_version, "the keg in use; brew has one version of each to install")));
  active.affects = {"arch", "bottle", "kegs", "linked", "on_request", "tap"};
  out.attributes = {
      may_be_unknown(may_be_absent(
          verified("arch", word({"arm64", "x86_64"}), "what it was built for, by its receipt"))),
      may_be_unknown(may_be_absent(fact("bottle", boolean(), "poured, not compiled here"))),
      may_be_unknown(fact("kegs", list(), "all versions installed, oldest first")),
      may_be_unknown(may_be_absent(
          fact("linked", brew_version, "the version behind PREFIX/bin; absent if keg-only"))),
      may_be_unknown(may_be_absent(
          fact("on_request", boolean(), "somebody asked for it; else it came with another"))),
      may_be_unknown(writable("pinned", boolean(), "`brew upgrade` leaves it alone")),
      may_be_unknown(may_be_absent(verified("tap", text(), "homebrew/core"))),
      std::move(active)};
  return out;
}

template <class T>
Value or_absent(const std::optional<T>& value) {
  return value ? Value(*value) : Value(dsl::Absent{});
}

Value receipt_value(const std::string& attribute, const KegReceipt& receipt) {
  if (receipt.trouble.is_unknown()) return receipt.trouble;
  if (attribute == "arch") return or_absent(receipt.arch);
  if (attribute == "tap") return or_absent(receipt.tap);
  return or_absent(attribute == "bottle" ? receipt.from_bottle : receipt.on_request);
}

Value value_of(const engine::Slot& slot, const Formula& formula, const Prefix& prefix,
               const Host& host) {
  if (formula.trouble.is_unknown()) return formula.trouble;
  if (slot.attribute == "exists") return !formula.kegs.empty();
  if (slot.attribute == "pinned") return formula.pinned;
  if (slot.attribute == "version") return or_absent(formula.active);
  if (slot.attribute == "linked") return or_absent(formula.linked);
  if (slot.attribute == "kegs") {
    dsl::List out;
    for (const dsl::Version& keg : formula.kegs) out.items.push_back(keg.text);
    return out;
  }
  if (!formula.active) return dsl::Absent{};
  return receipt_value(slot.attribute, read_receipt(prefix, slot.key, *formula.active, host));
}

Value without_brew(const std::string& attribute) {
  if (attribute == "exists" || attribute == "pinned") return false;
  if (attribute == "kegs") return dsl::List{};
  return dsl::Absent{};
}

/// Whether what a Homebrew installs runs under Rosetta 2 here.
bool is_foreign(const Prefix& prefix, const Host& host) {
  return prefix.arch == "x86_64" && host.system().sysctl("hw.optional.arm64") == "1";
}

Observation read_slot(const engine::Slot& slot, const Prefixes& found, const Host& host) {
  Observation out{.slot = slot};
  if (!is_formula_name(slot.key)) {
    out.value = dsl::Unknown{fmt::format("`{}` is no name of a formula", slot.key),
                             "write `go@1.21` or `user/tap/tool`"};
    return out;
  }
  if (found.all.empty()) {
    out.value = found.trouble.is_unknown() ? found.trouble : without_brew(slot.attribute);
    return out;
  }
  const Prefix& prefix = found.all.front();
  const Formula formula = read_formula(prefix, slot.key, host);
  out.value = value_of(slot, formula, prefix, host);
  out.origin = (prefix.path / "Cellar" / short_name(slot.key)).text;
  if (slot.attribute == "pinned") out.findings = formula.findings;
  if (slot.attribute == "version") out.findings = formula.dead_links;
  if (slot.attribute == "exists" && !formula.kegs.empty() && is_foreign(prefix, host)) {
    out.findings.push_back(fmt::format(
        "it is built for Intel: the Homebrew in {} is, and this Mac is not", prefix.path.text));
  }
  if (slot.attribute == "exists" && !formula.other_name.empty()) {
    out.findings.push_back(
        fmt::format("`{}` is another name of `{}`", slot.key, formula.other_name));
  }
  return out;
}

class FormulaProvider final : public SlotProvider<Shared<prefixes, read_slot>> {
 public:
  FormulaProvider() : SlotProvider(formula_schema()) {}

  std::vector<std::string> keys(const Host& host) const override {
    const auto all = prefixes(host).all;
    return all.empty() ? std::vector<std::string>{} : installed_formulae(all.front(), host);
  }

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    if (!is_formula_name(change.key))
      return dsl::problem("R4002", fmt::format("`{}` is no name of a formula", change.key));
    const auto all = prefixes(host).all;
    engine::Prepared out;
    if (all.empty()) {
      out.note = fmt::format("there is no Homebrew yet in {}", brew_places);
      return out;
    }
    const Prefix& prefix = all.front();
    const Formula now = read_formula(prefix, change.key, host);
    if (!now.other_name.empty()) {
      return dsl::problem("R4002",
                          fmt::format("`{}` is another name of `{}`", change.key, now.other_name),
                          fmt::format("write `brew.formula \"{}\"`", now.other_name));
    }
    out.writes.push_back({prefix.path / "Cellar" / short_name(change.key), true});
    out.demands.needs_root = needs_other_user(prefix, host);
    out.demands.irreversible = is_one_way(change, now, host);
    if (is_mac(host) && !is_apple_silicon(host))
      out.note = "new bottles are not built for Intel: brew may compile it";
    return out;
  }

  dsl::Result<dsl::Done> apply(const Change& change, Host& host) const override {
    const auto all = prefixes(host).all;
    if (all.empty()) return without_prefix();
    return converge(change, all.front(), host);
  }

  dsl::Result<engine::Foresight> rehearse(const Change& change, Host& copy) const override {
    const auto all = prefixes(copy).all;
    if (all.empty()) return without_prefix();
    return foresee(change, all.front(), copy);
  }

  std::optional<engine::Guide> guide(const engine::Slot& slot, const dsl::Allowed& wanted,
                                     const Host& host) const override {
    const auto all = prefixes(host).all;
    if (slot.attribute != "exists" || all.empty() || !is_formula_name(slot.key)) return {};
    const char* verb = contains(wanted, Value(true)) ? "install" : "uninstall";
    return engine::Guide{
        {fmt::format("Run `{}/bin/brew {} {}`", all.front().path.text, verb, slot.key)}};
  }

 private:
  static dsl::Diagnostic without_prefix() {
    return dsl::problem("R4002", fmt::format("there is no Homebrew in {}", brew_places),
                        "assert `brew.install { prefix = … }`, which says how to get it");
  }

  /// brew installs no older version: an upgrade stays, and what is removed comes back only from a
  /// bottle that was kept.
  static bool is_one_way(const Change& change, const Formula& now, const Host& host) {
    if (now.kegs.empty()) return false;
    if (files::wants_absent(change))
      return now.kegs.size() > 1 || !kept_bottle(change.key, *now.active, host);
    return change.find("version") != nullptr;
  }
};

}  // namespace

std::unique_ptr<engine::Provider> formula_provider() { return std::make_unique<FormulaProvider>(); }

}  // namespace gopol::providers::brew

#include "providers/brew/formula_change.h"

#include <fmt/format.h>

#include <utility>

#include "providers/brew/kegs.h"
#include "providers/brew/offer.h"

namespace gopol::providers::brew {
namespace {

using dsl::Done;
using dsl::Result;
using dsl::Value;
using engine::Assignment;
using engine::Change;
using engine::Host;

/// One formula of one Homebrew, to be moved.
struct Subject {
  const Prefix& prefix;
  const std::string& name;
  Host& host;

  Formula now() const { return read_formula(prefix, name, host); }

  Result<Done> brew(std::vector<std::string> arguments) const {
    arguments.push_back(name);
    const auto output = run_brew(prefix, std::move(arguments), host);
    if (!output) return output.error();
    return Done{};
  }
};

/// What an assignment of `version` allows; any version if the policy names none.
dsl::Allowed allowed_of(const Assignment* version) {
  if (version == nullptr) return {};
  dsl::Allowed out = version->allowed;
  if (version->to.is_known()) out.one_of = std::vector<Value>{version->to};
  return out;
}

/// brew's index may be old: it is brought up to date only if what it has is not allowed.
Result<Offer> newest_offer(const Subject& of, const dsl::Allowed& allowed) {
  auto offer = ask_offer(of.prefix, of.name, of.host);
  if (!offer || dsl::contains(allowed, offer->version)) return offer;
  if (auto updated = run_brew(of.prefix, {"update", "--quiet"}, of.host); !updated)
    return updated.error();
  return ask_offer(of.prefix, of.name, of.host);
}

/// brew would install something else than the policy means.
Result<Done> check_offer(const Subject& of, const dsl::Allowed& allowed) {
  const auto offer = newest_offer(of, allowed);
  if (!offer) return offer.error();
  if (offer->name != short_name(of.name)) {
    return dsl::problem("R4002", fmt::format("`{}` is another name of `{}`", of.name, offer->name),
                        fmt::format("write `brew.formula \"{}\"`", offer->name));
  }
  if (dsl::contains(allowed, offer->version)) return Done{};
  return dsl::problem(
      "R4002",
      fmt::format("brew has {} {}, and the policy wants {}", of.name, offer->version.text,
                  dsl::to_text(allowed)),
      fmt::format("brew has one version of a formula; `{}@…` may be another", short_name(of.name)));
}

Result<Done> remove(const Subject& of) {
  const Formula now = of.now();
  if (now.kegs.empty()) return Done{};
  if (now.pinned) {
    if (auto done = of.brew({"unpin"}); !done) return done;
  }
  auto done = now.kegs.size() > 1 ? of.brew({"uninstall", "--force"}) : of.brew({"uninstall"});
  if (!done && now.pinned) (void)of.brew({"pin"});  // the first error is the one to tell
  return done;
}

/// A pin stops an upgrade, so it is taken off and set again.
Result<Done> upgrade(const Subject& of, bool pinned) {
  if (pinned) {
    if (auto done = of.brew({"unpin"}); !done) return done;
  }
  auto done = of.brew({"upgrade"});
  if (!pinned) return done;
  auto again = of.brew({"pin"});
  return done ? again : done;
}

Result<Done> bring_version(const Subject& of, const dsl::Allowed& allowed) {
  const Formula now = of.now();
  const bool right = now.active && dsl::contains(allowed, *now.active);
  if (right) return Done{};
  if (auto good = check_offer(of, allowed); !good) return good;
  auto done = now.kegs.empty() ? of.brew({"install"}) : upgrade(of, now.pinned);
  if (!done) return done;
  const Formula after = of.now();
  if (after.active && dsl::contains(allowed, *after.active)) return Done{};
  return dsl::problem("R4002",
                      fmt::format("after brew ended well, `{}` is {}", of.name,
                                  after.active ? after.active->text : std::string("absent")));
}

Result<Done> set_pin(const Subject& of, bool wanted) {
  if (of.now().pinned == wanted) return Done{};
  return of.brew({wanted ? "pin" : "unpin"});
}

}  // namespace

Result<Done> converge(const Change& change, const Prefix& prefix, Host& host) {
  const Subject of{prefix, change.key, host};
  const Assignment* exists = change.find("exists");
  if (exists != nullptr && exists->to == Value(false)) return remove(of);
  const bool was_absent = of.now().kegs.empty();
  const Assignment* version = change.find("version");
  if (exists != nullptr || version != nullptr) {
    if (auto done = bring_version(of, allowed_of(version)); !done) return done;
  }
  const Assignment* pinned = change.find("pinned");
  if (pinned == nullptr) return Done{};
  auto done = set_pin(of, pinned->to == Value(true));
  if (!done && was_absent) (void)remove(of);  // the first error is the one to tell
  return done;
}

}  // namespace gopol::providers::brew

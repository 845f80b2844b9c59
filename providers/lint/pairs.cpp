#include "providers/lint/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "providers/lint/pairs_here.h"
#include "providers/lint/pins.h"

namespace gopol::providers::lint {
namespace {

dsl::Version go(std::string text) { return {std::move(text), dsl::VersionScheme::go}; }
dsl::Version apple_version(std::string text) {
  return {std::move(text), dsl::VersionScheme::apple};
}

/// The releases of macOS in a set that `is_such`, in words: `macOS 11 and 12`; empty if none is.
template <class Test>
std::string macs_in(Machines where, const Subject& subject, const Test& is_such) {
  std::vector<std::string> names;
  const auto& releases = subject.kinds().releases();
  for (std::size_t i = 0; i < releases.size(); ++i) {
    const bool included = (subject.kinds().of_release(i) & where) != 0;
    if (included && is_such(apple_version(releases[i].version)))
      names.push_back(releases[i].version);
  }
  if (names.empty()) return {};
  const std::string last = names.back();
  names.pop_back();
  return names.empty() ? "macOS " + last
                       : fmt::format("macOS {} and {}", fmt::join(names, ", "), last);
}

/// The least version of the Command Line Tools or Xcode that a rule asks for.
std::optional<dsl::Version> least(const Said& tools) {
  const auto& allowed = tools.assertion->allowed;
  const dsl::Value* value = tools.value();
  if (value == nullptr && allowed.range && allowed.range->low) value = &allowed.range->low->value;
  const auto* version = value == nullptr ? nullptr : value->as<dsl::Version>();
  return version == nullptr ? std::nullopt : std::optional(*version);
}

/// The tools that rules ask for; one for each of their versions.
class Tools {
 public:
  explicit Tools(const Subject& subject) {
    for (const char* family : {"xcode.clt", "xcode.app"}) {
      for (const Said& said : subject.about(family, "version")) {
        const auto version = least(said);
        if (version) by_version_[version->text].add(said);
      }
    }
  }

  struct Found {
    std::string version;
    const Said* said = nullptr;
  };
  Found find(const Versions& versions, Machines where) const {
    for (const auto& [version, said] : by_version_) {
      if (!versions.holds(apple_version(version))) continue;
      if (const Said* one = said.on(where)) return {version, one};
    }
    return {};
  }

 private:
  std::map<std::string, FirstSaid> by_version_;
};

/// The parts of GOFLAGS that mend something, and where they are set.
class Mended {
 public:
  explicit Mended(const Subject& subject) {
    for (const BadPair& pair : subject.knowledge().bad_pairs) {
      for (const std::string& part : pair.unless) where_.emplace(part, 0);
    }
    for (const Said& said : subject.about_env("GOFLAGS")) {
      for (const std::string& flag : said.items()) {
        for (auto& [part, where] : where_) {
          if (flag.find(part) != std::string::npos) where |= said.where;
        }
      }
    }
  }

  Machines where(const BadPair& pair) const {
    Machines out = 0;
    for (const std::string& part : pair.unless) out |= where_.at(part);
    return out;
  }

 private:
  std::map<std::string, Machines> where_;
};

/// What one pin meets: the first pair, and the names of all.
class Met {
 public:
  void add(const BadPair& pair, std::string with, const Said* tools) {
    ids_.push_back(pair.id);
    if (pair_ != nullptr) return;
    pair_ = &pair;
    with_ = std::move(with);
    tools_ = tools;
  }

  void report(const Pin& pin, Diagnostics& out) const {
    if (pair_ == nullptr) return;
    auto found =
        finding(pin.said, fmt::format("Go {} and {} do not go together", pin.version, with_),
                fmt::format("known-bad pair: {}", fmt::join(ids_, ", ")), advice(*pair_));
    if (tools_ != nullptr) found.related.push_back({tools_->span(), "asked for here"});
    out.push_back(std::move(found));
  }

 private:
  const BadPair* pair_ = nullptr;
  std::string with_;
  const Said* tools_ = nullptr;
  std::vector<std::string> ids_;
};

}  // namespace

Diagnostics bad_pairs(const Subject& subject) {
  const Tools tools(subject);
  const Mended mended(subject);
  Diagnostics out;
  for (const Pin& pin : pins(subject)) {
    Met met;
    for (const BadPair& pair : subject.knowledge().bad_pairs) {
      const Machines where = pin.said.where & ~mended.where(pair);
      if (!pair.go.holds(go(pin.version))) continue;
      if (!pair.xcode.any()) {
        const auto found = tools.find(pair.xcode, where);
        if (found.said != nullptr) met.add(pair, "Xcode's tools " + found.version, found.said);
      } else if (subject.is_about_macs(pin.said.where)) {
        std::string macs = macs_in(
            where, subject, [&](const dsl::Version& macos) { return pair.macos.holds(macos); });
        if (!macs.empty()) met.add(pair, std::move(macs), nullptr);
      }
    }
    met.report(pin, out);
  }
  return out;
}

Diagnostics too_old_systems(const Subject& subject) {
  std::map<int, std::string> floors;
  for (const GoFloor& floor : subject.knowledge().floors)
    floors.emplace(minor_of(floor.go), floor.macos);
  Diagnostics out;
  for (const Pin& pin : pins(subject)) {
    const auto floor = floors.find(pin.minor);
    if (floor == floors.end() || !subject.is_about_macs(pin.said.where)) continue;
    const std::string macs = macs_in(pin.said.where, subject, [&](const dsl::Version& macos) {
      return compare(macos, apple_version(floor->second)) < 0;
    });
    if (macs.empty()) continue;
    out.push_back(finding(
        pin.said, fmt::format("Go {} does not run on {}", pin.version, macs),
        "the rule applies there too",
        fmt::format("write `when os.version >= {}`, or pin an older Go there", floor->second)));
  }
  return out;
}

}  // namespace gopol::providers::lint

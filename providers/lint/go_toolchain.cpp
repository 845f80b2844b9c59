#include "providers/lint/go_toolchain.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "dsl/value/go_version.h"
#include "providers/go/env/experiments.h"
#include "providers/lint/pins.h"

namespace gopol::providers::lint {
namespace {

bool switches(std::string_view setting) {
  return setting == "auto" || setting == "path" || setting.ends_with("+auto") ||
         setting.ends_with("+path");
}

std::string setting_of(const Said& said) {
  const auto items = said.items();
  return items.size() == 1 ? items.front() : std::string();
}

/// What makes a setting run another release than the pinned one; empty if nothing does.
std::string why_another(std::string_view setting, const Pin& pin) {
  if (switches(setting)) return "runs what go.mod asks for";
  const std::string other = dsl::go_version::from_toolchain(setting);
  if (other.empty() || dsl::go_version::compare(other, pin.version) == 0) return {};
  return fmt::format("runs {} instead", setting);
}

/// Releases from the newest on; 0 if none is known.
class Support {
 public:
  explicit Support(const Knowledge& knowledge) : releases_(knowledge.go) {
    for (const GoRelease& one : releases_) newest_ = std::max(newest_, minor_of(one.version));
    for (const GoRelease& one : releases_) {
      Series& series = series_[minor_of(one.version)];
      if (series.newest == nullptr || newer(one, *series.newest)) series.newest = &one;
      if (series.first == nullptr || one.date < series.first->date) series.first = &one;
      if (one.security) series.security.push_back(one.version);
    }
    const auto order = [](const std::string& a, const std::string& b) {
      return dsl::go_version::compare(a, b) < 0;
    };
    for (auto& [minor, series] : series_)
      std::sort(series.security.begin(), series.security.end(), order);
  }

  /// Go supports the two newest minors. Source: go.dev/doc/devel/release, "Release Policy".
  bool ended(int minor) const { return minor < newest_ - 1; }
  /// When the second minor after it came; nullptr if nobody knows.
  const GoRelease* end_of(int minor) const { return first(minor + 2); }
  const GoRelease* newest(int minor) const {
    const auto at = series_.find(minor);
    return at == series_.end() ? nullptr : at->second.newest;
  }
  int newest_minor() const { return newest_; }

  /// How many later releases of the same minor mend something about security.
  std::size_t mended_since(const Pin& pin) const {
    const auto at = series_.find(pin.minor);
    if (!pin.exact || at == series_.end()) return 0;
    const auto& all = at->second.security;
    const auto later = std::upper_bound(all.begin(), all.end(), pin.version,
                                        [](const std::string& a, const std::string& b) {
                                          return dsl::go_version::compare(a, b) < 0;
                                        });
    return static_cast<std::size_t>(all.end() - later);
  }

 private:
  struct Series {
    const GoRelease* newest = nullptr;
    const GoRelease* first = nullptr;
    std::vector<std::string> security;  ///< oldest first
  };
  static bool newer(const GoRelease& a, const GoRelease& b) {
    return dsl::go_version::compare(a.version, b.version) > 0;
  }
  const GoRelease* first(int minor) const {
    const auto at = series_.find(minor);
    return at == series_.end() ? nullptr : at->second.first;
  }

  const std::vector<GoRelease>& releases_;
  std::map<int, Series> series_;
  int newest_ = 0;
};

std::string better_releases(const Support& support) {
  std::string out;
  for (const int minor : {support.newest_minor(), support.newest_minor() - 1}) {
    const GoRelease* release = support.newest(minor);
    if (release != nullptr) out += (out.empty() ? "" : " or ") + release->version;
  }
  return out;
}

}  // namespace

Diagnostics defeated_pins(const Subject& subject) {
  const std::vector<Pin> all = pins(subject);
  std::map<const dsl::Assertion*, const Pin*> by_assertion;
  FirstSaid pinned;
  for (const Pin& pin : all) {
    if (!pin.exact || pin.said.value() == nullptr) continue;
    by_assertion.emplace(pin.said.assertion, &pin);
    pinned.add(pin.said);
  }
  Diagnostics out;
  for (const Said& said : subject.about_env("GOTOOLCHAIN")) {
    const Said* pin = pinned.on(said.where);
    if (pin == nullptr) continue;
    const Pin& release = *by_assertion.at(pin->assertion);
    const std::string setting = setting_of(said), why = why_another(setting, release);
    if (why.empty()) continue;
    auto found = finding(said,
                         fmt::format("`GOTOOLCHAIN = {}` lets another Go run than the pinned {}",
                                     setting, release.version),
                         why, "write `GOTOOLCHAIN = local`");
    found.related.push_back({pin->span(), "pinned here"});
    out.push_back(std::move(found));
  }
  return out;
}

Diagnostics unknown_experiments(const Subject& subject) {
  std::map<int, FirstSaid> by_minor;
  std::map<int, std::string> versions;
  const std::vector<Pin> all = pins(subject);
  for (const Pin& pin : all) {
    by_minor[pin.minor].add(pin.said);
    versions.emplace(pin.minor, pin.version);
  }
  Diagnostics out;
  for (const Said& said : subject.about_env("GOEXPERIMENT")) {
    for (const std::string& item : said.items()) {
      for (const auto& [minor, pinned] : by_minor) {
        const Said* pin = pinned.on(said.where);
        if (pin == nullptr || go::parse_experiments(item, minor, "darwin", "arm64")) continue;
        auto found = finding(said, fmt::format("Go 1.{} knows no experiment `{}`", minor, item),
                             "every go command fails", "remove it, or pin a Go that knows it");
        found.related.push_back({pin->span(), "pinned here"});
        out.push_back(std::move(found));
      }
    }
  }
  return out;
}

Diagnostics switched_roots(const Subject& subject) {
  Machines local = 0;
  for (const Said& said : subject.about_env("GOTOOLCHAIN")) {
    if (setting_of(said) == "local") local |= said.where;
  }
  Diagnostics out;
  for (const Said& said : subject.about_env("GOROOT")) {
    if (said.items().empty() || (said.where & ~local) == 0) continue;
    out.push_back(finding(said, "GOROOT stays, and GOTOOLCHAIN lets another Go run",
                          "the tree of one Go for another",
                          "write `unset GOROOT`: go finds its own tree"));
  }
  return out;
}

Diagnostics old_releases(const Subject& subject) {
  const Support support(subject.knowledge());
  std::vector<Pin> all = pins(subject);
  const std::vector<Pin> named = named_toolchains(subject, all);
  all.insert(all.end(), named.begin(), named.end());
  Diagnostics out;
  for (const Pin& pin : all) {
    const std::size_t mended = support.mended_since(pin);
    const bool ended = support.ended(pin.minor);
    if (!ended && mended == 0) continue;
    const std::string name = pin.exact ? "Go " + pin.version : fmt::format("Go 1.{}", pin.minor);
    const GoRelease* end = support.end_of(pin.minor);
    const GoRelease* newest = support.newest(pin.minor);
    std::string message = name;
    if (ended) message += " gets no more fixes";
    if (ended && end != nullptr) message += " since " + dsl::to_text(end->date);
    if (mended > 0)
      message += fmt::format("{} {} security release{} came after it", ended ? ", and" : ":",
                             mended, mended == 1 ? "" : "s");
    const std::string same = ended || newest == nullptr ? std::string() : newest->version;
    out.push_back(
        finding(pin.said, message, ended ? "out of support" : "known holes",
                fmt::format("move to {}", same.empty() ? better_releases(support) : same)));
  }
  return out;
}

Diagnostics translated_go(const Subject& subject) {
  Diagnostics out;
  for (const Said& said : subject.about("go.toolchain", "arch")) {
    const bool amd64 = setting_of(said) == "amd64";
    const bool only_arm64 = (said.where & subject.kinds().of_arch("x86_64")) == 0;
    if (!amd64 || !only_arm64 || (said.where & subject.kinds().macs()) == 0) continue;
    out.push_back(finding(said, "an amd64 Go on an arm64 Mac runs under Rosetta 2",
                          "builds amd64 programs, undebuggable", "write `arch = arm64`"));
  }
  return out;
}

}  // namespace gopol::providers::lint

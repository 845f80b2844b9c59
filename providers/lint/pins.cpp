#include "providers/lint/pins.h"

#include <charconv>
#include <set>

#include "dsl/value/go_version.h"

namespace gopol::providers::lint {
namespace {

/// Whether all of the range is of the minor that its low end is of.
bool stays_in_series(const dsl::Range& range, int minor) {
  const auto* high = range.high ? range.high->value.as<dsl::Version>() : nullptr;
  if (high == nullptr) return false;
  const int end = minor_of(high->text);
  const bool is_end_of_series =
      end == minor + 1 && !range.high->included && dsl::go_version::parse(high->text).patch.empty();
  return end == minor || is_end_of_series;
}

void add(const Said& said, const dsl::Value& value, bool exact, std::vector<Pin>& out) {
  const auto* version = value.as<dsl::Version>();
  const int minor = version == nullptr ? -1 : minor_of(version->text);
  if (minor >= 0) out.push_back({said, version->text, minor, exact});
}

}  // namespace

int minor_of(std::string_view bare) {
  const auto parts = dsl::go_version::parse(bare);
  int out = -1;
  if (parts.major != "1") return out;
  std::from_chars(parts.minor.data(), parts.minor.data() + parts.minor.size(), out);
  return out;
}

std::vector<Pin> pins(const Subject& subject) {
  std::vector<Pin> out;
  for (const Said& said : subject.about("go.toolchain", "version")) {
    const auto& [one_of, range, none_of, includes, excludes, globs] = said.assertion->allowed;
    if (one_of) {
      for (const dsl::Value& value : *one_of) add(said, value, true, out);
    } else if (range && range->low) {
      const auto* low = range->low->value.as<dsl::Version>();
      if (low != nullptr && stays_in_series(*range, minor_of(low->text)))
        add(said, range->low->value, false, out);
    }
  }
  return out;
}

std::vector<Pin> named_toolchains(const Subject& subject, const std::vector<Pin>& pinned) {
  std::set<std::string> known;
  for (const Pin& pin : pinned) known.insert(pin.version);
  std::vector<Pin> out;
  for (const Said& said : subject.about_env("GOTOOLCHAIN")) {
    for (const std::string& setting : said.items()) {
      const std::string bare =
          dsl::go_version::from_toolchain(setting.substr(0, setting.find('+')));
      if (bare.empty() || known.contains(bare)) continue;
      out.push_back({said, bare, minor_of(bare), true});
    }
  }
  return out;
}

}  // namespace gopol::providers::lint

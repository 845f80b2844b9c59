#include "providers/lint/macos.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "dsl/value/path.h"
#include "providers/read/go_text.h"

namespace gopol::providers::lint {
namespace {

/// Where Homebrew keeps its own things, by the processor it is built for.
constexpr std::string_view intel_folders[] = {"/usr/local/Cellar", "/usr/local/Homebrew",
                                              "/usr/local/opt"};
constexpr std::string_view intel_bins[] = {"/usr/local/bin", "/usr/local/sbin"};
constexpr std::string_view arm_prefix = "/opt/homebrew";

bool lies_within(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

template <std::size_t N>
bool lies_within_any(std::string_view path, const std::string_view (&folders)[N]) {
  return std::any_of(std::begin(folders), std::end(folders),
                     [&](std::string_view folder) { return lies_within(path, folder); });
}

bool says_intel(const Said& said) {
  const auto items = said.items();
  const bool prefix =
      said.assertion->slot.family == "brew.install" && said.assertion->slot.attribute == "prefix";
  return std::any_of(items.begin(), items.end(), [&](const std::string& item) {
    return (prefix && item == "/usr/local") || lies_within_any(item, intel_folders);
  });
}

bool says_arm64(const Said& said) {
  const auto items = said.items();
  return items.size() == 1 && items.front() == "arm64";
}

/// Calls `each(said)` for all assertions of the policy.
template <class Each>
void for_all_said(const Subject& subject, const Each& each) {
  for (std::size_t i = 0; i < subject.policy().rules.size(); ++i) {
    const auto& rule = subject.policy().rules[i];
    for (const dsl::Assertion& assertion : rule.assertions)
      each(Said{&rule, &assertion, subject.where()[i]});
  }
}

/// Whether folders of both Homebrews stand in one PATH.
bool names_both(const Said& said) {
  bool intel = false, arm = false;
  for (const std::string& item : said.items()) {
    for (const std::string_view folder : go::split(item, ':')) {
      intel =
          intel || lies_within_any(folder, intel_folders) || lies_within_any(folder, intel_bins);
      arm = arm || lies_within(folder, arm_prefix);
    }
  }
  return intel && arm;
}

bool builds_with_cgo(const Subject& subject) {
  for (const char* variable : {"CC", "CXX", "CGO_CFLAGS", "CGO_LDFLAGS"}) {
    if (!subject.about_env(variable).empty()) return true;
  }
  const auto& enabled = subject.about_env("CGO_ENABLED");
  return std::any_of(enabled.begin(), enabled.end(), [](const Said& said) {
    const auto items = said.items();
    return std::find(items.begin(), items.end(), "1") != items.end();
  });
}

bool speaks_of_sdk(const dsl::Policy& policy) {
  const auto is_sdk = [](const dsl::Slot& slot) { return slot.family == "xcode.sdk"; };
  if (std::any_of(policy.facts.begin(), policy.facts.end(), is_sdk)) return true;
  return std::any_of(policy.rules.begin(), policy.rules.end(), [&](const auto& rule) {
    return std::any_of(rule.assertions.begin(), rule.assertions.end(),
                       [&](const dsl::Assertion& one) { return is_sdk(one.slot); });
  });
}

}  // namespace

Diagnostics intel_prefix(const Subject& subject) {
  FirstSaid arm64;
  for (const Said& said : subject.about("brew.install", "arch")) {
    if (says_arm64(said)) arm64.add(said);
  }
  const Machines intel = subject.kinds().of_arch("x86_64");
  Diagnostics out;
  for_all_said(subject, [&](const Said& said) {
    const bool on_arm64_only = subject.is_about_macs(said.where) && (said.where & intel) == 0;
    const bool prefix = said.assertion->slot.family == "brew.install";
    if (!on_arm64_only && !(prefix && arm64.on(said.where) != nullptr)) return;
    if (!says_intel(said)) return;
    out.push_back(finding(said, "`/usr/local` is the Homebrew of Intel Macs", "not for arm64",
                          "Homebrew for arm64 lies in `/opt/homebrew`"));
  });
  return out;
}

Diagnostics two_homebrews(const Subject& subject) {
  Diagnostics out;
  for_all_said(subject, [&](const Said& said) {
    const std::string& family = said.assertion->slot.family;
    if ((family != "path" && family != "shell.profile") || !names_both(said)) return;
    out.push_back(finding(said, "the Homebrews for arm64 and for Intel are both in this PATH",
                          "a mix of two processors",
                          "keep `/opt/homebrew/bin`; run the other by its whole path"));
  });
  return out;
}

Diagnostics tools_without_sdk(const Subject& subject) {
  Diagnostics out;
  if (!builds_with_cgo(subject) || speaks_of_sdk(subject.policy())) return out;
  for (const char* attribute : {"version", "exists"}) {
    for (const Said& said : subject.about("xcode.clt", attribute)) {
      out.push_back(finding(said, "cgo needs an SDK too, and no rule looks at it",
                            "compiler without headers",
                            "write `warn sdk { xcode.sdk { version >= 14.5 } }`"));
    }
  }
  return out;
}

Diagnostics grants_by_path(const Subject& subject) {
  Diagnostics out;
  for_all_said(subject, [&](const Said& said) {
    const dsl::Slot& slot = said.assertion->slot;
    if (slot.family != "tcc.grant" || !slot.key.starts_with('/')) return;
    out.push_back(finding(
        said, fmt::format("a grant for the path `{}` ends with its next update", slot.key),
        "bound to one file",
        std::string_view(slot.key).find(".app/") != std::string_view::npos
            ? "name the program by its bundle id"
            : "what a terminal or an editor starts has the rights of that: name it, such as "
              "`com.apple.Terminal`"));
  });
  return out;
}

Diagnostics two_firsts(const Subject& subject) {
  FirstSaid go;
  for (const Said& said : subject.about("go.toolchain", "on_path")) {
    const dsl::Value* value = said.value();
    if (value != nullptr && *value == dsl::Value(true)) go.add(said);
  }
  Diagnostics out;
  for (const Said& said : subject.about("path", "first")) {
    const Said* other = go.on(said.where);
    if (other == nullptr || said.items().empty()) continue;
    auto found = finding(said, "two rules put a folder first in PATH, and one of them is second",
                         "before the toolchain, or after",
                         "write `on_path = false` there, or leave `path` to it");
    found.related.push_back({other->span(), "puts its `bin` first too"});
    out.push_back(std::move(found));
  }
  FirstSaid earlier;
  for (const Said& said : subject.about("path", "before")) {
    const Said* other = earlier.on(said.where);
    earlier.add(said);
    if (other == nullptr || other->rule == said.rule) continue;
    auto found = finding(said, "two rules put folders before others in PATH, in no order of theirs",
                         "before those of another rule, or after",
                         "name all of them in one rule: they then keep its order");
    found.related.push_back({other->span(), "the other rule"});
    out.push_back(std::move(found));
  }
  return out;
}

}  // namespace gopol::providers::lint

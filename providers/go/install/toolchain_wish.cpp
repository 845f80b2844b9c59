#include "providers/go/install/toolchain_wish.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "dsl/value/go_version.h"
#include "providers/go/env/env.h"
#include "providers/go/install/downloads.h"
#include "providers/go/install/tree_aside.h"
#include "providers/go/install/tree_manifest.h"
#include "providers/go/run/discovery.h"
#include "providers/go/run/go_tree.h"

namespace gopol::providers::go {
namespace {

using dsl::Path;
using dsl::Value;
using engine::Change;
using engine::FileStatus;
using engine::Host;

using Releases = std::vector<Release>;

const engine::Assignment* wanted(const Change& change, std::string_view attribute) {
  for (const auto& assignment : change.wanted) {
    if (assignment.slot.attribute == attribute) return &assignment;
  }
  return change.find(attribute);
}

const Value* wanted_value(const Change& change, std::string_view attribute) {
  const auto* found = wanted(change, attribute);
  return found != nullptr ? &found->to : nullptr;
}

std::optional<std::string> text_of(const Value* value) {
  if (value == nullptr) return {};
  if (const auto* text = value->as<std::string>()) return *text;
  if (const auto* path = value->as<Path>()) return path->text;
  if (const auto* version = value->as<dsl::Version>()) return version->text;
  return {};
}

/// That of the key, or the newest of a language version.
dsl::Result<std::string> version_of_key(const std::string& key, const Releases& releases,
                                        const ToolchainWish& wish) {
  if (!dsl::go_version::is_language_version(key)) return key;
  std::string newest;
  for (const Release& release : releases) {
    const std::string bare = dsl::go_version::from_toolchain(release.name);
    if (!release.stable || dsl::go_version::language(bare) != key) continue;
    if (newest.empty() || dsl::go_version::compare(bare, newest) > 0) newest = bare;
  }
  if (!newest.empty()) return newest;
  return dsl::problem(
      "R4002",
      fmt::format("gopol's list of releases has no Go {} for {}/{}", key, wish.os, wish.arch),
      "give the key an exact version and its `sha256`, or install a newer gopol");
}

/// An exact one, the newest in range, or the one that is there if only another processor is asked
/// for.
dsl::Result<std::string> choose_version(const Change& change, const Releases& releases,
                                        const ToolchainWish& wish, const Host& host) {
  const auto* version = wanted(change, "version");
  if (is_version_key(change.key) && (version == nullptr || !text_of(&version->to)))
    return version_of_key(change.key, releases, wish);
  if (version == nullptr) {
    const GoTree current = read_tree(host.disk(), wish.link);
    if (const auto text = text_of(&current.version)) return *text;
    return dsl::problem("R4002", "the policy does not say which version of Go",
                        "add `version = 1.22.2`");
  }
  if (const auto exact = text_of(&version->to)) return *exact;
  if (const auto newest = newest_allowed(releases, version->allowed)) return *newest;
  return dsl::problem("R4002",
                      fmt::format("gopol's list of releases has none for {}/{} that is {}", wish.os,
                                  wish.arch, dsl::to_text(version->allowed)),
                      "give an exact version and its `sha256`, or install a newer gopol");
}

/// A tree for another processor than the machine's lies beside the usual one, not in its place.
Path usual_directory(const ToolchainWish& wish, const Host& host) {
  const std::string other = wish.arch == native_arch(host.system()) ? "" : "-" + wish.arch;
  return own_trees(host.system()) / (wish.release + other);
}

dsl::Result<bool> holds_it(ToolchainWish& wish, const Host& host) {
  const auto status = host.disk().stat(wish.directory);
  if (!status) return status.error();
  if (status->type == FileStatus::Type::absent) return false;
  const GoTree tree = read_tree(host.disk(), wish.directory);
  if (is_release(tree, wish.release, wish.arch) && damage_of(wish.directory, host.disk()).empty())
    return true;
  const bool is_own = wish.directory.parent() == own_trees(host.system());
  wish.is_damaged = is_own && status->type == FileStatus::Type::folder &&
                    (has_manifest(wish.directory, host.disk()) || !tree.version.is_absent());
  if (wish.is_damaged) return false;
  if (status->type == FileStatus::Type::folder) {
    const auto names = host.disk().list(wish.directory);
    if (!names) return names.error();
    if (names->empty()) return false;
  }
  return dsl::problem("R4002",
                      fmt::format("`{}` is there and is no {} for {}", wish.directory.text,
                                  wish.release, wish.arch),
                      "move it away, or set `directory`; gopol does not remove it");
}

dsl::Result<dsl::Done> check_places(const ToolchainWish& wish, const Host& host) {
  const bool has_link = !wish.link.empty();
  if (!wish.directory.is_absolute() || (has_link && !wish.link.is_absolute())) {
    return dsl::problem("R4002", "`directory` and `link` are absolute paths");
  }
  if (!has_link) return dsl::Done{};
  if (wish.link.is_within(wish.directory) || wish.directory.is_within(wish.link)) {
    return dsl::problem("R4002",
                        fmt::format("the link `{}` and the directory `{}` lie in each other",
                                    wish.link.text, wish.directory.text));
  }
  const auto status = host.disk().stat(wish.link);
  if (!status) return status.error();
  if (status->type == FileStatus::Type::absent || status->type == FileStatus::Type::symlink)
    return dsl::Done{};
  return dsl::problem("R4002", fmt::format("`{}` is there and is no link", wish.link.text),
                      "move it away, or set `link`; gopol does not remove it");
}

dsl::Result<dsl::Done> choose_hash(const Change& change, const Releases& releases,
                                   const engine::Settings& settings, ToolchainWish& wish) {
  const Release* known = find_release(releases, wish.release);
  if (wish.is_there) {
    wish.note = fmt::format("{} is there already", wish.directory.text);
  } else if (const auto given = text_of(wanted_value(change, "sha256"))) {
    wish.sha256 = *given;
    wish.note = "sha256 from the policy";
  } else if (known != nullptr && !known->sha256.empty()) {
    wish.sha256 = known->sha256;
    wish.note = "sha256 from gopol's list of releases";
  } else if (settings.trust_index) {
    wish.note = "sha256 from the mirror's index";
  } else {
    return dsl::problem(
        "R4002",
        fmt::format("gopol knows no sha256 of {} for {}/{}", wish.release, wish.os, wish.arch),
        "set `sha256` in the policy, or `trust_index = true` in `[download]` of gopol.toml");
  }
  return dsl::Done{};
}

}  // namespace

bool is_version_key(std::string_view key) {
  return !key.empty() && key.front() >= '1' && key.front() <= '9' && dsl::go_version::is_valid(key);
}

Path tree_of_version(const std::string& key, const Host& host) {
  const Path folder = own_trees(host.system());
  std::string newest, newest_aside;
  const auto names = host.disk().list(folder);
  for (const std::string& name : names ? *names : std::vector<std::string>()) {
    const auto aside = name_of_aside(name);
    const std::string& called = aside ? *aside : name;
    std::string& best = aside ? newest_aside : newest;
    const std::string bare = dsl::go_version::from_toolchain(called);
    const bool is_one = dsl::go_version::is_language_version(key) && !bare.empty() &&
                        dsl::go_version::language(bare) == key;
    if (is_one && (best.empty() || dsl::go_version::compare_names(called, best) > 0)) best = called;
  }
  if (newest.empty()) newest = newest_aside;
  return folder / (newest.empty() ? dsl::go_version::release_name(key) : newest);
}

Path link_or_default(const Value* input, const engine::System& system) {
  const auto text = text_of(input);
  return text ? Path(*text) : default_toolchain_link(system);
}

dsl::Result<ToolchainWish> toolchain_wish(const Change& change, const engine::Settings& settings,
                                          const Host& host) {
  ToolchainWish out;
  out.os = host.system().platform() == "macos" ? "darwin" : "linux";
  out.arch = text_of(wanted_value(change, "arch")).value_or(native_arch(host.system()));
  if (!is_version_key(change.key))
    out.link = link_or_default(wanted_value(change, "link"), host.system());
  const auto releases = read_downloads(settings.share, out.os, out.arch);
  if (!releases) return releases.error();
  auto version = choose_version(change, *releases, out, host);
  if (!version) return version.error();
  out.version = std::move(*version);
  out.release = dsl::go_version::release_name(out.version);
  const auto directory = text_of(wanted_value(change, "directory"));
  out.directory = directory ? Path(*directory) : usual_directory(out, host);
  if (auto good = check_places(out, host); !good) return good.error();
  const auto there = holds_it(out, host);
  if (!there) return there.error();
  out.is_there = *there;
  if (auto done = choose_hash(change, *releases, settings, out); !done) return done.error();
  return out;
}

}  // namespace gopol::providers::go

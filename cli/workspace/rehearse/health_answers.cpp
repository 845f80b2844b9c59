#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cli/workspace/fact_names.h"
#include "cli/workspace/rehearse/questions.h"
#include "providers/health/health.h"
#include "providers/lint/pairs_here.h"

namespace gopol::cli {
namespace {

using dsl::Version;
using engine::Slot;

engine::Facts facts_of(const std::vector<Slot>& slots, const engine::World& world) {
  std::vector<engine::Wish> wishes;
  for (const Slot& slot : slots) wishes.push_back({slot});
  engine::Facts out;
  engine::collect(wishes, world.providers, world.host, out);
  return out;
}

void ask_doctor(const Questions& questions, const engine::World& world, Answers& out) {
  std::vector<Slot> slots;
  for (const std::string& family : questions.families) {
    const auto more = slots_named({family}, world);
    if (more) slots.insert(slots.end(), more->begin(), more->end());
  }
  const engine::Facts facts = facts_of(slots, world);
  for (const auto& one : providers::ailments(facts, world.schemas, world.host)) {
    if (one.severity != dsl::Severity::error) continue;
    // Another wrong value of the same is no other trouble.
    const std::string of = one.about.family.empty() ? one.what : dsl::to_text(one.about);
    out[{About::health, of}] = {Level::broken, one.what};
  }
}

std::optional<Version> version(const engine::Facts& facts, const Slot& slot) {
  const auto* out = facts.value(slot).as<Version>();
  return out == nullptr ? std::nullopt : std::optional(*out);
}

/// The Gos that run, on this macOS and its tools.
void ask_pairs(const Questions& questions, const RunningGos& running, const engine::World& world,
               Answers& out) {
  if (questions.bad_pairs.empty()) return;
  const Slot macos{"os", "", "version", ""}, active{"xcode.select", "", "active", ""},
      clt{"xcode.clt", "", "version", ""}, app{"xcode.app", "", "version", ""},
      flags{"go.env", "", "GOFLAGS", ""};
  const engine::Facts facts = facts_of({macos, active, clt, app, flags}, world);
  const auto* folder = facts.value(active).as<dsl::Path>();
  const bool is_clt = folder != nullptr && folder->text.ends_with("/CommandLineTools");
  const providers::lint::Here here{
      version(facts, macos), folder == nullptr ? std::nullopt : version(facts, is_clt ? clt : app),
      dsl::to_text(facts.value(flags))};
  for (const auto& go : running) {
    const auto* runs = go.version.as<Version>();
    if (runs == nullptr) continue;
    for (const auto* pair : pairs_here(*runs, here, questions.bad_pairs)) {
      const std::string name = fmt::format("go {}", runs->text);
      out[{About::health, fmt::format("{} and {}", name, pair->id)}] = {
          Level::poor, fmt::format("{} and this Mac do not go together: {}", name, pair->id)};
    }
  }
}

}  // namespace

void ask_health(const Questions& questions, const RunningGos& running, const engine::World& world,
                Answers& out) {
  ask_doctor(questions, world, out);
  ask_pairs(questions, running, world, out);
}

}  // namespace gopol::cli

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/apply/converge.h"
#include "engine/apply/undo.h"
#include "engine/record/state_folder.h"
#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/policy_text.h"
#include "tests/providers/machine.h"

namespace gopol::tests {

using namespace engine;

/// A machine, what policies do to it, and what `undo` takes back.
class Life {
 public:
  Life() {
    temp().write("home/ann/a", "old");
    temp().write("home/ann/.profile", "# mine\n");
    temp().write("home/ann/old", "x");
    use_disk(0);
  }

  FaultyDisk& use_disk(int fail_at, bool for_good = false) {
    auto disk = std::make_unique<FaultyDisk>(rooted_disk(temp().path()), fail_at, for_good);
    FaultyDisk& out = *disk;
    host_.emplace(std::move(disk), recorded_programs(temp() / "no-tools", temp().path(), {}),
                  recorded_system(machine_.is), net_client({}, nullptr));
    return out;
  }

  /// A person applies a policy, whose version is its text.
  void apply(std::string_view text) {
    const auto made = try_apply(text);
    REQUIRE(made);
    const bool done = made->ending == Convergence::Ending::unchanged || made->converged();
    REQUIRE(done);
  }
  dsl::Result<Convergence> try_apply(std::string_view text,
                                     const Past& how = {.ends_holds = true}) {
    dsl::SourceMap sources;
    const auto policy = tests::policy_of(std::string(text), schemas_, sources);
    ConvergeCallbacks callbacks{.consent = [](const Planned&) { return true; }};
    callbacks.place = [&](dsl::SourceSpan span) {
      return std::to_string(sources.locate(span.source, span.begin).line);
    };
    return converge({policy,
                     schemas_,
                     providers_,
                     *host_,
                     home_state,
                     nullptr,
                     "p.policy",
                     "",
                     {},
                     usual_keep,
                     past_for(text, how)},
                    callbacks);
  }
  /// The items of a plan that an agent, or `how`, would make.
  std::vector<Item> items(std::string_view text, const Past& how = {}) const {
    dsl::SourceMap sources;
    const auto policy = tests::policy_of(std::string(text), schemas_, sources);
    const Ledger known = ledger();
    Past past = past_for(text, how);
    past.ledger = &known;
    past.now = host_->system().now();
    auto planned = plan_on(policy, {providers_, schemas_, *host_}, past);
    REQUIRE(planned);
    return std::move(planned->plan.items);
  }
  /// The clock goes on.
  void wait(std::chrono::seconds time) {
    machine_.is.now = host_->system().now() + time;
    use_disk(0);
  }
  dsl::Result<Undone> undo(const UndoChoice& choice = {}, bool consent = true) {
    UndoCallbacks callbacks{.consent = [=](const UndoPlan&) { return consent; }};
    return engine::undo({choice, providers_, *host_, home_state}, callbacks);
  }
  dsl::Result<Undone> leave() {
    UndoCallbacks callbacks{.consent = [](const UndoPlan&) { return true; }};
    UndoChoice all;
    all.all = true;
    return engine::undo({all, providers_, *host_, home_state, {home_state}}, callbacks);
  }
  UndoPlan plan(const UndoChoice& choice = {}) const {
    auto out = plan_undo(choice, *read_journal(journal_file(state())), providers_, *host_);
    REQUIRE(out);
    return std::move(*out);
  }
  Slot slot(const char* family, const char* key, const char* attribute) const {
    return {family, key, attribute, ""};
  }

  /// What is in the home but gopol's own: type, mode and bytes of each path.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> out;
    namespace fs = std::filesystem;
    for (const auto& entry : fs::recursive_directory_iterator((temp() / "home/ann").text)) {
      const std::string path = entry.path().string();
      if (path.find("/home/ann/state") != std::string::npos) continue;
      const auto status = fs::symlink_status(entry.path());
      std::string what = std::to_string(static_cast<unsigned>(status.permissions()));
      if (fs::is_symlink(status)) {
        what = "-> " + fs::read_symlink(entry.path()).string();
      } else if (fs::is_regular_file(status)) {
        what += " " + temp().read(path.substr(temp().path().text.size() + 1));
      }
      out[path] = what;
    }
    return out;
  }
  Ledger ledger() const { return *Ledger::load(*real_disk(), ledger_file(state())); }
  Path state() const { return temp() / "home/ann/state"; }
  const tests::TempFolder& temp() const { return machine_.temp; }

 private:
  static Past past_for(std::string_view text, Past how) {
    how.policy = "p.policy";
    how.version = std::string(text);
    return how;
  }

  const Path home_state{"/home/ann/state"};
  tests::Machine machine_;
  Providers providers_ = gopol::providers::standard_providers({}, {});
  dsl::Schemas schemas_ = schemas_of(providers_);
  std::optional<Host> host_;
};

}  // namespace gopol::tests

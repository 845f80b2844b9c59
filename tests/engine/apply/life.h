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
#include "engine/recorded/machine_file.h"
#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/policy_text.h"
#include "tests/providers/machine.h"

namespace gopol::tests {

using namespace engine;

/// A machine, what policies do to it, and what `undo` takes back.
class Life {
 public:
  Life() : root_(temp().path()) {
    temp().write("home/ann/a", "old");
    temp().write("home/ann/.profile", "# mine\n");
    temp().write("home/ann/old", "x");
    use_disk(0);
  }

  /// On a copy of one of examples/machines; its /etc is root's.
  explicit Life(const std::string& recorded) : root_(temp() / "root") {
    namespace fs = std::filesystem;
    const std::string from = std::string(GOPOL_SOURCE_DIR "/examples/machines/") + recorded;
    fs::copy(from, temp().path().text,
             fs::copy_options::recursive | fs::copy_options::copy_symlinks |
                 fs::copy_options::overwrite_existing);
    dsl::SourceMap sources;
    auto said =
        parse_machine_file(sources.add("machine.toml", temp().read("machine.toml")), sources);
    REQUIRE(said);
    machine_.is = std::move(said->system);
    machine_.is.user.uid = ::getuid();
    machine_.is.user.gid = ::getgid();
    home_ = machine_.is.user.home;
    home_state_ = home_ / "state";
    use_disk(0);
  }

  FaultyDisk& use_disk(int fail_at, bool for_good = false) {
    auto disk = std::make_unique<FaultyDisk>(rooted_disk(root_), fail_at, for_good);
    disk->is_roots = [](const Path& path) {
      return path.is_within(Path("/etc")) || path.is_within(Path("/private/etc"));
    };
    FaultyDisk& out = *disk;
    host_.emplace(std::move(disk), programs(), recorded_system(machine_.is),
                  net_client({}, nullptr));
    return out;
  }
  void keep_state_in(std::string_view below_home) { home_state_ = home_ / below_home; }
  /// Who is asked for root's part: sudo may refuse.
  void refuse_sudo(bool refuses) { refuses_ = refuses; }
  const Path& home() const { return home_; }
  bool is_mac() const { return machine_.is.platform == "macos"; }
  std::chrono::seconds now() const {
    return std::chrono::duration_cast<std::chrono::seconds>(
        host_->system().now().time_since_epoch());
  }
  /// Where a path of the machine lies in `temp`.
  std::string in_temp(const Path& path) const {
    return (root_.text + path.text).substr(temp().path().text.size() + 1);
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
    return converge({policy, schemas_, providers_, *host_, home_state_, nullptr, "p.policy", "",
                     root_start(), usual_keep, past_for(text, how)},
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
    return engine::undo({choice, providers_, *host_, home_state_, {}, root_start()}, callbacks);
  }
  dsl::Result<Undone> leave(bool purges = false) {
    UndoCallbacks callbacks{.consent = [](const UndoPlan&) { return true; }};
    UndoChoice all;
    all.all = true;
    all.purge_aside = purges;
    return engine::undo({all, providers_, *host_, home_state_, {home_state_}, root_start()},
                        callbacks);
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
    for (const auto& entry : fs::recursive_directory_iterator(root_.text + home_.text)) {
      const std::string path = entry.path().string();
      if (path.starts_with(state().text)) continue;
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
  Path state() const { return Path(root_.text + home_state_.text); }
  const tests::TempFolder& temp() const { return machine_.temp; }

 private:
  static Past past_for(std::string_view text, Past how) {
    how.policy = "p.policy";
    how.version = std::string(text);
    return how;
  }

  std::unique_ptr<Programs> programs() const {
    return recorded_programs(temp() / "no-tools", root_, {});
  }
  /// Root's own process sees the same disk, whose every file it may write.
  RootStart root_start() {
    return [this](const RootWork&) -> dsl::Result<std::unique_ptr<Maker>> {
      if (refuses_) return dsl::problem("R4005", "sudo: 3 incorrect password attempts");
      root_host_.emplace(rooted_disk(root_), programs(), recorded_system(machine_.is),
                         net_client({}, nullptr));
      return maker_here(providers_, *root_host_);
    };
  }

  tests::Machine machine_;
  Path root_, home_{"/home/ann"}, home_state_{"/home/ann/state"};
  bool refuses_ = false;
  Providers providers_ = gopol::providers::standard_providers({}, {});
  dsl::Schemas schemas_ = schemas_of(providers_);
  std::optional<Host> host_, root_host_;
};

}  // namespace gopol::tests

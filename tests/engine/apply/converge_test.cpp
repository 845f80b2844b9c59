#include "engine/apply/converge.h"

#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <set>

#include "dsl/check/check.h"
#include "dsl/syntax/parse.h"
#include "engine/plan/agreement.h"
#include "engine/real/write_file.h"
#include "engine/record/lock.h"
#include "engine/record/state_folder.h"
#include "providers/providers.h"
#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/other_process.h"
#include "tests/policy_text.h"
#include "tests/providers/machine.h"

using namespace gopol::engine;
using gopol::tests::FaultyDisk;
using Ending = Convergence::Ending;
namespace dsl = gopol::dsl;
namespace tests = gopol::tests;

namespace {

constexpr std::string_view policy_text =
    "enforce keep { because \"r\" directory \"/home/ann/x\" { mode = \"0750\" } "
    "directory \"/home/ann/x\" present "
    "file \"/home/ann/a\" { content = \"new\" mode = \"0600\" } "
    "symlink \"/home/ann/l\" { target = \"a\" } symlink \"/home/ann/l\" present "
    "line \"/home/ann/.profile\" { lines includes [\"umask 022\"] } "
    "file \"/home/ann/old\" absent } "
    "enforce other { because \"r\" file \"/home/ann/none\" absent }";

/// A machine with files that a policy changes, and a run on it.
class Box {
 public:
  explicit Box(std::string_view text = policy_text)
      : schemas_(schemas_of(providers_)),
        policy_(tests::policy_of(std::string(text), schemas_, sources_)) {
    temp().write("home/ann/a", "old");
    temp().write("home/ann/.profile", "# mine\n");
    temp().write("home/ann/old", "x");
    use_good_disk();
  }

  /// Its nth writing call fails; if `for_good`, all later ones too.
  FaultyDisk& use_disk(int fail_at, bool for_good) {
    auto disk = std::make_unique<FaultyDisk>(rooted_disk(temp().path()), fail_at, for_good);
    FaultyDisk& out = *disk;
    host_.emplace(std::move(disk), recorded_programs(temp() / "no-tools", temp().path(), {}),
                  recorded_system(machine_.is), net_client({}, nullptr));
    return out;
  }
  FaultyDisk& use_good_disk() { return use_disk(0, false); }

  dsl::Result<Convergence> run() {
    return converge({policy_, schemas_, providers_, *host_, Path("/home/ann/state"), agreed,
                     "p.policy", "4f2c91a"},
                    callbacks);
  }
  dsl::Result<Planned> plan() { return plan_on(policy_, {providers_, schemas_, *host_}, {}); }

  const tests::TempFolder& temp() const { return machine_.temp; }
  Path state() const { return temp() / "home/ann/state"; }
  dsl::Result<JournalContent> journal() const { return read_journal(journal_file(state())); }
  dsl::Result<Ledger> ledger() const { return Ledger::load(*real_disk(), ledger_file(state())); }
  bool lock_is_free() const {
    return !temp().has("home/ann/state") ||
           RunLock::take(state(), "test", std::chrono::system_clock::time_point());
  }
  std::set<std::string> names(const std::string& folder) const {
    const auto all = real_disk()->list(temp() / folder);
    return all ? std::set<std::string>(all->begin(), all->end()) : std::set<std::string>();
  }
  bool is_as_asked() const {
    return temp().read("home/ann/a") == "new" && temp().read("home/ann/l") == "new" &&
           temp().has("home/ann/x") && !temp().has("home/ann/old") &&
           temp().read("home/ann/.profile").find("umask 022\n") != std::string::npos;
  }
  bool is_untouched() const {
    return names("home/ann") == std::set<std::string>{"a", ".profile", "old"} &&
           temp().read("home/ann/a") == "old" && temp().read("home/ann/.profile") == "# mine\n";
  }

  const Plan* agreed = nullptr;
  ConvergeCallbacks callbacks{.consent = [](const Planned&) { return true; }};

 private:
  tests::Machine machine_;
  dsl::SourceMap sources_;
  Providers providers_ = gopol::providers::standard_providers({}, {});
  dsl::Schemas schemas_;
  dsl::Policy policy_;
  std::optional<Host> host_;
};

/// Every file is the old one or the new one, nothing else lies about, and the records can be read.
void check_whole(const Box& box) {
  const std::set<std::string> known{"a", ".profile", "old", "l", "x", "state"};
  for (const std::string& name : box.names("home/ann")) CHECK(known.contains(name));
  const std::set<std::string> records{"lock", "journal.jsonl", "ledger.json"};
  for (const std::string& name : box.names("home/ann/state")) CHECK(records.contains(name));
  const std::string file = box.temp().read("home/ann/a");
  CHECK((file == "old" || file == "new"));
  const std::string profile = box.temp().read("home/ann/.profile");
  CHECK(profile.starts_with("# mine\n"));
  CHECK((profile == "# mine\n" || profile.find("umask 022\n") != std::string::npos));
  CHECK(box.journal());
  CHECK(box.ledger());
  CHECK(box.lock_is_free());
}

/// A run on a good disk makes what an earlier one left, and remembers what was there at first.
void check_recovery(Box& box) {
  box.use_good_disk();
  const auto made = box.run();
  REQUIRE(made);
  CHECK((made->ending == Ending::unchanged || made->converged()));
  CHECK(box.is_as_asked());
  CHECK(box.journal()->unfinished().empty());
  const auto ledger = box.ledger();
  REQUIRE(ledger);
  const Owned* content = ledger->find({"file", "/home/ann/a", "content", ""});
  REQUIRE(content != nullptr);
  CHECK(content->before == Value("old"));
  CHECK(content->value == dsl::to_text(Value("new")));
  const std::string bytes = box.temp().read("home/ann/state/ledger.json");
  const auto again = box.run();
  REQUIRE(again);
  CHECK(again->ending == Ending::unchanged);
  CHECK(box.temp().read("home/ann/state/ledger.json") == bytes);
}

template <class T>
std::string code_of(const dsl::Result<T>& result) {
  return result ? "" : result.error().front().code;
}

}  // namespace

TEST_CASE("a run makes the policy so, records it, and a second has nothing to do") {
  Box box;
  std::vector<std::string> places;
  box.callbacks.place = [](dsl::SourceSpan) { return "p.policy:1"; };
  const auto made = box.run();
  REQUIRE(made);
  CHECK(made->converged());
  CHECK(box.is_as_asked());
  const auto journal = box.journal();
  REQUIRE(journal);
  REQUIRE(journal->runs.size() == 1);
  CHECK(journal->runs[0].outcome == "converged");
  CHECK(journal->runs[0].policy == "p.policy");
  CHECK(journal->entries.size() == 2 * made->report.outcomes.size());
  CHECK(journal->entries.front().place == "p.policy:1");
  CHECK(journal->entries.front().commit == "4f2c91a");
  check_recovery(box);
  CHECK(box.journal()->runs.size() == 1);
}

TEST_CASE("a disk that fails at any call leaves nothing half done, and a second run recovers") {
  for (const bool for_good : {false, true}) {
    for (int n = 1;; ++n) {
      CAPTURE(for_good, n);
      Box box;
      const FaultyDisk& disk = box.use_disk(n, for_good);
      const auto made = box.run();
      if (disk.calls() < n) {
        REQUIRE(n > 8);
        CHECK(made->converged());
        break;
      }
      CHECK((!made || !made->converged()));
      if (!made) CHECK(box.names("home/ann/state").count("journal.jsonl") <= 1);
      if (!made) CHECK(box.temp().read("home/ann/a") == "old");
      check_whole(box);
      CHECK(box.journal()->unfinished().empty());
      check_recovery(box);
    }
  }
}

TEST_CASE("a run that is killed at any call is taken over by the next") {
  std::size_t taken_over = 0;
  for (int n = 1;; ++n) {
    CAPTURE(n);
    Box box;
    const int answer = tests::in_other_process([&] {
      box.use_disk(n, false).on_fault = [] { ::_exit(9); };
      const auto made = box.run();
      return made && made->converged() ? 0 : 1;
    });
    if (answer == 0) break;
    REQUIRE(answer == 9);
    check_whole(box);
    box.callbacks.take_over = [&](const JournalEntry&) { ++taken_over; };
    check_recovery(box);
  }
  CHECK(taken_over > 3);
}

TEST_CASE("without consent nothing is touched") {
  Box box;
  const FaultyDisk& disk = box.use_good_disk();
  SECTION("nobody is there to ask") { box.callbacks.consent = {}; }
  SECTION("the answer is no") {
    box.callbacks.consent = [](const Planned&) { return false; };
  }
  const auto made = box.run();
  REQUIRE(made);
  CHECK(made->ending == Ending::declined);
  CHECK(!made->converged());
  CHECK(!made->left->plan.changes.empty());
  CHECK(disk.calls() == 0);
  CHECK(box.is_untouched());
}

TEST_CASE("a refusal of consent is the run's error") {
  Box box;
  box.callbacks.consent = [](const Planned&) -> dsl::Result<bool> {
    return dsl::problem("T6001", "not this policy");
  };
  CHECK(code_of(box.run()) == "T6001");
  CHECK(box.is_untouched());
}

TEST_CASE("the plan is shown before anybody is asked, made without the right to write") {
  Box box;
  std::vector<std::string> order;
  box.callbacks.show = [&](const Planned& planned, const Confinement& held) {
    order.push_back("show");
    CHECK(!planned.plan.changes.empty());
    CHECK(held.enforced == held.reason.empty());
  };
  box.callbacks.consent = [&](const Planned&) {
    order.push_back("consent");
    CHECK(!box.temp().has("home/ann/state"));
    return true;
  };
  REQUIRE(box.run());
  CHECK(order == std::vector<std::string>{"show", "consent"});
}

TEST_CASE("a machine that moved while a person thought is left alone") {
  Box box;
  box.callbacks.consent = [&](const Planned&) {
    box.temp().write("home/ann/a", "other");
    return true;
  };
  CHECK(code_of(box.run()) == "R4006");
  CHECK(box.temp().read("home/ann/a") == "other");
  CHECK(box.temp().has("home/ann/old"));
  CHECK(!box.temp().has("home/ann/state/ledger.json"));
  CHECK(box.lock_is_free());
}

TEST_CASE("a file that changes right before its change is left alone, and others are made") {
  Box box;
  box.callbacks.tell = [&](const PlannedChange& planned, const Outcome* outcome) {
    const bool begins = outcome == nullptr && planned.change.key == "/home/ann/.profile";
    if (begins) box.temp().write("home/ann/.profile", "# theirs\n");
  };
  const auto made = box.run();
  REQUIRE(made);
  CHECK(!made->converged());
  CHECK(box.temp().read("home/ann/.profile") == "# theirs\n");
  CHECK(box.temp().read("home/ann/a") == "new");
  std::vector<std::string> codes;
  for (const Outcome& outcome : made->report.outcomes) {
    if (!outcome.why.empty()) codes.push_back(outcome.why.front().code);
  }
  CHECK(codes == std::vector<std::string>{"R4006"});
}

TEST_CASE("what a saved plan does not allow is not even shown") {
  Box box;
  auto planned = box.plan();
  REQUIRE(planned);
  box.agreed = &planned->plan;
  SECTION("the same plan is allowed") { CHECK(box.run()->converged()); }
  SECTION("another is not") {
    const std::size_t change = planned->plan.changes.front().items.front();
    Item& item = planned->plan.items[change];
    SECTION("of another target") { item.target = Value("third"); }
    SECTION("of another value now") { item.current = Value("third"); }
    SECTION("of another rule") { item.rule = 1; }
    SECTION("that needed root") { item.demands.needs_root = true; }
    SECTION("that could not be undone") { item.demands.irreversible = true; }
    SECTION("with one change less") { planned->plan.items.pop_back(); }
    box.callbacks.show = [](const Planned&, const Confinement&) { CHECK(false); };
    CHECK(code_of(box.run()) == "R4006");
    CHECK(box.is_untouched());
  }
}

TEST_CASE("while another run has the lock nothing is changed") {
  Box box;
  std::optional<dsl::Result<RunLock>> other;
  box.callbacks.consent = [&](const Planned&) {
    std::filesystem::create_directories(box.state().text);
    other.emplace(RunLock::take(box.state(), "apply", std::chrono::system_clock::time_point()));
    return true;
  };
  CHECK(code_of(box.run()) == "R4101");
  CHECK(box.temp().read("home/ann/a") == "old");
  CHECK(box.names("home/ann/state") == std::set<std::string>{"lock"});
  other.reset();
  box.callbacks.consent = [](const Planned&) { return true; };
  check_recovery(box);
}

TEST_CASE("what another run recorded meanwhile is kept") {
  Box box;
  const Slot theirs{"go.env", "", "GOPROXY", ""};
  box.callbacks.consent = [&](const Planned&) {
    Ledger other;
    Owned owned;
    owned.allowed = dsl::Allowed{};
    owned.value = Value("off");
    owned.rule = "their.rule";
    owned.policy = "their.policy";
    owned.before = Value("direct");
    other.put(theirs, owned);
    std::filesystem::create_directories(box.state().text);
    CHECK(other.save(*real_disk(), ledger_file(box.state())));
    return true;
  };
  REQUIRE(box.run());
  const auto ledger = box.ledger();
  REQUIRE(ledger);
  REQUIRE(ledger->find(theirs) != nullptr);
  CHECK(ledger->find(theirs)->before == Value("direct"));
  CHECK(ledger->find({"file", "/home/ann/a", "content", ""}) != nullptr);
}

TEST_CASE("lock, journal and ledger are there before the first change") {
  Box box;
  bool looked = false;
  box.callbacks.tell = [&](const PlannedChange&, const Outcome* outcome) {
    if (looked || outcome != nullptr) return;
    looked = true;
    CHECK(!box.lock_is_free());
    CHECK(box.journal()->runs.size() == 1);
    const auto ledger = box.ledger();
    const Owned* noted = ledger->find({"file", "/home/ann/a", "content", ""});
    REQUIRE(noted != nullptr);
    CHECK(noted->before == Value("old"));
    CHECK(!noted->value);
    CHECK(box.temp().read("home/ann/a") == "old");
  };
  REQUIRE(box.run());
  CHECK(looked);
  CHECK(box.lock_is_free());
}

TEST_CASE("what a killed run left beside its files is removed, and nothing else") {
  Box box;
  REQUIRE(box.run());
  const std::string ours = "home/ann/" + temporary_names("999999") + "1";
  const std::string others = "home/ann/" + temporary_names("888888") + "1";
  {
    auto journal = Journal::open(journal_file(box.state()));
    JournalEntry begun;
    begun.run = "1795422600000-999999";
    begun.family = "file";
    begun.files = {{Path("/home/ann/a"), {}, ""}};
    REQUIRE(journal->append(begun));
  }
  box.temp().write(ours, "half");
  box.temp().write(others, "half");
  std::vector<std::string> told;
  box.callbacks.take_over = [&](const JournalEntry& entry) { told.push_back(entry.family); };
  SECTION("with something to change") { box.temp().write("home/ann/a", "drifted"); }
  SECTION("with nothing to change but something to record") {
    std::filesystem::remove(ledger_file(box.state()).text);
  }
  const auto made = box.run();
  REQUIRE(made);
  CHECK(told == std::vector<std::string>{"file"});
  CHECK(!box.temp().has(ours));
  CHECK(box.temp().has(others));
  const auto journal = box.journal();
  CHECK(journal->unfinished().empty());
  const auto closed =
      std::find_if(journal->entries.begin(), journal->entries.end(), [](const JournalEntry& entry) {
        return entry.run == "1795422600000-999999" && entry.step == Step::failed;
      });
  REQUIRE(closed != journal->entries.end());
  CHECK(closed->detail == "killed; taken over by the next run");
}

TEST_CASE("records that are damaged stop a run before the first change") {
  Box box;
  SECTION("the ledger") { box.temp().write("home/ann/state/ledger.json", "{"); }
  SECTION("the journal") { box.temp().write("home/ann/state/journal.jsonl", "rubbish\n"); }
  CHECK(code_of(box.run()) == "R4102");
  CHECK(box.temp().read("home/ann/a") == "old");
  CHECK(box.lock_is_free());
}

TEST_CASE("a journal that grows no further stops the run, and the next one goes on") {
  std::set<int> answers;
  for (rlim_t most = 40; most < 8000; most += 400) {
    CAPTURE(most);
    Box box;
    const int answer = tests::in_other_process([&] {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{most, most};
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 7;
      const auto made = box.run();
      if (!made) return 1;
      return made->converged() ? 0 : 2;
    });
    answers.insert(answer);
    if (answer == 1) CHECK(box.temp().read("home/ann/a") == "old");
    check_whole(box);
    check_recovery(box);
  }
  CHECK(answers == std::set<int>{0, 1, 2});
}

namespace {

/// A world whose slots need no disk.
struct FakeBox {
  FakeBox() {
    providers.push_back(tests::fake_provider(tests::fake_schema("thing"), world));
    schemas = schemas_of(providers);
    policy = tests::policy_of("enforce r { thing { a = \"1\" b = \"2\" } }", schemas, sources);
  }
  dsl::Result<Convergence> run() {
    Host host = machine.host();
    return converge(
        {policy, schemas, providers, host, Path("/home/ann/state"), nullptr, "p.policy", ""},
        {.consent = [](const Planned&) { return true; }});
  }

  tests::Machine machine;
  tests::FakeWorld world;
  dsl::SourceMap sources;
  Providers providers;
  dsl::Schemas schemas;
  dsl::Policy policy;
};

}  // namespace

TEST_CASE("a change that fails is recorded as failed, and is left to do") {
  FakeBox box;
  box.world.failing.insert("thing.b");
  const auto made = box.run();
  REQUIRE(made);
  CHECK(made->ending == Ending::applied);
  CHECK(!made->report.converged());
  CHECK(!made->converged());
  CHECK(made->errors.empty());
  REQUIRE(made->left);
  CHECK(made->left->plan.changes.size() == 1);
  const auto journal = read_journal(journal_file(box.machine.temp / "home/ann/state"));
  CHECK(journal->runs[0].outcome == "not converged");
  CHECK(journal->entries.back().step == Step::failed);
  box.world.failing.clear();
  CHECK(box.run()->converged());
}

TEST_CASE("what holds from the start is recorded once and not applied") {
  FakeBox box;
  box.world.values["thing.a"] = "1";
  box.world.values["thing.b"] = "2";
  const auto made = box.run();
  REQUIRE(made);
  CHECK(made->ending == Ending::unchanged);
  CHECK(box.world.written.empty());
  const Path file = ledger_file(box.machine.temp / "home/ann/state");
  CHECK(Ledger::load(*real_disk(), file)->slots().size() == 2);
}

TEST_CASE("two unknown values are the same, whatever the reasons") {
  Item item;
  item.current = dsl::Unknown{"shut", ""};
  Plan one, other;
  one.items.push_back(item);
  item.current = dsl::Unknown{"not there", ""};
  other.items.push_back(item);
  dsl::Policy policy;
  policy.rules.emplace_back();
  CHECK(same_agreement(one, other, policy));
  other.items[0].current = Value("known");
  CHECK(!same_agreement(one, other, policy));
}

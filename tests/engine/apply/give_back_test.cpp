#include "engine/plan/given_back.h"

#include "tests/catch.h"
#include "tests/engine/apply/life.h"

using namespace gopol::engine;
using gopol::tests::Life;
namespace dsl = gopol::dsl;

namespace {

constexpr std::string_view a_and_b =
    "enforce a { because \"r\" file \"/home/ann/a\" { content = \"new\" mode = \"0600\" } "
    "file \"/home/ann/deep/er/b\" { content = \"b\" } symlink \"/home/ann/l\" { target = \"a\" } "
    "line \"/home/ann/.profile\" { lines includes [\"umask 022\"] } file \"/home/ann/old\" absent "
    "} "
    "enforce b { because \"r\" file \"/home/ann/c\" { content = \"c\" } }";
constexpr std::string_view only_b =
    "enforce b { because \"r\" file \"/home/ann/c\" { content = \"c\" } }";
constexpr std::string_view guarded =
    "enforce a { because \"r\" when %s file \"/home/ann/a\" { content = \"new\" } }";

std::string when(const std::string& guard) {
  std::string out(guarded);
  return out.replace(out.find("%s"), 2, guard);
}

/// State and cause of the one item that is not as it should be; `none` if all are.
std::string open_item(const std::vector<Item>& items) {
  std::string out;
  for (const Item& item : items) {
    if (item.state == ItemState::ok) continue;
    out += item.state == ItemState::change && item.cause == Cause::given_back ? "gives back"
           : item.state == ItemState::change                                  ? "change"
           : item.state == ItemState::kept                                    ? "kept"
           : item.state == ItemState::held                                    ? "held"
                                                                              : "other";
    out += " " + dsl::to_text(item.slot) + ";";
  }
  return out.empty() ? "none" : out;
}

}  // namespace

TEST_CASE("a rule that disappears gives back what was there before, byte for byte") {
  Life life;
  const auto before = life.files();
  life.apply(a_and_b);
  const auto both = life.files();
  life.apply(only_b);
  auto expected = before;
  const std::string c = (life.temp() / "home/ann/c").text;
  expected[c] = both.at(c);
  CHECK(life.files() == expected);
  CHECK(open_item(life.items(only_b)) == "none");
  CHECK(life.ledger().slots().size() == 1);
}

TEST_CASE("what is given back is in the plan, with who had asked for it") {
  Life life;
  life.apply(when("os.family == linux"));
  const auto items = life.items(only_b);
  REQUIRE(items.size() == 2);
  CHECK(items[0].cause == Cause::given_back);
  CHECK(items[0].state == ItemState::change);
  CHECK(items[0].owner == "a");
  CHECK(items[0].target == Value("old"));
}

TEST_CASE("a guard gives back only what facts that do not change here made false") {
  struct Case {
    const char* guard;
    const char* plan;
  };
  const Case cases[] = {
      {"os.family == macos", "gives back file[\"/home/ann/a\"].content;"},
      {"run.date < 1960-01-01", "kept file[\"/home/ann/a\"].content;"},
      {"os.family == macos and run.date < 1960-01-01", "gives back file[\"/home/ann/a\"].content;"},
      {"os.family == linux and run.date < 1960-01-01", "kept file[\"/home/ann/a\"].content;"},
      {"not file[\"/home/ann/a\"].exists", "kept file[\"/home/ann/a\"].content;"},
  };
  for (const Case& one_case : cases) {
    CAPTURE(one_case.guard);
    Life life;
    life.apply(when("os.family == linux"));
    CHECK(open_item(life.items(when(one_case.guard))) == one_case.plan);
    life.apply(when(one_case.guard));
    const bool kept = std::string_view(one_case.plan).starts_with("kept");
    CHECK(life.temp().read("home/ann/a") == (kept ? "new" : "old"));
  }
}

TEST_CASE("a waived rule keeps what it set") {
  Life life;
  life.apply(when("os.family == linux"));
  const std::string waived =
      when("os.family == linux") + " waive a { until 2999-01-01 because \"x, T-1\" owner \"o\" }";
  CHECK(open_item(life.items(waived)) == "none");
  life.apply(waived);
  CHECK(life.temp().read("home/ann/a") == "new");
}

TEST_CASE("one element of a list goes, and what others put there stays") {
  Life life;
  const std::string a = "enforce a { because \"r\" go.env { GOFLAGS includes [\"-mod=mod\"] } }";
  const std::string b = "enforce b { because \"r\" go.env { GOFLAGS includes [\"-trimpath\"] } }";
  life.apply(a + b);
  life.temp().write("home/ann/.config/go/env", "GOFLAGS=-mod=mod -trimpath -v\n");
  life.apply(b);
  CHECK(life.temp().read("home/ann/.config/go/env") == "GOFLAGS=-trimpath -v\n");
  CHECK(life.ledger().slots().begin()->second.added == std::vector<std::string>{"-trimpath"});
  life.apply("");
  CHECK(life.temp().read("home/ann/.config/go/env") == "GOFLAGS=-v\n");
}

TEST_CASE("what was right before gopol came, or was changed since, is left and forgotten") {
  Life life;
  life.apply("enforce a { because \"r\" file \"/home/ann/a\" { content = \"old\" } }");
  CHECK(life.ledger().slots().size() == 1);
  CHECK(open_item(life.items("")) == "none");
  life.apply("");
  CHECK(life.ledger().slots().empty());
  CHECK(life.temp().read("home/ann/a") == "old");

  life.apply(when("os.family == linux"));
  life.temp().write("home/ann/a", "mine");
  CHECK(open_item(life.items("")) == "kept file[\"/home/ann/a\"].content;");
  life.apply("");
  CHECK(life.temp().read("home/ann/a") == "mine");
  CHECK(life.ledger().slots().empty());
}

TEST_CASE("a plan that keeps leaves it, and the next plan still shows it") {
  Life life;
  life.apply(when("os.family == linux"));
  CHECK(open_item(life.items("", {.keeps = true})) == "kept file[\"/home/ann/a\"].content;");
  REQUIRE(life.try_apply("", {.keeps = true}));
  CHECK(life.temp().read("home/ann/a") == "new");
  CHECK(open_item(life.items("")) == "gives back file[\"/home/ann/a\"].content;");
}

TEST_CASE("another policy's slots are not given back") {
  Life life;
  life.apply(when("os.family == linux"));
  Ledger ledger = life.ledger();
  Owned owned = ledger.slots().begin()->second;
  owned.policy = "other.policy";
  ledger.put(ledger.slots().begin()->first, owned);
  REQUIRE(ledger.save(*real_disk(), ledger_file(life.state())));
  CHECK(open_item(life.items("")) == "none");
}

TEST_CASE("an undo is held until a person applies, the policy is another, or seven days") {
  const std::string text = when("os.family == linux");
  const std::string slot = " file[\"/home/ann/a\"].content;";
  Life life;
  life.apply(text);
  REQUIRE(life.undo());
  CHECK(open_item(life.items(text)) == "held" + slot);
  REQUIRE(life.try_apply(text, {}));  // an agent
  CHECK(life.temp().read("home/ann/a") == "old");
  CHECK(open_item(life.items(text + " ")) == "change" + slot);
  CHECK(open_item(life.items(text, {.ends_holds = true})) == "change" + slot);
  life.wait(std::chrono::hours(24 * 7) - std::chrono::seconds(1));
  CHECK(open_item(life.items(text)) == "held" + slot);
  life.wait(std::chrono::seconds(1));
  CHECK(open_item(life.items(text)) == "change" + slot);
  life.apply(text);
  CHECK(life.temp().read("home/ann/a") == "new");
  CHECK(life.ledger().holds().empty());
}

TEST_CASE("nothing holds a sealed rule") {
  std::string text = when("os.family == linux");
  text = "sealed " + text;
  Life life;
  life.apply(text);
  REQUIRE(life.undo());
  CHECK(life.temp().read("home/ann/a") == "old");
  CHECK(open_item(life.items(text)) == "change file[\"/home/ann/a\"].content;");
}

TEST_CASE("two lines of one rule have a place each in the journal") {
  Life life;
  life.apply("enforce a { because \"r\" go.env {\nGOFLAGS = [\"-v\"]\nGOPROXY = [direct]\n} }");
  const auto journal = read_journal(journal_file(life.state()));
  REQUIRE(journal);
  const JournalEntry& entry = journal->entries.front();
  REQUIRE(entry.moves.size() == 2);
  CHECK(entry.place == "3");
  CHECK(entry.moves[0].place.empty());  // the entry's
  CHECK(entry.moves[1].place == "4");
}

#include "engine/apply/make_change.h"

#include <memory>
#include <utility>

#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/faulty_disk.h"
#include "tests/made_up_host.h"
#include "tests/make.h"
#include "tests/temp_folder.h"

using namespace gopol;
using engine::FileEdit;
using Kind = engine::FileEdit::Kind;

namespace {

/// Edits of each kind; what they change is below `/a`.
engine::Prepared all_kinds() {
  engine::Prepared out;
  out.edits = {
      {.path = dsl::Path("/a/file"), .bytes = "new"},
      {.path = dsl::Path("/a/mode"), .kind = Kind::attributes, .attributes = {.mode = 0600}},
      {.path = dsl::Path("/a/folder"), .kind = Kind::folder},
      {.path = dsl::Path("/a/link"), .kind = Kind::link, .bytes = "file"},
      {.path = dsl::Path("/a/gone"), .kind = Kind::remove},
      {.path = dsl::Path("/a/empty"), .kind = Kind::remove_folder}};
  return out;
}

std::string text_of(const dsl::Result<std::vector<engine::FileImage>>& images) {
  std::string out;
  for (const auto& image : *images)
    out += image.path.text + " " + std::to_string(image.status.mode) + " " + image.bytes + "\n";
  return out;
}

}  // namespace

TEST_CASE("whichever edit of a change fails, the files are as they were") {
  const engine::Prepared prepared = all_kinds();
  tests::FakeWorld world;
  const auto provider = tests::fake_provider(tests::fake_schema("thing"), world);
  for (int fail_at = 1; fail_at <= 7; ++fail_at) {
    CAPTURE(fail_at);
    const tests::TempFolder temp;
    for (const char* name : {"a/file", "a/mode", "a/gone"}) temp.write(name, "old");
    std::filesystem::create_directory((temp / "a/empty").text);
    auto disk = std::make_unique<tests::FaultyDisk>(
        engine::rooted_disk(temp.path(), engine::Scratch()), fail_at);
    engine::Host host = tests::made_up_host(temp.path(), {}, std::move(disk));
    const std::string before = text_of(engine::images_of(prepared.edits, host.disk()));
    const auto made = tests::make(*provider, {}, prepared, host);
    CHECK(made.has_value() == (fail_at == 7));
    const std::string after = text_of(engine::images_of(prepared.edits, host.disk()));
    CHECK((after == before) == (fail_at < 7));
  }
}

TEST_CASE("a file that changed since the plan is not written, unless this run changed it") {
  engine::Prepared shown, now, link, other;
  shown.edits = {{.path = dsl::Path("/a/file"), .bytes = "x"}};
  now.edits = {{.path = dsl::Path("/a/file"), .bytes = "y"}};
  link.edits = {{.path = dsl::Path("/a"), .kind = Kind::link, .bytes = "b"}};
  other.edits = {{.path = dsl::Path("/a/fil"), .bytes = ""}};
  engine::RunWrites writes;
  CHECK(writes.check_unchanged(shown, shown));
  writes.add(other);
  const auto changed = writes.check_unchanged(shown, now);
  REQUIRE(!changed);
  CHECK(changed.error().front().code == "R4006");
  CHECK(changed.error().front().message.text() == "`/a/file` changed since the plan was made");
  CHECK(!writes.check_unchanged(shown, {}));
  writes.add(link);
  CHECK(writes.check_unchanged(shown, now));
}

TEST_CASE("what a provider would write itself is what was shown, or of this run's doing") {
  engine::Prepared shown, now;
  shown.writes = {{dsl::Path("/opt/tree"), true}};
  now.writes = {{dsl::Path("/opt/tree"), true}, {dsl::Path("/opt/link"), true}};
  engine::RunWrites writes;
  CHECK(writes.check_unchanged(now, shown));  // less than was shown
  const auto more = writes.check_unchanged(shown, now);
  REQUIRE(!more);
  CHECK(more.error().front().message.text() == "`/opt/link` changed since the plan was made");
  now.writes = {{dsl::Path("/opt/tree"), false}};
  CHECK(!writes.check_unchanged(shown, now));
  engine::Prepared earlier;
  earlier.edits = {{.path = dsl::Path("/opt"), .kind = Kind::folder}};
  writes.add(earlier);
  CHECK(writes.check_unchanged(shown, now));
}

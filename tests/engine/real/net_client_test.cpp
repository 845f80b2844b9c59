#include "engine/real/real_network.h"

#include "tests/catch.h"
#include "tests/temp_folder.h"

using namespace gopol::engine;
using gopol::dsl::Unknown;
using gopol::dsl::Value;
using gopol::tests::TempFolder;

namespace {

/// A gopol-net that keeps its request and answers with fixed lines.
NetSettings stand_in(const TempFolder& temp, const std::string& answer) {
  const Path program = temp.write_program(
      "gopol-net", "#!/bin/sh\ncat > '" + (temp / "request").text + "'\n" + answer + "\n");
  NetSettings settings;
  settings.program = program;
  settings.root = Path("/machines/m1/root");
  settings.proxy = "http://proxy";
  return settings;
}

ArchiveRequest request() {
  return {"https://go.dev/dl", "go1.22.2", "darwin", "arm64", "ab", Path("/opt/staging")};
}

}  // namespace

TEST_CASE("an archive is asked for, progress is heard, the answer is read") {
  const TempFolder temp;
  std::vector<NetProgress> heard;
  auto network =
      net_client(stand_in(temp, R"(echo '{"progress":{"done":5,"total":10,"what":"go1.22.2"}}'
echo '{"ok":{"url":"https://x/go.tgz","sha256":"cd","size":10}}')"),
                 [&](const NetProgress& progress) { heard.push_back(progress); });
  const auto archive = network->fetch_archive(request());
  REQUIRE(archive);
  CHECK(archive->url == "https://x/go.tgz");
  CHECK(archive->sha256 == "cd");
  CHECK(archive->size == 10);
  REQUIRE(heard.size() == 1);
  CHECK((heard[0].done == 5 && heard[0].total == 10 && heard[0].what == "go1.22.2"));
  CHECK(
      temp.read("request") ==
      R"({"protocol":1,"do":"archive","mirror":"https://go.dev/dl","version":"go1.22.2","os":"darwin",)"
      R"("arch":"arm64","sha256":"ab","staging":"/opt/staging","ca":"","proxy":"http://proxy","patience_ms":30000,)"
      R"("root":"/machines/m1/root"})"
      "\n");
}

TEST_CASE("an error of gopol-net is handed on as it is") {
  const TempFolder temp;
  auto network = net_client(stand_in(
      temp,
      R"(echo '{"error":{"code":"R4002","message":"wrong hash","help":"check it"}}'; exit 1)"));
  const auto archive = network->fetch_archive(request());
  REQUIRE(!archive);
  CHECK(archive.error().front().message.text() == "wrong hash");
  CHECK(archive.error().front().help.text() == "check it");
}

TEST_CASE("a gopol-net that answers nothing, or is not there, is said") {
  const TempFolder temp;
  auto network = net_client(stand_in(temp, "echo rubbish; echo 'out of cheese' >&2; exit 9"));
  const auto archive = network->fetch_archive(request());
  REQUIRE(!archive);
  CHECK(archive.error().front().message.text() ==
        "`gopol-net` ended without an answer (exit code 9)");
  CHECK(archive.error().front().help.text() == "it said: out of cheese");
  CHECK(!net_client({})->fetch_archive(request()));
}

TEST_CASE("whether a host is reached is true, false or unknown") {
  const TempFolder temp;
  const auto ask = [&](const std::string& answer) {
    return net_client(stand_in(temp, answer))->reaches("x:443", std::chrono::seconds(3));
  };
  CHECK(ask(R"(echo '{"ok":{"reaches":true}}')") == Value(true));
  CHECK(ask(R"(echo '{"ok":{"reaches":false}}')") == Value(false));
  CHECK(ask(R"(echo '{"ok":{}}')").is_unknown());
  const Value failed = ask(R"(echo '{"error":{"code":"R4002","message":"no network","help":""}}')");
  REQUIRE(failed.is_unknown());
  CHECK(failed.as<Unknown>()->reason.text() == "no network");
  CHECK(temp.read("request").starts_with(
      R"({"protocol":1,"do":"reaches","host":"x:443","deadline_ms":3000,)"));
}

TEST_CASE("an address is asked for, and what it answers is read") {
  const TempFolder temp;
  const auto ask = [&](const std::string& answer) {
    return net_client(stand_in(temp, answer))->probe("https://x/list", std::chrono::seconds(5));
  };
  const auto answered =
      ask(R"(echo '{"ok":{"status":200,"body":"v1","failure":"","offline":false}}')");
  REQUIRE(answered);
  CHECK((answered->status == 200 && answered->body == "v1" && !answered->offline));
  CHECK(temp.read("request").starts_with(
      R"({"protocol":1,"do":"probe","url":"https://x/list","deadline_ms":5000,)"));
  const auto failed =
      ask(R"(echo '{"ok":{"status":0,"body":"","failure":"no route","offline":true}}')");
  REQUIRE(failed);
  CHECK((failed->status == 0 && failed->failure == "no route" && failed->offline));
  CHECK(!ask("exit 70"));
}

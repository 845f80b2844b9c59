#include <sys/mount.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>

#include "engine/encoding/sha256.h"
#include "engine/real/real_network.h"
#include "tests/catch.h"
#include "tests/go_mirror.h"
#include "tests/other_process.h"

#ifdef GOPOL_NET_PROGRAM

namespace fs = std::filesystem;
using namespace gopol::engine;
using namespace gopol::tests;

namespace {

NetSettings settings(const Path& root = {}) {
  NetSettings out;
  out.program = Path(GOPOL_NET_PROGRAM);
  out.root = root;
  return out;
}

ArchiveRequest request(const std::string& mirror, const Path& staging, const TinyGo& go = {}) {
  return {mirror, go.version, go.os, go.arch, "", staging};
}

Result<FetchedArchive> fetch(const ArchiveRequest& request) {
  return net_client(settings())->fetch_archive(request);
}

std::string message(const Result<FetchedArchive>& result) {
  return result ? "" : result.error().front().message.text();
}

/// A file mirror with one archive, and a request for it that has its right hash.
struct FileMirror {
  TempFolder temp;
  explicit FileMirror(const std::vector<TarEntry>& entries) {
    const std::string archive = tar_gz_of(entries, temp);
    temp.write("m/" + file_name({}), archive);
    temp.write("m/index.json", index_of({}, sha256(archive)));
    fs::create_directory((temp / "out").text);
  }
  Result<FetchedArchive> fetch() const {
    return ::fetch(request("file://" + (temp / "m").text, temp / "out/staging"));
  }
};

}  // namespace

TEST_CASE("an archive is fetched over http, its hash is checked, its tree unpacked") {
  const TempFolder temp;
  const TinyGo go;
  const std::string archive = archive_of(go, temp);
  HttpServer server(mirror_pages(go, archive));
  std::uint64_t last = 0;
  auto client = net_client(settings(), [&](const NetProgress& progress) { last = progress.done; });
  const auto got = client->fetch_archive(request(server.url() + "/dl/", temp / "out/staging"));
  CAPTURE(message(got));
  REQUIRE(got);
  CHECK(got->sha256 == sha256(archive));
  CHECK(got->size == archive.size());
  CHECK(got->url == server.url() + "/dl/" + file_name(go));
  CHECK(last == archive.size());
  CHECK(temp.read("out/staging/go/VERSION") == "go1.22.2\ntime 2024-03-29T00:00:00Z\n");
  CHECK(temp.read("out/staging/go/src/\xc3\x84"
                  "foo.go") == "package main\n");
  CHECK(temp.read("out/staging/go/src/link").starts_with("go1.22.2"));
  struct stat found {};
  REQUIRE(::stat((temp / "out/staging/go/bin/go").text.c_str(), &found) == 0);
  CHECK((found.st_mode & 07777) == 0755);  // no setuid bit
  CHECK(temp.count("out") == 1);
}

TEST_CASE(
    "redirects are followed, an index.json will do, a missing index too if the hash is known") {
  const TempFolder temp;
  const TinyGo go;
  const std::string archive = archive_of(go, temp);
  std::map<std::string, Page> pages;
  pages["/dl/index.json"].body = index_of(go, sha256(archive));
  pages["/dl/"].body = "<html>a listing</html>";
  pages["/dl/" + file_name(go)] = {.body = "", .status = 302, .location = "/cdn/x"};
  pages["/cdn/x"].body = archive;
  HttpServer server(pages);
  CHECK(message(fetch(request(server.url() + "/dl", temp / "a"))) == "");
  pages.erase("/dl/index.json");
  HttpServer bare(pages);
  CHECK(message(fetch(request(bare.url() + "/dl", temp / "b"))) ==
        bare.url() + "/dl has no index of releases: it answered 404");
  auto pinned = request(bare.url() + "/dl", temp / "b");
  pinned.sha256 = sha256(archive);
  CHECK(message(fetch(pinned)) == "");
}

TEST_CASE("a mirror that asks for a password is not one without an index") {
  const TempFolder temp;
  std::map<std::string, Page> pages;
  pages["/dl/"].status = 401;
  HttpServer server(pages);
  const auto got = fetch(request(server.url() + "/dl", temp / "a"));
  CHECK(message(got) ==
        "the server answered 401 to " + server.url() + "/dl/?mode=json&include=all");
  CHECK(got.error().front().help.text() == "use https: over http nobody is told who we are");
}

TEST_CASE("who we are is not sent over http, wherever it is written") {
  const TempFolder temp;
  std::map<std::string, Page> pages;
  pages["/dl/"].status = 401;
  HttpServer server(pages);
  const std::string host = server.url().substr(7);
  for (const char* start : {"http://", "HTTP://"}) {
    for (const char* who : {"joe:pw@", "token@", ":@", "a@b:c@"}) {
      CAPTURE(std::string(start), std::string(who));
      const std::string said = message(fetch(request(start + (who + host) + "/dl", temp / "a")));
      CHECK(said.starts_with("the address of " + host + " holds "));
      CHECK(said.ends_with(", and http would show it to all"));
    }
  }
  CHECK(server.requests() == 0);
}

TEST_CASE("what a mirror does not have is said with what it has") {
  const TempFolder temp;
  const TinyGo go;
  HttpServer server(mirror_pages(go, archive_of(go, temp)));
  const auto got = fetch(request(server.url() + "/dl", temp / "a", {.version = "go1.21.0"}));
  REQUIRE(!got);
  CHECK(message(got) == server.url() + "/dl has no go1.21.0 for linux/amd64");
  CHECK(got.error().front().help.text() == "it has for linux/amd64: go1.22.2");
  const auto other = fetch(request(server.url() + "/dl", temp / "a", {.os = "darwin"}));
  REQUIRE(!other);
  CHECK(other.error().front().help.text() == "it has nothing for darwin/amd64");
}

TEST_CASE("a wrong hash shows both and leaves nothing") {
  const TempFolder temp;
  const TinyGo go;
  const std::string archive = archive_of(go, temp);
  HttpServer server(mirror_pages(go, archive));
  auto asked = request(server.url() + "/dl", temp / "out/staging");
  fs::create_directory((temp / "out").text);
  asked.sha256 = std::string(64, 'a');
  const auto got = fetch(asked);
  CHECK(message(got) == server.url() + "/dl/" + file_name(go) + " has SHA-256 " + sha256(archive) +
                            ", but " + asked.sha256 + " was asked for");
  CHECK(temp.count("out") == 0);
}

TEST_CASE("a broken download goes on where it broke, also if the server begins anew") {
  const TempFolder temp;
  const TinyGo go{.padding = 300'000};
  const std::string archive = archive_of(go, temp);
  for (const bool honours : {true, false}) {
    CAPTURE(honours);
    auto pages = mirror_pages(go, archive);
    Page& page = pages["/dl/" + file_name(go)];
    page.cut_after = 100'000;
    page.honours_range = honours;
    HttpServer server(pages);
    const Path staging = temp / (honours ? "a" : "b");
    CHECK(message(fetch(request(server.url() + "/dl", staging))) == "");
    CHECK(server.ranges() == (honours ? 1 : 0));
    CHECK(fs::file_size((staging / "go/src/big").text) == 300'000);
  }
}

TEST_CASE(
    "a connection that keeps breaking, and a server that fails, are errors that leave nothing") {
  const TempFolder temp;
  const TinyGo go{.padding = 100'000};
  const std::string archive = archive_of(go, temp);
  fs::create_directory((temp / "out").text);
  auto pages = mirror_pages(go, archive);
  Page& page = pages["/dl/" + file_name(go)];
  SECTION("it sends less than it says") {
    page.says_length = 200'000;
    page.honours_range = false;
  }
  SECTION("it answers 404") { page.status = 404; }
  SECTION("it answers 503") { page.status = 503; }
  SECTION("the archive is another one") { page.body = "no archive at all"; }
  HttpServer server(pages);
  const auto got = fetch(request(server.url() + "/dl", temp / "out/staging"));
  REQUIRE(!got);
  CHECK(got.error().front().code == "R4002");
  CHECK(temp.count("out") == 0);
}

TEST_CASE("a server that dies in the middle leaves nothing behind") {
  const TempFolder temp;
  const TinyGo go{.padding = 2'000'000};
  auto pages = mirror_pages(go, archive_of(go, temp));
  pages["/dl/" + file_name(go)].silent_after = 150'000;
  HttpServer server(pages);
  fs::create_directory((temp / "out").text);
  auto client = net_client(settings(), [&](const NetProgress& progress) {
    if (progress.done > 100'000) server.kill();
  });
  const auto got = client->fetch_archive(request(server.url() + "/dl", temp / "out/staging"));
  REQUIRE(!got);
  CHECK(message(got).starts_with("the connection broke after "));
  CHECK(temp.count("out") == 0);
}

TEST_CASE("SIGTERM in the middle of a download leaves nothing behind") {
  const TempFolder temp;
  const TinyGo go{.padding = 2'000'000};
  auto pages = mirror_pages(go, archive_of(go, temp));
  pages["/dl/" + file_name(go)].silent_after = 150'000;
  HttpServer server(pages);
  fs::create_directory((temp / "out").text);
  temp.write("request", R"({"protocol":1,"do":"archive","mirror":")" + server.url() +
                            R"(/dl","version":"go1.22.2","os":"linux","arch":"amd64","staging":")" +
                            (temp / "out/staging").text + "\"}\n");
  const std::string answer = "'" + (temp / "answer").text + "'";
  const std::string command =
      ". '" GOPOL_SOURCE_DIR "/tests/wait_for.sh'; " GOPOL_NET_PROGRAM " < '" +
      (temp / "request").text + "' > " + answer +
      " & wait_for silence grep -q '\"done\":150000,' " + answer + "; kill $!; wait $!";
  CHECK(std::system(command.c_str()) != 0);
  CHECK(temp.read("answer").find("it was stopped") != std::string::npos);
  CHECK(temp.count("out") == 0);
}

TEST_CASE("an archive that reaches out of its folder is refused, and nothing is left") {
  struct Case {
    const char* what;
    std::vector<TarEntry> entries;
  };
  const std::vector<Case> cases{
      {"a path with `..`: `go/../../evil`", {{"go/../../evil", '0', "x"}}},
      {"a path with `..`: `../evil`", {{"../evil", '0', "x"}}},
      {"an absolute path: `/tmp/gopol-evil`", {{"/tmp/gopol-evil", '0', "x"}}},
      {"a path outside of `go/`: `gone`", {{"gone", '0', "x"}}},
      {"a path with an empty part: `go//x`", {{"go//x", '0', "x"}}},
      {"a link to an absolute path: `go/l`", {{"go/l", '2', "", "/etc"}}},
      {"a link that leaves `go/`: `go/l`", {{"go/l", '2', "", "../out"}, {"go/l/x", '0', "x"}}},
      {"a link that goes down and up: `go/l`", {{"go/l", '2', "", "a/../../.."}}},
      {"a hard link that leaves `go/`: `go/h`", {{"go/h", '1', "", "../../etc/passwd"}}},
      {"a device, pipe or socket: `go/p`", {{"go/p", '6'}}},
      {"a device, pipe or socket: `go/d`", {{"go/d", '3'}}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const FileMirror mirror(c.entries);
    CHECK(message(mirror.fetch()) == std::string("the archive holds ") + c.what);
    CHECK(mirror.temp.count("out") == 0);
    CHECK(!mirror.temp.has("evil"));
  }
}

TEST_CASE("a file is never written through a link that the archive made") {
  const FileMirror mirror({{"go/", '5', "", "", 0755},
                           {"go/a/", '5', "", "", 0755},
                           {"go/l", '2', "", "a"},
                           {"go/l/x", '0', "x"}});
  CHECK(!mirror.fetch());
  CHECK(mirror.temp.count("out") == 0);
}

TEST_CASE("a hard link inside the tree is made") {
  const FileMirror mirror(
      {{"go/", '5', "", "", 0755}, {"go/a", '0', "x"}, {"go/h", '1', "", "go/a"}});
  CHECK(message(mirror.fetch()) == "");
  CHECK(mirror.temp.read("out/staging/go/h") == "x");
}

TEST_CASE("an index cannot lead to a file elsewhere") {
  const TempFolder temp;
  temp.write("m/index.json", index_of({}, std::string(64, 'a'), "../../secret.tar.gz"));
  const std::string mirror = "file://" + (temp / "m").text;
  CHECK(message(fetch(request(mirror, temp / "s"))) ==
        mirror + " names a file `../../secret.tar.gz`");
}

TEST_CASE("a recorded machine's tree is unpacked inside its root") {
  const TempFolder temp;
  const TinyGo go;
  HttpServer server(mirror_pages(go, archive_of(go, temp)));
  fs::create_directories((temp / "root/real").text);
  fs::create_symlink("/real", (temp / "root/opt").text);
  const auto client = net_client(settings(temp / "root"));
  CHECK(message(client->fetch_archive(request(server.url() + "/dl", Path("/opt/staging")))) == "");
  CHECK(temp.has("root/real/staging/go/VERSION"));
  CHECK(!fs::exists("/opt/staging"));
}

#ifdef __linux__
TEST_CASE("a full disk is said, and nothing is left") {
  const TempFolder temp;
  fs::create_directory((temp / "out").text);
  if (::mount("none", (temp / "out").text.c_str(), "tmpfs", 0, "size=256k") != 0) {
    std::printf("skipped: a full disk (no small disk can be mounted here)\n");
    return;
  }
  const TinyGo go{.padding = 1'000'000};
  HttpServer server(mirror_pages(go, archive_of(go, temp)));
  const auto got = fetch(request(server.url() + "/dl", temp / "out/staging"));
  const auto left = temp.count("out");
  ::umount((temp / "out").text.c_str());
  CHECK(message(got) == "cannot unpack `go/src/big`: No space left on device");
  CHECK(left == 0);
}
#endif

TEST_CASE("a host is reached or not") {
  const auto client = net_client(settings());
  HttpServer server({});
  const std::string host = server.url().substr(7);
  CHECK(client->reaches("127.0.0.1:1", std::chrono::seconds(2)) == gopol::dsl::Value(false));
  CHECK(client->reaches(host, std::chrono::milliseconds(500)) ==
        gopol::dsl::Value(false));  // no TLS
  CHECK(client->reaches("a b/c", std::chrono::seconds(2)).is_unknown());
}

#endif

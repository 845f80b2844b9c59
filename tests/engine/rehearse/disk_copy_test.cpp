#include "engine/rehearse/disk_copy.h"

#include <filesystem>

#include "engine/real/real_disk.h"
#include "engine/rehearse/host_copy.h"
#include "tests/catch.h"
#include "tests/made_up_host.h"
#include "tests/temp_folder.h"

namespace fs = std::filesystem;
using namespace gopol::engine;
using gopol::tests::TempFolder;
using Type = FileStatus::Type;

namespace {

/// A folder with a file, a link to it, and a copy to write to.
struct Copied {
  Copied() {
    temp.write("home/env", "old");
    temp.write("sdk/go1/VERSION", "go1");
    fs::create_symlink("home/env", (temp / "link").text);
    fs::create_directory_symlink((temp / "sdk/go1").text, (temp / "current").text);
  }
  Path at(std::string_view name) const { return temp / name; }
  std::string read(std::string_view name) const {
    const auto bytes = copy->read(at(name));
    return bytes && *bytes ? **bytes : "none";
  }
  Type type(std::string_view name) const { return copy->stat(at(name))->type; }

  TempFolder temp;
  CopyLog log;
  const std::unique_ptr<Disk> disk = real_disk();
  const std::unique_ptr<Disk> copy = disk_copy(*disk, log);
};

}  // namespace

TEST_CASE("a copy shows what the disk has, and notes that it saw nothing else") {
  const Copied on;
  CHECK(on.read("link") == "old");
  CHECK(*on.copy->resolve(on.at("current/VERSION")) == on.at("sdk/go1/VERSION"));
  CHECK(*on.copy->list(on.at("sdk")) == std::vector<std::string>{"go1"});
  CHECK(on.type("nothing") == Type::absent);
  CHECK(!on.log.saw_change);
}

TEST_CASE("what is written to a copy is there, and the disk stays as it is") {
  const Copied on;
  REQUIRE(on.copy->replace(on.at("link"), "new"));
  REQUIRE(on.copy->replace(on.at("home/deep/er/file"), "x", {.mode = 0600}));
  REQUIRE(on.copy->remove_tree(on.at("sdk")));
  CHECK(on.read("home/env") == "new");
  CHECK(on.read("link") == "new");
  CHECK(on.copy->stat(on.at("home/deep/er/file"))->mode == 0600);
  CHECK(*on.copy->list(on.at("home")) == std::vector<std::string>{"deep", "env"});
  CHECK(on.type("sdk/go1/VERSION") == Type::absent);
  CHECK(on.read("current/VERSION") == "none");
  CHECK(on.log.saw_change);
  CHECK(on.temp.read("home/env") == "old");
  CHECK(!on.temp.has("home/deep"));
  CHECK(on.temp.read("sdk/go1/VERSION") == "go1");
}

TEST_CASE("a part of what was written can be read") {
  const Copied on;
  REQUIRE(on.copy->replace(on.at("home/env"), "0123456"));
  CHECK(**on.copy->read(on.at("home/env"), {2, 3}) == "234");
  CHECK(**on.copy->read(on.at("home/env"), {9, 3}) == "");
}

TEST_CASE("a link that is switched on a copy leads elsewhere, also for what lies behind it") {
  const Copied on;
  on.temp.write("sdk/go2/VERSION", "go2");
  REQUIRE(on.copy->link(on.at("current"), on.at("sdk/go2").text));
  CHECK(on.read("current/VERSION") == "go2");
  CHECK(*on.copy->read_link(on.at("current")) == on.at("sdk/go2").text);
  CHECK(!on.copy->link(on.at("home/env"), "x"));
}

TEST_CASE("a folder that is renamed takes along what is in it, changed or not") {
  const Copied on;
  REQUIRE(on.copy->replace(on.at("sdk/go1/bin/go"), "program"));
  REQUIRE(on.copy->rename(on.at("sdk/go1"), on.at("sdk/aside")));
  CHECK(on.read("sdk/aside/VERSION") == "go1");
  CHECK(on.read("sdk/aside/bin/go") == "program");
  CHECK(on.type("sdk/go1") == Type::absent);
  CHECK(on.type("sdk/go1/VERSION") == Type::absent);
  CHECK(*on.copy->list(on.at("sdk")) == std::vector<std::string>{"aside"});
  REQUIRE(on.copy->rename(on.at("sdk/aside"), on.at("sdk/go1")));
  CHECK(on.read("current/bin/go") == "program");
}

TEST_CASE("a folder that was removed and made again is empty") {
  const Copied on;
  REQUIRE(on.copy->remove_tree(on.at("sdk")));
  REQUIRE(on.copy->make_folder(on.at("sdk/go1")));
  CHECK(on.copy->list(on.at("sdk/go1"))->empty());
  CHECK(on.type("sdk/go1/VERSION") == Type::absent);
}

TEST_CASE("a copy refuses what the disk would refuse") {
  const Copied on;
  CHECK(!on.copy->remove(on.at("sdk")));
  CHECK(!on.copy->replace(on.at("sdk"), "x"));
  CHECK(!on.copy->make_folder(on.at("home/env")));
  CHECK(!on.copy->replace(on.at("home/env/below"), "x"));
  CHECK(!on.copy->rename(on.at("none"), on.at("some")));
  CHECK(!on.copy->set_attributes(on.at("none"), {.mode = 0600}));
  CHECK(!on.log.wanted_program);
}

TEST_CASE("links in a circle are an error on a copy") {
  const Copied on;
  REQUIRE(on.copy->link(on.at("a"), on.at("b").text));
  REQUIRE(on.copy->link(on.at("b"), on.at("a").text));
  CHECK(!on.copy->read(on.at("a")));
}

TEST_CASE("no program that may change the machine starts on a copy, and nothing is fetched") {
  const TempFolder temp;
  const Host host = gopol::tests::made_up_host(temp.path());
  CopyLog log;
  Host copy = copy_of(host, log);
  Command command;
  command.argv = {"/bin/sh", "-c", "exit 0"};
  CHECK(!copy.programs().run(command));
  CHECK(log.wanted_program);
  CHECK(!copy.network().fetch_archive({}));
  CHECK(log.wanted_archive);
}

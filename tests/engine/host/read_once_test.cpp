#include "engine/host/read_once.h"

#include <map>

#include "tests/catch.h"
#include "tests/faulty_disk.h"
#include "tests/providers/machine.h"

using namespace gopol::engine;
using namespace gopol::tests;

namespace {

/// Counts how often each path is read.
class CountingDisk : public FaultyDisk {
 public:
  CountingDisk(std::unique_ptr<Disk> good, std::map<std::string, int>& reads)
      : FaultyDisk(std::move(good)), reads_(reads) {}
  Result<std::optional<std::string>> read(const Path& path, Extent part) const override {
    ++reads_[path.text];
    return FaultyDisk::read(path, part);
  }

 private:
  std::map<std::string, int>& reads_;
};

}  // namespace

TEST_CASE("a host that reads once opens no file twice, whatever it is called") {
  Machine machine;
  machine.temp.write("a/file", "0123456789");
  std::filesystem::create_symlink("/a/file", (machine.temp / "link").text);
  std::map<std::string, int> reads;
  Host inner(std::make_unique<CountingDisk>(rooted_disk(machine.temp.path()), reads),
             recorded_programs(machine.temp / "none", machine.temp.path(), {}),
             recorded_system(machine.is), net_client({}));
  const Host host = read_once(inner);
  const auto read = [&](const char* path, Extent part = {}) {
    const auto bytes = host.disk().read(Path(path), part);
    return bytes && *bytes ? **bytes : "nothing";
  };
  CHECK(read("/a/file", {2, 3}) == "234");
  CHECK(read("/link", {2, 3}) == "234");
  CHECK(reads.size() == 1);
  CHECK(read("/link") == "0123456789");
  machine.temp.write("a/file", "changed since");
  CHECK(read("/a/file") == "0123456789");
  CHECK(read("/a/file", {4, 2}) == "45");
  CHECK(read("/a/file", {8, 20}) == "89");
  CHECK(read("/a/file", {10, 1}).empty());
  CHECK(read("/a/file", {99, 1}).empty());
  CHECK(reads["/a/file"] + reads["/link"] == 2);  // a part, then the whole
  CHECK(read("/none") == "nothing");
  machine.temp.write("none", "here now");
  CHECK(read("/none") == "here now");
}

TEST_CASE("a host that reads once writes nothing, and says all else as it is") {
  Machine machine;
  machine.temp.write("file", "old");
  const Host inner = machine.host();
  Host host = read_once(inner);
  CHECK(!host.disk().replace(Path("/file"), "new"));
  CHECK(!host.disk().remove(Path("/file")));
  CHECK(!host.disk().remove_tree(Path("/")));
  CHECK(!host.disk().rename(Path("/file"), Path("/other")));
  CHECK(!host.disk().link(Path("/other"), "/file"));
  CHECK(!host.disk().make_folder(Path("/folder")));
  CHECK(!host.disk().set_attributes(Path("/file"), {}));
  CHECK(!host.programs().run({{"/bin/true"}, {}, {}}));
  CHECK(!host.network().fetch_archive({}));
  CHECK(machine.temp.read("file") == "old");
  CHECK(host.system().host_name() == inner.system().host_name());
  CHECK(host.system().user().home == inner.system().user().home);
  CHECK(host.disk().stat(Path("/file"))->size == 3);
}

TEST_CASE("a host that reads once shows other bytes where it is told to") {
  Machine machine;
  machine.temp.write("a/file", "old");
  const Host inner = machine.host();
  const Host host = read_once(inner, {{"/a/file", "new text"}, {"/b/made", ""}});
  CHECK(**host.disk().read(Path("/a/file")) == "new text");
  CHECK(**host.disk().read(Path("/a/file"), {4, 2}) == "te");
  CHECK(host.disk().stat_target(Path("/b/made"))->type == FileStatus::Type::regular);
  CHECK(host.disk().stat(Path("/a/file"))->size == 8);
  CHECK(host.disk().resolve(Path("/b/made"))->has_value());
  CHECK(machine.temp.read("a/file") == "old");
}

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <thread>
#include <utility>

#include "engine/real/real_disk.h"
#include "engine/record/state_folder.h"
#include "engine/root/host_for_user.h"
#include "engine/root/root_process.h"
#include "engine/root/serve.h"
#include "tests/catch.h"
#include "tests/fake_provider.h"
#include "tests/made_up_host.h"
#include "tests/temp_folder.h"
#include "tests/wait_for.h"

using namespace gopol::engine;
namespace dsl = gopol::dsl;
namespace tests = gopol::tests;

namespace {

/// Two changes that were agreed to, and who makes them.
struct Helper {
  tests::FakeWorld world;
  Providers providers;
  std::unique_ptr<Host> host = tests::empty_host();
  RootTask task;

  Helper() {
    providers.push_back(tests::fake_provider(tests::fake_schema("thing"), world));
    providers.push_back(tests::fake_provider(tests::fake_schema("late"), world));
    for (const char* family : {"thing", "late"}) task.agreed.push_back(change(family));
    task.user = {"ann", "/bin/sh", Path("/home/ann"), 501, 20};
  }

  static PlannedChange change(const std::string& family) {
    PlannedChange out;
    out.change.family = family;
    dsl::Allowed allowed;
    allowed.one_of = std::vector<dsl::Value>{"1"};
    out.change.assignments.push_back({{family, "", "a", ""}, dsl::Absent{}, "1", allowed});
    out.change.wanted = out.change.assignments;
    out.prepared.demands.needs_root = true;
    return out;
  }
};

std::string said(const dsl::Diagnostics& why) {
  return why.empty() ? "" : why.front().code + " " + why.front().message.text();
}

LinePipe pipe_from(int in, int out) { return {Descriptor(in), Descriptor(out)}; }

/// A family whose change is made by a program that does not end; it says its number in a file.
class Endless final : public Provider {
 public:
  Endless(tests::FakeWorld& world, Path says)
      : like_(tests::fake_provider(tests::fake_schema("thing"), world)), says_(std::move(says)) {}
  const dsl::Schema& schema() const override { return like_->schema(); }
  Observed observe(const Query& query, const Host& host) const override {
    return like_->observe(query, host);
  }
  Result<Prepared> prepare(const Change& change, const Host& host) const override {
    return like_->prepare(change, host);
  }
  Result<Done> apply(const Change&, Host& host) const override {
    Command command;
    command.argv = {"/bin/sh", "-c", "echo $$ >\"$0\"; exec sleep 1000", says_.text};
    command.deadline = std::chrono::minutes(10);
    const auto ran = host.programs().run(command);
    return ran ? Result<Done>(Done{}) : ran.error();
  }

 private:
  const std::unique_ptr<Provider> like_;
  const Path says_;
};

}  // namespace

TEST_CASE("root's part ends with who started it, and so does the program that it runs") {
  const tests::TempFolder temp;
  Helper helper;
  Host host = tests::made_up_host(temp.path());
  Providers providers;
  providers.push_back(std::make_unique<Endless>(helper.world, temp / "number"));
  std::array<int, 2> to{}, from{};
  REQUIRE(::pipe(to.data()) == 0);
  REQUIRE(::pipe(from.data()) == 0);
  const pid_t part = ::fork();
  if (part == 0) {
    std::signal(SIGTERM, SIG_DFL);  // the test's own handler is not the part's
    ::close(to[1]);
    ::close(from[0]);
    LinePipe its = pipe_from(to[0], from[1]);
    AgreedChanges changes(helper.task, providers, host);
    serve_root(changes, its);
    ::_exit(0);
  }
  ::close(to[0]);
  ::close(from[1]);
  LinePipe ours = pipe_from(from[0], to[1]);
  REQUIRE(ours.write({{"look", 0}}));
  REQUIRE(ours.read());
  REQUIRE(ours.write({{"make", 0}}));
  REQUIRE(
      tests::wait_for([&] { return temp.has("number") && temp.read("number").ends_with('\n'); }));
  const pid_t program = static_cast<pid_t>(std::stol(temp.read("number")));
  CHECK(::kill(program, 0) == 0);
  ours.close();
  int status = 0;
  REQUIRE(::waitpid(part, &status, 0) == part);
  CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM));
  CHECK(::kill(program, 0) != 0);
}

TEST_CASE("root makes what was agreed to, each once and in its order") {
  Helper helper;
  AgreedChanges changes(helper.task, helper.providers, *helper.host);
  CHECK(said(changes.make(0).error()) ==
        "R4002 root makes no change that it did not look at before");
  REQUIRE(changes.look(1));
  CHECK(!changes.make(0));
  REQUIRE(changes.look(1).error().front().code == "R4002");
  CHECK(said(changes.look(0).error()) ==
        "R4002 root was not asked for this change, or its turn is past");
  CHECK(!changes.look(2));
  CHECK(helper.world.written.empty());

  AgreedChanges again(helper.task, helper.providers, *helper.host);
  for (const std::size_t number : {0u, 1u}) {
    REQUIRE(again.look(number));
    const auto made = again.make(number);
    REQUIRE(made);
    CHECK(made->why.empty());
    CHECK(!again.make(number));
  }
  CHECK(helper.world.written == std::vector<std::string>{"thing.a", "late.a"});
}

TEST_CASE("root refuses a slot that is not what was agreed to, and one it cannot see") {
  Helper helper;
  AgreedChanges changes(helper.task, helper.providers, *helper.host);
  helper.world.values["thing.a"] = "meddled";
  CHECK(said(changes.look(0).error()) ==
        "R4006 `thing.a` was absent when it was agreed to, is meddled");
  helper.world.values["late.a"] = dsl::Unknown{"shut", ""};
  CHECK(changes.look(1).error().front().code == "R4006");
  const Providers none;
  AgreedChanges others(helper.task, none, *helper.host);
  CHECK(said(others.look(0).error()) ==
        "R4002 nobody knows `thing` here: a user's plugin is not run as root");
  helper.world.values["thing.a"] = "1";  // another change brought it
  AgreedChanges right(helper.task, helper.providers, *helper.host);
  CHECK(right.look(0));
}

TEST_CASE("root refuses to write something else than was agreed to, and to make it irreversible") {
  Helper helper;
  helper.task.agreed[0].prepared.edits.push_back({Path("/etc/a"), FileEdit::Kind::write, "x"});
  helper.world.prepared["thing"].edits.push_back({Path("/etc/b"), FileEdit::Kind::write, "x"});
  AgreedChanges changes(helper.task, helper.providers, *helper.host);
  CHECK(said(changes.look(0).error()) == "R4006 `/etc/a` changed since the plan was made");
  helper.world.prepared["late"].demands.irreversible = true;
  CHECK(said(changes.look(1).error()) == "R4006 late could not be undone now");
}

TEST_CASE("root puts back what it was asked for, while it is as gopol left it") {
  const tests::TempFolder temp;
  Host host = tests::made_up_host(temp.path());
  const Path file("/etc/a");
  temp.write("etc/a", "old");
  RootTask::Back back;
  back.change.intent.files = {*image_of(file, host.disk())};
  temp.write("etc/a", "new");
  back.change.after = {post_image(*image_of(file, host.disk()))};
  RootTask task;
  task.user = {"ann", "/bin/sh", Path("/home/ann"), 501, 20};
  task.back.push_back(back);
  const auto read = detail::task_of(detail::json_of(task));
  REQUIRE(read);
  const Providers none;
  AgreedChanges changes(*read, none, host);
  temp.write("etc/a", "meddled");
  CHECK(said(changes.put_back(0).error()) == "R4006 `/etc/a` is not as gopol left it any more");
  CHECK(temp.read("etc/a") == "meddled");
  temp.write("etc/a", "new");
  CHECK(changes.put_back(0));
  CHECK(temp.read("etc/a") == "old");
  CHECK(said(changes.put_back(1).error()) == "R4002 root was not asked to put this back");
}

TEST_CASE("root keeps a file that has other names where it alone comes, and puts it back itself") {
  const tests::TempFolder temp;
  Host host = tests::made_up_host(temp.path());
  const Path keeps = kept_by_root(std::as_const(host).system());
  const std::string kept_here = keeps.text.substr(1);
  const auto inode = [&](const std::string& name) {
    struct stat found {};
    return ::stat((temp / name).text.c_str(), &found) == 0 ? found.st_ino : 0;
  };
  temp.write("etc/a", "old");
  REQUIRE(::link((temp / "etc/a").text.c_str(), (temp / "etc/b").text.c_str()) == 0);
  temp.write(kept_here + "/1-2-0", "nobody tells of it any more");
  const ino_t before = inode("etc/b");
  Helper helper;
  for (auto* edits : {&helper.task.agreed[0].prepared.edits, &helper.world.prepared["thing"].edits})
    edits->push_back({Path("/etc/a"), FileEdit::Kind::write, "new"});
  RootTask::Back back;
  std::string name;
  {
    AgreedChanges changes(helper.task, helper.providers, host);
    CHECK(!temp.has("var/lib/gopol"));
    CHECK(said(changes.keep(0, "3-4-0").error()) ==
          "R4002 root keeps nothing of a change that it did not look at before");
    REQUIRE(changes.look(0));
    for (const char* other : {"", "..", "../3", "a"}) CHECK(!changes.keep(0, other));
    const auto ready = changes.keep(0, "3-4-0");
    REQUIRE(ready);
    REQUIRE(ready->images.size() == 1);
    CHECK(ready->images[0].kept == keeps / "3-4-0-0");
    const auto made = changes.make(0);
    REQUIRE(made);
    CHECK(made->why.empty());
    back.change.intent.files = ready->images;
    back.change.after = made->after;
    name = ready->images[0].kept.name();
  }
  CHECK(temp.read("etc/a") == "new");
  CHECK(inode(kept_here + "/" + name) == before);
  RootTask task;
  task.user = helper.task.user;
  task.kept = {name};
  SECTION("of its own") {
    task.back.push_back(back);
    const auto read = detail::task_of(detail::json_of(task));
    REQUIRE(read);
    AgreedChanges again(*read, helper.providers, host);
    CHECK(again.put_back(0));
    CHECK(inode("etc/a") == before);
    CHECK(!temp.has("var/lib/gopol"));
  }
  SECTION("of another's word: the bytes alone") {
    temp.write("home/ann/planted", "old");
    back.change.intent.files[0].kept = Path("/home/ann/planted");
    task.back.push_back(back);
    AgreedChanges again(task, helper.providers, host);
    CHECK(again.put_back(0));
    CHECK(temp.read("etc/a") == "old");
    CHECK(temp.has("home/ann/planted"));
    CHECK(inode("etc/a") != before);
    again.forget_kept();
    CHECK(!temp.has("var/lib/gopol"));
  }
}

TEST_CASE("root keeps nothing of a user's home") {
  const tests::TempFolder temp;
  temp.write("home/ann/a", "x");
  const auto disk = disk_for_user({"ann", "/bin/sh", Path("/home/ann"), ::geteuid(), ::getegid()},
                                  rooted_disk(temp.path()));
  REQUIRE(disk->make_folder(Path("/var/lib/gopol/kept/501")));
  CHECK(said(disk->add_name(Path("/home/ann/a"), Path("/var/lib/gopol/kept/501/1")).error()) ==
        "R4002 root keeps nothing of `/home/ann/a`, in a user's home");
}

TEST_CASE("an undo knows one value that is right") {
  Helper helper;
  helper.task.agreed[0].change.assignments[0].allowed = {};
  AgreedChanges changes(helper.task, helper.providers, *helper.host);
  helper.world.values["thing.a"] = "meddled";
  CHECK(changes.look(0).error().front().code == "R4006");
  AgreedChanges again(helper.task, helper.providers, *helper.host);
  helper.world.values["thing.a"] = "1";
  CHECK(again.look(0));
}

TEST_CASE("what the two sides say to each other comes over whole") {
  RootTask task;
  task.user = {"ann", "/bin/zsh", Path("/home/ann"), 501, 20};
  task.settings.download_go = "file:///mirror";
  task.settings.trust_index = true;
  task.net.proxy = "http://p";
  task.net.patience = std::chrono::seconds(7);
  task.kept = {"1-2-0-0"};
  PlannedChange change = Helper::change("thing");
  change.prepared.edits = {{Path("/etc/\xff"),
                            FileEdit::Kind::write,
                            std::string("\0\xfe", 2),
                            {.mode = 0600, .uid = 0},
                            true},
                           {Path("/etc/l"), FileEdit::Kind::link, "target"}};
  change.prepared.writes = {{Path("/opt"), true}};
  change.prepared.images = {{Path("/opt"), {}, ""}};
  change.prepared.note = "why";
  task.agreed.push_back(change);
  const auto read = detail::task_of(*detail::parse_json(detail::line_of(detail::json_of(task))));
  REQUIRE(read);
  CHECK(read->user.home == task.user.home);
  CHECK(read->user.uid == 501);
  CHECK(read->settings.download_go == "file:///mirror");
  CHECK(read->settings.trust_index);
  CHECK(read->net.proxy == "http://p");
  CHECK(read->net.patience == task.net.patience);
  CHECK(read->kept == task.kept);
  REQUIRE(read->agreed.size() == 1);
  CHECK(read->agreed[0].prepared.edits == change.prepared.edits);
  CHECK(read->agreed[0].prepared.images == change.prepared.images);
  CHECK(read->agreed[0].prepared.demands == change.prepared.demands);
  CHECK(read->agreed[0].change.assignments[0].allowed == change.change.assignments[0].allowed);

  const Ready ready{
      change.prepared, {{Path("/etc/a"), {}, ""}}, {{Path("/f"), {}, ""}}, {Path("/t")}};
  const auto ready_read = detail::ready_of(detail::json_of(ready));
  REQUIRE(ready_read);
  CHECK(ready_read->files() == ready.files());
  CHECK(ready_read->trees == ready.trees);

  Made made;
  made.why.push_back(dsl::problem("R4002", "no", "do"));
  made.seen.add({.slot = {"thing", "", "a", ""}, .value = "1", .inherited = true});
  made.after.push_back({Path("/etc/a"), "00", FileStatus::Type::regular, 0644});
  const auto made_read = detail::made_of(detail::json_of(made));
  REQUIRE(made_read);
  CHECK(said(made_read->why) == "R4002 no");
  CHECK(made_read->why[0].help.text() == "do");
  CHECK(made_read->seen.find({"thing", "", "a", ""})->inherited);
  CHECK(made_read->after == made.after);
}

TEST_CASE("root's part takes no document that is cut or of another kind") {
  const auto whole = detail::json_of(Helper().task);
  CHECK(detail::task_of(whole));
  for (const char* member : {"user", "agreed"}) {
    auto cut = whole;
    cut.erase(member);
    CAPTURE(member);
    CHECK(!detail::task_of(cut));
  }
  auto relative = whole;
  relative["user"]["home"] = "home/ann";
  CHECK(!detail::task_of(relative));
  CHECK(!detail::ready_of(detail::Json()));
  CHECK(!detail::made_of(detail::Json::array()));
  CHECK(!detail::is_hello(detail::hello("1.0"), "1.1"));
}

TEST_CASE("root's part answers until it is told to end, and when nobody is left") {
  Helper helper;
  std::array<int, 2> to{}, from{};
  REQUIRE(::pipe(to.data()) == 0);
  REQUIRE(::pipe(from.data()) == 0);
  LinePipe ours = pipe_from(from[0], to[1]), its = pipe_from(to[0], from[1]);
  AgreedChanges changes(helper.task, helper.providers, *helper.host);
  std::thread part([&] { serve_root(changes, its); });
  REQUIRE(ours.write({{"look", 0}}));
  const auto ready = ours.read();
  REQUIRE(ready);
  CHECK(detail::find(*ready, "ready") != nullptr);
  REQUIRE(ours.write({{"make", 1}}));
  CHECK(detail::find(*ours.read(), "error") != nullptr);
  REQUIRE(ours.write({{"dance", 1}}));
  CHECK(detail::find(*ours.read(), "error") != nullptr);
  SECTION("told") { CHECK(ours.write({{"end", true}})); }
  SECTION("left") { ours.close(); }
  part.join();
  CHECK(helper.world.written.empty());
}

TEST_CASE("what ends before its hello is a refusal") {
  auto process = RootProcess::start({"/bin/sh", "-c", "exit 1"});
  REQUIRE(process);
  CHECK(said((*process)->greet("1").error()) == "R4005 sudo refused");
  auto other =
      RootProcess::start({"/bin/echo", "{\"gopol\":\"root\",\"schema\":1,\"version\":\"2\"}"});
  REQUIRE(other);
  CHECK(said((*other)->greet("1").error()) == "R4005 what sudo started is another gopol");
  CHECK(!RootProcess::start({"/no/such/sudo"}));
}

TEST_CASE("what is made below the home is the user's, and the folders above it") {
  const tests::TempFolder temp;
  temp.write("home/ann/old", "x");
  const uid_t ann = ::geteuid() == 0 ? 12345 : ::geteuid();
  const gid_t group = ::geteuid() == 0 ? 12345 : ::getegid();
  const auto disk =
      disk_for_user({"ann", "/bin/sh", Path("/home/ann"), ann, group}, rooted_disk(temp.path()));
  const auto owner = [&](const char* name) {
    struct stat found {};
    CHECK(::lstat((temp / name).text.c_str(), &found) == 0);
    return found.st_uid;
  };
  REQUIRE(disk->replace(Path("/home/ann/a/b/file"), "x"));
  REQUIRE(disk->make_folder(Path("/home/ann/c/folder"), {.mode = 0700}));
  REQUIRE(disk->link(Path("/home/ann/d/link"), "x"));
  REQUIRE(disk->replace(Path("/etc/e/file"), "x"));
  REQUIRE(disk->replace(Path("/home/ann/old"), "y"));
  for (const char* made : {"home/ann/a", "home/ann/a/b", "home/ann/a/b/file", "home/ann/c",
                           "home/ann/c/folder", "home/ann/d", "home/ann/d/link"}) {
    CAPTURE(made);
    CHECK(owner(made) == ann);
  }
  for (const char* roots : {"etc/e", "etc/e/file", "home/ann/old"}) {
    CAPTURE(roots);
    CHECK(owner(roots) == ::geteuid());
  }
  const auto moved = disk->rename(Path("/etc/e/file"), Path("/home/ann/moved"));
  REQUIRE(!moved);
  CHECK(said(moved.error()) == "R4002 root moves nothing to `/home/ann/moved`, in a user's home");
}

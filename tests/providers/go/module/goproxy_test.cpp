#include "providers/go/module/proxy.h"
#include "tests/catch.h"
#include "tests/http_server.h"
#include "tests/providers/machine.h"

#ifdef GOPOL_NET_PROGRAM

using namespace gopol::engine;
using namespace gopol::tests;
using gopol::dsl::Unknown;
using gopol::providers::go::proxy_provider;

namespace {

const std::string list = "/golang.org/x/mod/@v/list";
const std::string database = "/sumdb/sum.golang.org/supported";

/// A machine on this network.
Host online(const Machine& machine) {
  NetSettings net;
  net.program = Path(GOPOL_NET_PROGRAM);
  return Host(rooted_disk(machine.temp.path()), recorded_programs(machine.temp / "none", {}, {}),
              recorded_system(machine.is), net_client(std::move(net)));
}

/// `true false ?`: reachable, speaks the protocol, serves the sumdb.
std::string shown(const Host& host, const std::string& url) {
  std::string out;
  for (const char* attribute : {"reachable", "speaks_protocol", "serves_sumdb"}) {
    const auto value = look(*proxy_provider(), host, url, attribute).value;
    out += (out.empty() ? "" : " ") + (value.is_unknown() ? "?" : to_text(value));
  }
  return out;
}

Page page(std::string body, int status = 200) {
  Page out;
  out.body = std::move(body);
  out.status = status;
  return out;
}

}  // namespace

TEST_CASE("a proxy is judged by what a real server answers") {
  Page moved = page("", 302);
  moved.location = "/elsewhere";
  struct Case {
    std::map<std::string, Page> pages;
    std::string shown;
  };
  const std::vector<Case> cases = {
      {{{list, page("v0.1.0\nv0.2.0-rc.1\nv1.0.0+incompatible\n")}, {database, page("")}},
       "true true true"},
      {{{list, page("v0.1.0\r\n")}}, "true true false"},
      {{{list, page("<html>welcome</html>\n")}, {database, page("", 410)}}, "true false false"},
      {{{list, page("v1\n")}}, "true false false"},
      {{{list, page("")}}, "true ? false"},
      {{}, "true ? false"},
      {{{list, page("no", 401)}, {database, page("no", 403)}}, "true ? ?"},
      {{{list, page("no", 500)}, {database, page("no", 502)}}, "true ? ?"},
      {{{list, moved}, {"/elsewhere", page("v0.1.0\n")}}, "true true false"},
  };
  const Machine machine;
  for (const Case& one : cases) {
    const HttpServer server(one.pages);
    CHECK(shown(online(machine), server.url()) == one.shown);
    CHECK(shown(online(machine), server.url() + "/") == one.shown);
  }
}

TEST_CASE("what cannot be asked is unknown, and says why and what to do") {
  const Machine machine;
  const Host host = online(machine);
  const auto asked = [&](const std::string& url, const char* attribute) {
    return look(*proxy_provider(), host, url, attribute);
  };
  const auto nobody = asked("http://127.0.0.1:1", "reachable");
  CHECK(nobody.value == Value(false));
  REQUIRE(nobody.findings.size() == 1);
  CHECK(nobody.findings[0].find("Failed to connect to 127.0.0.1 port 1") != std::string::npos);
  CHECK(asked("http://127.0.0.1:1", "speaks_protocol").value.is_unknown());
  const auto nameless = asked("https://proxy.invalid", "reachable").value;
  REQUIRE(nameless.is_unknown());
  CHECK(nameless.as<Unknown>()->remedy.text() == "ask again when this machine is on the network");
  CHECK(reason(asked("direct", "reachable").value) == "`direct` is no address of a proxy");
  CHECK(reason(asked("https://ann:secret@p.example", "reachable").value).find("secret") ==
        std::string::npos);
  HttpServer server({{list, page("no", 401)}});
  const auto refused = asked(server.url(), "speaks_protocol").value;
  REQUIRE(refused.is_unknown());
  CHECK(refused.as<Unknown>()->remedy.text() == "write the account for this server into ~/.netrc");
}

TEST_CASE("a proxy is asked once for what is wanted, and for the module that is named") {
  const Machine machine;
  HttpServer server({{"/git.corp.example/!team/lib/@v/list", page("v1.2.3\n")}});
  const std::string url = server.url();
  Query query;
  for (const char* attribute : {"reachable", "speaks_protocol"})
    query.slots.push_back({"goproxy", url, attribute, ""});
  query.inputs[url]["module"] = Value("git.corp.example/Team/lib");
  const auto seen = proxy_provider()->observe(query, online(machine));
  CHECK(seen[0].value == Value(true));
  CHECK(seen[1].value == Value(true));
  CHECK(seen[1].origin.text() == url + "/git.corp.example/!team/lib/@v/list");
  CHECK(server.requests() == 1);
}

TEST_CASE("a server that does not end its answer is given up in time") {
  Page slow = page(std::string(1 << 20, 'v'));
  slow.silent_after = 4096;
  const HttpServer server({{list, slow}});
  const Machine machine;
  const auto answer = online(machine).network().probe(server.url() + list, std::chrono::seconds(1));
  REQUIRE(answer);
  CHECK(answer->status == 0);
  CHECK(answer->failure.find("timed out") != std::string::npos);
  CHECK(!answer->offline);
}

TEST_CASE("of a long list only the beginning is read") {
  std::string versions;
  while (versions.size() < (200 << 10))
    versions += "v1.2." + std::to_string(versions.size()) + "\n";
  const HttpServer server({{list, page(versions)}});
  const Machine machine;
  CHECK(shown(online(machine), server.url()) == "true true false");
}

TEST_CASE("a proxy in a folder is read, not asked") {
  Machine machine;
  const Host host = machine.host();
  CHECK(shown(host, "file:///srv/proxy") == "false ? ?");
  machine.temp.write("srv/proxy" + list, "v0.1.0\n");
  CHECK(shown(host, "file:///srv/proxy") == "true true false");
  machine.temp.write("srv/proxy" + database, "");
  CHECK(shown(host, "file:///srv/proxy") == "true true true");
}

#endif

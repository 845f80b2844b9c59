// What must be concluded from privacy files of real Macs that no other test reads.
#include <algorithm>
#include <set>

#include "providers/tcc/database.h"
#include "providers/tcc/mobileconfig.h"
#include "providers/tcc/pppc_state.h"
#include "providers/tcc/requirement_text.h"
#include "providers/tcc/services.h"
#include "tests/catch.h"
#include "tests/providers/tcc/tcc_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using namespace gopol::providers::tcc;
using dsl::Value;

namespace {

/// What stands in `<string>` behind each `<key>` of that name.
std::vector<std::string> strings_of(const std::string& plist, const std::string& key) {
  std::vector<std::string> out;
  const std::string before = "<key>" + key + "</key>";
  for (std::size_t at = plist.find(before); at != std::string::npos; at = plist.find(before, at)) {
    at = plist.find("<string>", at) + 8;
    out.push_back(plist.substr(at, plist.find("</string>", at) - at));
  }
  return out;
}

std::set<std::string> keys_of(const std::string& plist) {
  std::set<std::string> out;
  for (std::size_t at = plist.find("<key>"); at != std::string::npos;
       at = plist.find("<key>", at)) {
    at += 5;
    out.insert(plist.substr(at, plist.find("</key>", at) - at));
  }
  return out;
}

}  // namespace

TEST_CASE("what an MDM has decided is read in both forms that its file has", "[truth]") {
  const TccMac mac;
  mac.profile(read_file(truth_path("tcc/example-MDMOverrides.plist")));
  const auto seen = [&](const char* client, const char* service) {
    return look(*pppc_provider(), mac.host(), client, service).value;
  };
  CHECK(seen("com.apple.Terminal", "SystemPolicyAllFiles") == Value("allowed"));
  CHECK(seen("com.apple.Terminal", "Camera").is_absent());
  // `Allowed` of former days, by path, for one receiver.
  CHECK(seen("/usr/local/bin/gopol", "AppleEvents") ==
        Value(dsl::List{{"com.apple.systemevents"}}));
}

TEST_CASE("gopol writes a profile as the composed one is, key for key", "[truth]") {
  const std::string composed = read_file(truth_path("tcc/example.mobileconfig"));
  REQUIRE(!composed.empty());
  auto requirements = strings_of(composed, "CodeRequirement");
  for (const std::string& text : strings_of(composed, "AEReceiverCodeRequirement"))
    requirements.push_back(text);
  CHECK(requirements.size() == 7);
  for (const std::string& text : requirements) {
    CAPTURE(text);
    const auto parsed = parse_requirement(text);
    REQUIRE(parsed);
    CHECK(parse_requirement(to_text(*parsed)) == parsed);
  }
  PppcEntry entry;
  entry.service = "AppleEvents";
  entry.client = "/usr/local/bin/gopol";
  entry.authorization = "Allow";
  entry.requirement = requirements.at(4);
  entry.receiver = "com.apple.systemevents";
  entry.receiver_requirement = requirements.back();
  entry.comment = "why";
  const auto ours = keys_of(mobileconfig({entry}, {"com.example.gopol.tcc", "Example"}));
  for (const std::string& key : keys_of(composed)) {
    CAPTURE(key);
    // A service is a key, too; who may remove the profile is for the MDM to say.
    CHECK(
        (ours.contains(key) || find_service(key) != nullptr || key == "PayloadRemovalDisallowed"));
  }
}

TEST_CASE("rows that were published of real Macs are read, with their requirements", "[truth]") {
  const std::string schema = read_file(truth_path("tcc/schema-macos14-fresh.sql"));
  const auto rows = truth_csv("tcc/rows-observed-misc.csv");
  REQUIRE(rows.size() > 1);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto &service = rows[i][2], &client = rows[i][3], &type = rows[i][4], &value = rows[i][5],
               &text = rows[i][7];
    CAPTURE(client, service);
    const std::string statement = insert_statement({{"service", "'" + service + "'"},
                                                    {"client", "'" + client + "'"},
                                                    {"client_type", type},
                                                    {"auth_value", value},
                                                    {"auth_reason", "2"},
                                                    {"auth_version", "1"},
                                                    {"csreq", "NULL"}},
                                                   schema);
    CHECK((type == "1") == client.starts_with('/'));  // a path is a client of the other type
    const auto record = read_record(database_bytes(schema + statement), Client{client});
    REQUIRE(record);
    REQUIRE(record->rows.size() == 1);
    CHECK(std::to_string(record->rows[0].value) == value);
    CHECK(!record->rows[0].requirement);
    if (text.empty()) continue;
    const auto requirement = parse_requirement(text);
    REQUIRE(requirement);
    // An ad-hoc program is known by nothing but its hash: such a grant dies with an upgrade.
    CHECK((requirement->op == Requirement::Op::cdhash) == text.starts_with("cdhash"));
  }
}

TEST_CASE("the registry of databases is no database of grants", "[truth]") {
  const std::string schema = read_file(truth_path("tcc/schema-regdb-macos27.sql"));
  REQUIRE(schema.find("CREATE TABLE registry") != std::string::npos);
  CHECK(why(read_record(database_bytes(schema), Client{"com.apple.Terminal"})) ==
        "its table `access` has a form that gopol does not know");
}

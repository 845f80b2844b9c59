#include "providers/tcc/database.h"

#include "providers/tcc/grant.h"
#include "providers/tcc/row_state.h"
#include "tests/catch.h"
#include "tests/providers/tcc/tcc_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using namespace gopol::providers::tcc;

namespace {

constexpr const char* row_tables[] = {
    "rows-runner-images-macos11-system.csv", "rows-runner-images-macos11-user.csv",
    "rows-runner-images-macos14-26-system.csv", "rows-runner-images-macos14-26-user.csv"};

std::string literal(const std::string& column, const std::string& cell) {
  if (cell == "NULL") return cell;
  const bool is_blob = column == "csreq" || column == "indirect_object_code_identity";
  return (is_blob ? "x'" : "'") + cell + "'";
}

using Cells = gopol::tests::Row;

std::string cell(const Cells& header, const Cells& cells, std::string_view name) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == name) return cells[i];
  }
  return {};
}

SqlRow sql_row(const Cells& header, const Cells& cells) {
  SqlRow out;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == "db" || header[i].ends_with("_text")) continue;
    const bool is_number = header[i] == "auth_value" || header[i] == "last_modified";
    out.emplace_back(header[i], is_number ? cells[i] : literal(header[i], cells[i]));
  }
  return out;
}

/// The statements that insert the rows of a table.
std::string statements(const std::string& table, const std::string& schema) {
  std::string out;
  const auto rows = truth_csv("tcc/" + table);
  for (std::size_t i = 1; i < rows.size(); ++i)
    out += insert_statement(sql_row(rows[0], rows[i]), schema);
  return out;
}

/// The row that says the same as the cells of a table.
const providers::tcc::Row* same_row(const Record& record, const Cells& header, const Cells& cells) {
  std::string receiver = cell(header, cells, "indirect_object_identifier");
  if (receiver == "UNUSED") receiver.clear();
  for (const auto& row : record.rows) {
    if (row.service == cell(header, cells, "service") && row.receiver == receiver) return &row;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("real rows are read alike from every form of the table since 10.14") {
  for (const auto& [schema_name, schema] : all_schemas()) {
    for (const char* table : row_tables) {
      CAPTURE(schema_name, table);
      const auto rows = truth_csv(std::string("tcc/") + table);
      if (rows.empty()) continue;
      const std::string bytes = database_bytes(schema + statements(table, schema));
      for (std::size_t i = 1; i < rows.size(); ++i) {
        CAPTURE(i);
        const auto record = read_record(bytes, Client{cell(rows[0], rows[i], "client")});
        REQUIRE(record);
        const auto* found = same_row(*record, rows[0], rows[i]);
        REQUIRE(found != nullptr);
        CHECK(std::to_string(found->value) == cell(rows[0], rows[i], "auth_value"));
        CHECK(found->requirement.has_value() == (cell(rows[0], rows[i], "csreq") != "NULL"));
        CHECK(std::to_string(found->last_modified) == cell(rows[0], rows[i], "last_modified"));
        CHECK(found->boot.empty());
        CHECK(!found->pid);
      }
    }
  }
}

TEST_CASE("of real rows the same is concluded whatever the form of the table") {
  const struct {
    const char *client, *service, *concluded;
    bool of_user = false;
  } cases[] = {
      {"com.apple.Terminal", "SystemPolicyAllFiles", "allowed"},
      {"/usr/libexec/sshd-keygen-wrapper", "SystemPolicyAllFiles", "denied"},
      {"/usr/libexec/sshd-keygen-wrapper", "Accessibility", "allowed"},
      {"com.microsoft.wdav", "SystemPolicyAllFiles", "allowed"},
      {"/usr/bin/osascript", "Accessibility", "allowed"},
      {"/usr/bin/osascript", "ScreenCapture", "undetermined"},            // a row of the user only
      {"com.apple.Terminal", "ScreenCapture", "undetermined"},            // the same
      {"/bin/bash", "PostEvent", "undetermined"},                         // the same
      {"/bin/bash", "SystemPolicyNetworkVolumes", "undetermined", true},  // of the system only
      {"/bin/bash", "AppleEvents", "[com.apple.finder, com.apple.systemevents]", true},
      {"com.apple.Terminal", "Camera", "undetermined", true},
      {"com.apple.mail", "Ubiquity", "allowed", true},
      {"com.apple.TextEdit", "Ubiquity",
       "TCC.db says allowed of a program, and com.apple.TextEdit was not found in "
       "/Applications, ~/Applications, the folders in them, macOS' own, JetBrains Toolbox and "
       "Homebrew's Caskroom",
       true}};
  const auto provider = grant_provider();
  for (const auto& [schema_name, schema] : all_schemas()) {
    const bool is_27 = schema_name.find("macos27") != std::string::npos;
    const TccMac mac(is_27 ? "27.0" : "15.1");
    mac.system(
        database_bytes(schema + statements("rows-runner-images-macos14-26-system.csv", schema)));
    mac.user(database_bytes(schema + statements("rows-runner-images-macos14-26-user.csv", schema)));
    for (const auto& one : cases) {
      CAPTURE(schema_name, one.client, one.service);
      const bool hidden = is_27 && one.of_user;
      CHECK(reason(look(*provider, mac.host(), one.client, one.service).value) ==
            (hidden ? "since macOS 27 no program may read what the user decided" : one.concluded));
    }
  }
}

TEST_CASE("what is no database, or none of TCC, is refused") {
  const auto refusal = [](const std::string& bytes) {
    return why(read_record(bytes, Client{"com.apple.Terminal"}));
  };
  CHECK(refusal("") == "it is no SQLite database");
  CHECK(refusal("CREATE TABLE access (x)") == "it is no SQLite database");
  CHECK(refusal(database_bytes("CREATE TABLE other (x);")) ==
        "its table `access` has a form that gopol does not know");
  CHECK(refusal(database_bytes("CREATE TABLE access (service, client, client_type, csreq);")) ==
        "its table `access` has a form that gopol does not know");
}

TEST_CASE("a database that is cut or changed anywhere is refused or read, no more") {
  const auto schemas = all_schemas();
  if (schemas.empty()) return;
  const std::string whole =
      database_bytes(schemas.front().second + insert_statement({{"service", "'kTCCServiceCamera'"},
                                                                {"client", "'a'"},
                                                                {"client_type", "0"},
                                                                {"auth_value", "2"},
                                                                {"auth_reason", "2"},
                                                                {"auth_version", "1"}},
                                                               schemas.front().second));
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ '\x5a');
    (void)read_record(changed, Client{"a"});
    const auto cut = read_record(whole.substr(0, at), Client{"a"});
    CAPTURE(at);
    CHECK((!cut || cut->rows.size() == 1));  // what it does not hold any more is not taken for no
  }
}

TEST_CASE("a row may be out of force, and what is not known is not guessed") {
  const auto state = [](const providers::tcc::Row& row, const Record& record = {}) {
    return reason(state_of(row, record, "BOOT-2").value);
  };
  providers::tcc::Row row{.service = "kTCCServiceCamera", .value = 2, .last_modified = 100};
  CHECK(state(row) == "allowed");
  CHECK(state(row, {.expired = {{"kTCCServiceCamera", 99}}}) == "allowed");
  CHECK(state(row, {.expired = {{"kTCCServiceCamera", 100}}}) == "undetermined");
  CHECK(state(row, {.expired = {{"kTCCServiceMicrophone", 100}}}) == "allowed");
  row.boot = "BOOT-1";
  CHECK(state(row) == "undetermined");
  row.boot = "BOOT-2";
  CHECK(state(row) == "the decision is for one process, or until the next start");
  row.boot = "";
  row.flags = 8;
  CHECK(state(row) == "the row has flags 8, whose meaning is not known");
  const char* words[] = {"denied", "undetermined", "allowed", "limited"};
  for (int value = 0; value < 4; ++value)
    CHECK(state({.service = "s", .value = value}) == words[value]);
  CHECK(state({.service = "s", .value = 5}) ==
        "TCC.db says auth_value 5, whose meaning is not known");
}

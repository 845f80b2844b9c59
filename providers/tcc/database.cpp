#include "providers/tcc/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <set>

namespace gopol::providers::tcc {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;
using Columns = std::set<std::string>;

dsl::Diagnostic problem(const std::string& what) { return dsl::problem("R4002", what); }

/// A damaged database may make SQLite work without end.
int stop_after(void* left) { return --*static_cast<int*>(left) < 0 ? 1 : 0; }

/// A copy of a database in memory: nothing is locked, nothing written.
class Copy {
 public:
  explicit Copy(std::string bytes) : bytes_(std::move(bytes)) {
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nullptr);
    connection_.reset(opened);
    if (status != SQLITE_OK) return;
    open_journal_mode();
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(opened, 10'000, stop_after, &left_);
    auto* data = reinterpret_cast<unsigned char*>(bytes_.data());
    const auto size = static_cast<sqlite3_int64>(bytes_.size());
    is_open_ = sqlite3_deserialize(opened, "main", data, size, size, SQLITE_DESERIALIZE_READONLY) ==
               SQLITE_OK;
  }
  ~Copy() { connection_.reset(); }  // before the bytes
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  bool is_open() const { return is_open_; }
  std::string complaint() const { return sqlite3_errmsg(connection_.get()); }

  /// Calls `use` with each row; whether all went well.
  template <class Use>
  bool each(const std::string& sql, const std::vector<std::string>& texts, const Use& use) const {
    sqlite3_stmt* prepared = nullptr;
    const int status = sqlite3_prepare_v2(connection_.get(), sql.c_str(), -1, &prepared, nullptr);
    const Statement statement(prepared);
    if (status != SQLITE_OK) return false;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      sqlite3_bind_text(prepared, static_cast<int>(i) + 1, texts[i].data(),
                        static_cast<int>(texts[i].size()), nullptr);
    }
    int step = SQLITE_ROW;
    while ((step = sqlite3_step(prepared)) == SQLITE_ROW) use(prepared);
    return step == SQLITE_DONE;
  }

 private:
  /// A database in memory cannot be in WAL mode; that its log is empty was looked at before.
  void open_journal_mode() {
    constexpr std::size_t write_version = 18, read_version = 19;
    if (bytes_.size() > read_version) bytes_[write_version] = bytes_[read_version] = 1;
  }

  std::string bytes_;
  int left_ = 10'000;
  Connection connection_;
  bool is_open_ = false;
};

/// The bytes of a column, text or blob; nothing for NULL.
std::optional<std::string> bytes_at(sqlite3_stmt* row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return {};
  const auto* data = static_cast<const char*>(sqlite3_column_blob(row, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  return data == nullptr ? std::string() : std::string(data, size);
}

std::string text_at(sqlite3_stmt* row, int column) { return bytes_at(row, column).value_or(""); }

/// macOS writes UNUSED where there is nothing.
std::string used_text_at(sqlite3_stmt* row, int column) {
  std::string out = text_at(row, column);
  return out == "UNUSED" ? "" : out;
}

Row row_of(sqlite3_stmt* row) {
  Row out;
  out.service = text_at(row, 0);
  out.receiver = used_text_at(row, 1);
  constexpr std::int64_t strange = -1;
  out.value =
      sqlite3_column_type(row, 2) == SQLITE_INTEGER ? sqlite3_column_int64(row, 2) : strange;
  out.requirement = bytes_at(row, 3);
  out.receiver_requirement = bytes_at(row, 4);
  out.flags = sqlite3_column_int64(row, 5);
  out.last_modified = sqlite3_column_int64(row, 6);
  if (sqlite3_column_type(row, 7) != SQLITE_NULL) out.pid = sqlite3_column_int64(row, 7);
  out.boot = used_text_at(row, 8);
  return out;
}

Columns columns_of(const Copy& database, const std::string& table) {
  Columns out;
  database.each(fmt::format("PRAGMA table_info({})", table), {},
                [&](sqlite3_stmt* row) { out.insert(text_at(row, 1)); });
  return out;
}

/// The column, or NULL where this macOS has none of that name.
std::string or_null(const Columns& columns, const std::string& name) {
  return columns.contains(name) ? name : "NULL";
}

constexpr const char* of_client = "WHERE client = ?1 AND client_type = ";

std::string where(const Client& client) {
  return of_client + std::string(client.is_path() ? "1" : "0");
}

bool read_rows(const Copy& database, const Columns& has, const Client& client, Record& out) {
  const bool is_new = has.contains("auth_value");
  const std::string sql =
      fmt::format("SELECT service, {}, {}, csreq, {}, {}, last_modified, {}, {} FROM access {}",
                  or_null(has, "indirect_object_identifier"), is_new ? "auth_value" : "allowed * 2",
                  or_null(has, "indirect_object_code_identity"), or_null(has, "flags"),
                  or_null(has, "pid"), or_null(has, "boot_uuid"), where(client));
  return database.each(sql, {client.name},
                       [&](sqlite3_stmt* row) { out.rows.push_back(row_of(row)); });
}

/// The tables beside `access`; one that a macOS has not says nothing.
bool read_rest(const Copy& database, const Client& client, Record& out) {
  bool fine = true;
  if (columns_of(database, "managed_overrides").contains("service")) {
    fine = database.each("SELECT service FROM managed_overrides " + where(client), {client.name},
                         [&](sqlite3_stmt* row) { out.managed.push_back(text_at(row, 0)); });
  }
  if (columns_of(database, "expired").contains("expired_at")) {
    const std::string sql = "SELECT service, expired_at FROM expired " + where(client);
    fine = fine && database.each(sql, {client.name}, [&](sqlite3_stmt* row) {
      out.expired.emplace_back(text_at(row, 0), sqlite3_column_int64(row, 1));
    });
  }
  if (columns_of(database, "access_overrides").contains("service")) {
    fine = fine &&
           database.each("SELECT service FROM access_overrides", {},
                         [&](sqlite3_stmt* row) { out.switched_off.push_back(text_at(row, 0)); });
  }
  return fine;
}

}  // namespace

dsl::Result<Record> read_record(std::string bytes, const Client& client) {
  using namespace std::string_view_literals;
  if (!bytes.starts_with("SQLite format 3\0"sv)) return problem("it is no SQLite database");
  const Copy database(std::move(bytes));
  if (!database.is_open()) return problem(database.complaint());
  const Columns has = columns_of(database, "access");
  const bool known = has.contains("auth_value") || has.contains("allowed");
  if (!known || !has.contains("csreq") || !has.contains("client_type"))
    return problem("its table `access` has a form that gopol does not know");
  Record out;
  if (!read_rows(database, has, client, out) || !read_rest(database, client, out))
    return problem(database.complaint());
  return out;
}

}  // namespace gopol::providers::tcc

#include "tests/providers/tcc/tcc_mac.h"

#include <sqlite3.h>

#include <filesystem>

#include "tests/catch.h"
#include "tests/table.h"

namespace gopol::tests {
namespace {

std::string number(std::uint64_t value, std::size_t size, bool big) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t shift = 8 * (big ? size - 1 - i : i);
    out += static_cast<char>(value >> shift & 0xffU);
  }
  return out;
}

std::string big(std::uint64_t value) { return number(value, 4, true); }
std::string little(std::uint64_t value) { return number(value, 4, false); }

std::string code_directory(const std::string& identifier, const std::string& team, bool adhoc) {
  constexpr std::size_t header = 52;
  const std::size_t team_at = team.empty() ? 0 : header + identifier.size() + 1;
  std::string rest = big(0x20200) + big(adhoc ? 0x2 : 0x10000) + big(0) + big(header) + big(0) +
                     big(0) + big(0) + std::string("\x20\x02\x00\x0c", 4) + big(0) + big(0) +
                     big(team_at) + identifier + '\0';
  if (!team.empty()) rest += team + '\0';
  return big(0xfade0c02) + big(rest.size() + 8) + rest;
}

}  // namespace

std::string database_bytes(const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(":memory:", &database) == SQLITE_OK);
  char* error = nullptr;
  sqlite3_exec(database, "PRAGMA page_size = 512", nullptr, nullptr, nullptr);
  sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error);
  const std::string said = error == nullptr ? "" : error;
  CAPTURE(sql);
  REQUIRE(said == "");
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(database, "main", &size, 0);
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  sqlite3_close(database);
  return out;
}

std::string insert_statement(const SqlRow& row, const std::string& schema) {
  const bool is_old = schema.find("prompt_count") != std::string::npos;
  std::string names, values;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (schema.find(" " + name + " ") == std::string::npos) return;
    names += (names.empty() ? "" : ", ") + name;
    values += (values.empty() ? "" : ", ") + value;
  };
  for (const auto& [name, value] : row) {
    add(name, value);
    if (is_old && name == "auth_value") add("allowed", value == "2" ? "1" : "0");
  }
  if (is_old) add("prompt_count", "1");
  return "INSERT OR REPLACE INTO access (" + names + ") VALUES (" + values + ");\n";
}

std::vector<std::pair<std::string, std::string>> all_schemas() {
  std::vector<std::pair<std::string, std::string>> out;
  const std::string folder = truth_path("tcc");
  if (folder.empty()) return out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("schema-macos") && name.ends_with(".sql"))
      out.emplace_back(name, read_file(entry.path().string()));
  }
  return out;
}

std::string program_bytes(const std::string& identifier, const std::string& team,
                          bool certificate) {
  const std::string directory = code_directory(identifier, team, !certificate);
  const std::size_t blobs = certificate ? 2 : 1, header = 12 + 8 * blobs;
  const std::string cms = certificate ? big(0xfade0b01) + big(16) + "a chain!" : std::string();
  std::string index = big(0) + big(header);
  if (certificate) index += big(0x10000) + big(header + directory.size());
  const std::string signature = big(0xfade0cc0) + big(header + directory.size() + cms.size()) +
                                big(blobs) + index + directory + cms;
  return little(0xfeedfacf) + little(0x0100000c) + little(0) + little(2) + little(1) + little(16) +
         little(0) + little(0) + little(0x1d) + little(16) + little(48) + little(signature.size()) +
         signature;
}

TccMac::TccMac(const std::string& macos) {
  is.platform = "macos";
  is.machine = "arm64";
  is.user_name = "dev";
  is.user.home = dsl::Path("/Users/dev");
  is.sysctls = {{"kern.bootsessionuuid", "BOOT-2"}};
  temp.write("System/Library/CoreServices/.SystemVersionPlatform.plist",
             "<plist><dict><key>ProductVersion</key><string>" + macos + "</string></dict></plist>");
  application("System/Applications/Utilities/Terminal.app", "com.apple.Terminal",
              program_bytes("com.apple.Terminal", "", true));
  temp.write("usr/libexec/sshd-keygen-wrapper",
             program_bytes("com.apple.sshd-keygen-wrapper", "", true));
}

void TccMac::application(const std::string& path, const std::string& bundle,
                         const std::string& program) const {
  temp.write(path + "/Contents/Info.plist", "<plist><dict><key>CFBundleIdentifier</key><string>" +
                                                bundle +
                                                "</string><key>CFBundleExecutable</key><string>it"
                                                "</string></dict></plist>");
  temp.write(path + "/Contents/MacOS/it", program);
}

}  // namespace gopol::tests

#include "providers/go/env/env_file.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <nlohmann/json.hpp>

#include "providers/go/env/env_write.h"
#include "tests/catch.h"
#include "tests/table.h"

using namespace gopol;
namespace go = providers::go;
using nlohmann::json;

namespace {

std::vector<std::filesystem::path> cases(std::string_view prefix) {
  std::vector<std::filesystem::path> out;
  const std::string folder = tests::truth_path("envfile-cases");
  if (folder.empty()) return out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".json")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// What `go env KEY` prints: the file, else $GOROOT/go.env, else the built-in rule.
std::string effective(const std::string& file, const json& expect, const std::string& key) {
  if (const auto value = go::env_file_value(file, key)) return *value;
  const json& defaults = expect.at("goroot_go_env");
  if (defaults.contains(key)) return defaults.at(key).get<std::string>();
  if (key == "GONOPROXY" || key == "GONOSUMDB")
    return go::env_file_value(file, "GOPRIVATE").value_or("");
  return "";
}

std::vector<go::EnvEdit> edits_of(const json& args) {
  std::vector<go::EnvEdit> out;
  const bool removes = args.at(0) == "-u";
  for (std::size_t i = 1; i < args.size(); ++i) {
    const auto arg = args.at(i).get<std::string>();
    const std::size_t equals = arg.find('=');
    if (removes) {
      out.push_back({arg, {}});
    } else {
      out.push_back({arg.substr(0, equals), arg.substr(equals + 1)});
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return out;
}

/// Whether the newest Go refuses the arguments of `go env`: one that it rejects, or a key twice.
bool is_refused(const json& args, const std::string& before) {
  std::set<std::string> keys;
  for (std::size_t i = 1; i < args.size() && args.at(0) == "-w"; ++i) {
    const auto arg = args.at(i).get<std::string>();
    const std::string key = arg.substr(0, arg.find('='));
    if (!keys.insert(key).second) return true;
    const bool in_file = before.find(key + "=") != std::string::npos;  // known because it is there
    if (!in_file && !go::env_write_refusal(arg, 27).empty()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("env files are read as Go reads them", "[truth][go-table]") {
  for (const auto& path : cases("read-")) {
    CAPTURE(path.filename().string());
    const json expect = json::parse(tests::read_file(path.string()));
    std::string env = path.string();
    env.replace(env.size() - std::string(".expect.json").size(), std::string::npos, ".env");
    const std::string file = tests::read_file(env);
    for (const auto& [key, value] : expect.at("expect").items()) {
      CAPTURE(key);
      CHECK(effective(file, expect, key) == value.get<std::string>());
    }
  }
}

TEST_CASE("env files are edited to the byte as go env -w and -u do", "[truth][go-table]") {
  for (const auto& path : cases("write-")) {
    CAPTURE(path.filename().string());
    const json expect = json::parse(tests::read_file(path.string()));
    const std::string before =
        expect.at("file_before").is_null() ? "" : expect.at("file_before").get<std::string>();
    CHECK(is_refused(expect.at("go_env_args"), before) == (expect.at("exit") != 0));
    if (expect.at("exit") != 0) continue;  // refused as a whole: nothing is written
    CHECK(go::edit_env_file(before, edits_of(expect.at("go_env_args"))) ==
          expect.at("file_after").get<std::string>());
  }
}

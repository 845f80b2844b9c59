// The manual is run: a block ```gopol NAME becomes the file NAME, and what each `$ command` of a
// ```console block prints must be what stands below it. GOPOL_ACCEPT=1 rewrites the pages.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/golden.h"
#include "tests/temp_folder.h"

namespace fs = std::filesystem;
using namespace gopol;

namespace {

std::string output_of(const std::string& command) {
  const auto close = [](std::FILE* pipe) { ::pclose(pipe); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(command.c_str(), "r"), close);
  REQUIRE(pipe);
  std::string out;
  std::array<char, 4096> buffer;
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    out.append(buffer.data(), n);
  return out;
}

std::string shell_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// One page, read block by block in a scratch folder of its own.
class Page {
 public:
  explicit Page(const fs::path& file) : lines_(tests::read_file(file)) {
    fs::create_directories((temp_ / "home").text);
    fs::create_directories((temp_ / "work").text);
    for (const std::string name : {"examples", "share"})
      fs::create_directory_symlink(GOPOL_SOURCE_DIR "/" + name, (temp_ / ("work/" + name)).text);
  }

  /// The page as it should be.
  std::string run() {
    for (std::string line; std::getline(lines_, line);) {
      out_ += line + "\n";
      if (line.starts_with("```gopol ")) {
        write_file(line.substr(9));
      } else if (line == "```console") {
        run_commands();
      }
    }
    return out_;
  }

 private:
  void write_file(const std::string& name) {
    std::ofstream file((temp_ / ("work/" + name)).text);
    for (std::string line; std::getline(lines_, line);) {
      out_ += line + "\n";
      if (line == "```") return;
      file << line << "\n";
    }
  }

  void run_commands() {
    for (std::string line; std::getline(lines_, line);) {
      if (line == "```") {
        out_ += line + "\n";
        return;
      }
      if (!line.starts_with("$ ")) continue;  // what it printed when the page was written
      out_ += line + "\n" + said_by(line.substr(2));
    }
  }

  std::string said_by(const std::string& command) const {
    const std::string environment = "env -i PATH='" GOPOL_BINARY_DIR "':\"$PATH\" HOME='" +
                                    (temp_ / "home").text + "' LANG=C.UTF-8 sh -c ";
    std::string said = output_of("cd '" + (temp_ / "work").text + "' && " + environment +
                                 shell_quoted(command) + " 2>&1");
    const std::string scratch = temp_.path().text;
    for (std::size_t at = said.find(scratch); at != std::string::npos; at = said.find(scratch))
      said.replace(at, scratch.size(), "");
    if (!said.empty() && said.back() != '\n') said += '\n';
    return said;
  }

  tests::TempFolder temp_;
  std::istringstream lines_;
  std::string out_;
};

}  // namespace

TEST_CASE("every example of the manual prints what it says") {
  std::size_t pages = 0;
  for (const auto& entry : fs::recursive_directory_iterator(GOPOL_SOURCE_DIR "/docs")) {
    if (entry.path().extension() != ".md") continue;
    CAPTURE(entry.path().filename().string());
    if (entry.path().filename() == "reference.md") {
      const std::string said = output_of("'" GOPOL_BINARY_DIR "/gopol' explain reference");
      CHECK(tests::matches_golden(entry.path(), ".md", said));
      continue;
    }
    CHECK(tests::matches_golden(entry.path(), ".md", Page(entry.path()).run()));
    ++pages;
  }
  CHECK(pages > 0);
}

TEST_CASE("every command has a page of the manual, and every page a command") {
  std::vector<std::string> commands, pages;
  std::istringstream help(output_of("'" GOPOL_BINARY_DIR "/gopol' help"));
  bool listed = false;
  for (std::string line; std::getline(help, line);) {
    if (listed && line.empty()) break;
    if (listed) commands.push_back(line.substr(2, line.find(' ', 2) - 2));
    if (line == "Subcommands:") listed = true;
  }
  commands.erase(std::remove(commands.begin(), commands.end(), "help"), commands.end());
  for (const auto& entry : fs::directory_iterator(GOPOL_SOURCE_DIR "/docs/commands"))
    pages.push_back(entry.path().stem().string());
  std::sort(commands.begin(), commands.end());
  std::sort(pages.begin(), pages.end());
  CHECK(commands == pages);
}

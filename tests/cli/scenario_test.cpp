// Scenarios read as a shell session: tests/scenarios/NAME/run.sh is run in a scratch folder and
// what it prints is compared with expected.txt beside it. GOPOL_ACCEPT=1 rewrites.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

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

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// What guards a plan differs from kernel to kernel; tests/engine tries what it says.
void hide_guard(std::string& text) {
  for (const std::string start :
       {"planned without the right to write", "planned without a guard"}) {
    for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at))
      text.replace(at, text.find('\n', at) - at, "planned GUARDED");
  }
}

/// A quiet environment: no configuration, state or language of whoever runs the tests.
std::string command_for(const fs::path& script, const std::string& home, const std::string& work) {
  return "cd '" + work + "' && env -i PATH=\"$PATH\" HOME='" + home +
         "' LANG=C.UTF-8 GOPOL='" GOPOL_BINARY_DIR "/gopol' SOURCE='" GOPOL_SOURCE_DIR "' sh '" +
         script.string() + "' 2>&1";
}

}  // namespace

TEST_CASE("scenarios print what they shall") {
  for (const auto& entry : fs::directory_iterator(GOPOL_SOURCE_DIR "/tests/scenarios")) {
    const fs::path script = entry.path() / "run.sh";
    if (!fs::exists(script)) continue;
    CAPTURE(entry.path().filename().string());
    const tests::TempFolder temp;
    const std::string home = (temp / "home").text, work = (temp / "work").text;
    fs::create_directories(home);
    fs::create_directories(work);
    std::string said = output_of(command_for(script, home, work));
    replace_all(said, temp.path().text, "SCRATCH");
    replace_all(said, GOPOL_SOURCE_DIR, "SOURCE");
    hide_guard(said);
    CHECK(tests::matches_golden(entry.path() / "expected", ".txt", said));
    output_of("chmod -R u+w '" + temp.path().text + "'");
  }
}

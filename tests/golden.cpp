#include "tests/golden.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/catch.h"

namespace gopol::tests {

namespace fs = std::filesystem;

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> golden_inputs(const std::string& topic, const std::string& extension) {
  std::vector<fs::path> out;
  for (const auto& entry :
       fs::directory_iterator(fs::path(GOPOL_SOURCE_DIR) / "tests/golden" / topic)) {
    if (entry.path().extension() == extension) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool matches_golden(const fs::path& input, const std::string& extension,
                    const std::string& actual) {
  const fs::path file = fs::path(input).replace_extension(extension);
  const std::string expected = read_file(file);
  if (expected == actual) return true;
  if (std::getenv("GOPOL_ACCEPT") == nullptr) {
    std::cerr << "--- " << file.string() << "\n" << expected << "+++ now\n" << actual;
    return false;
  }
  if (actual.empty()) {
    fs::remove(file);
  } else {
    std::ofstream(file, std::ios::binary) << actual;
  }
  return true;
}

void check_goldens(const std::string& topic, const std::string& extension,
                   const std::function<std::string(const std::string&, const std::string&)>& run) {
  const std::vector<fs::path> inputs = golden_inputs(topic);
  CHECK(!inputs.empty());
  for (const fs::path& input : inputs) {
    const std::string name = input.filename().string();
    CAPTURE(name);
    CHECK(matches_golden(input, extension, run(name, read_file(input))));
  }
}

}  // namespace gopol::tests

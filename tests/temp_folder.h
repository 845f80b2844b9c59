#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "dsl/value/path.h"
#include "engine/real/scratch.h"

namespace gopol::tests {

/// A folder of this test's own, gone with it. `/` in names makes folders.
class TempFolder {
 public:
  TempFolder() : scratch_(std::move(*engine::Scratch::make())) {}

  dsl::Path path() const { return dsl::Path(scratch_.path()); }
  dsl::Path operator/(std::string_view name) const { return path() / name; }

  dsl::Path write(std::string_view name, std::string_view text) const {
    const dsl::Path file = path() / name;
    std::filesystem::create_directories(file.parent().text);
    std::ofstream(file.text, std::ios::binary) << text;
    return file;
  }
  dsl::Path write_program(std::string_view name, std::string_view text) const {
    const dsl::Path file = write(name, text);
    std::filesystem::permissions(file.text, std::filesystem::perms(0755));
    return file;
  }
  std::string read(std::string_view name) const {
    std::ifstream in((path() / name).text, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  bool has(std::string_view name) const {
    return std::filesystem::symlink_status((path() / name).text).type() !=
           std::filesystem::file_type::not_found;
  }
  /// How many entries the folder itself has: a temporary file left behind shows here.
  std::size_t count(std::string_view name = ".") const {
    const std::filesystem::directory_iterator entries((path() / name).text);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
  }

 private:
  engine::Scratch scratch_;
};

}  // namespace gopol::tests

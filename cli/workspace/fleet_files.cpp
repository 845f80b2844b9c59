#include "cli/workspace/fleet_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gopol::cli {
namespace {

namespace fs = std::filesystem;

bool has_lines(const fs::path& file) {
  return file.extension() == ".ndjson" || file.extension() == ".jsonl";
}

/// The recorded machines of a folder, those below it not.
std::vector<fs::path> snapshots_in(const std::string& folder, std::error_code& error) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path& file = entry.path();
    std::error_code
        ignored;  // nothing but plain files: a pipe would be waited for, a link leads out
    const bool plain = entry.symlink_status(ignored).type() == fs::file_type::regular;
    if (plain && (file.extension() == ".json" || has_lines(file))) out.push_back(file);
  }
  std::sort(out.begin(), out.end());
  return out;
}

class Fleet {
 public:
  explicit Fleet(engine::FleetComparison& into) : into_(into) {}

  void read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!has_lines(file)) {
      const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      return take(text, file.stem().string(), file.filename().string());
    }
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const std::string place = fmt::format("{}:{}", file.filename().string(), number);
      take(line, place, place);
    }
  }

  std::size_t machines = 0;
  std::vector<std::string> unreadable;

 private:
  void take(const std::string& text, const std::string& name, const std::string& place) {
    if (!engine::read_machine(text, machine_)) {
      unreadable.push_back(place);
      return;
    }
    if (machine_.name.empty()) machine_.name = name;
    into_.add(machine_);
    ++machines;
  }

  engine::FleetComparison& into_;
  engine::RawMachine machine_;
};

}  // namespace

dsl::Result<std::vector<std::string>> replay_fleet(const std::string& folder,
                                                   engine::FleetComparison& into) {
  std::error_code error;
  const auto files = snapshots_in(folder, error);
  if (error) {
    return dsl::problem("P0001", fmt::format("no folder {}: {}", folder, error.message()),
                        "`--fleet` takes a folder of recorded machines");
  }
  Fleet fleet(into);
  for (const fs::path& file : files) fleet.read(file);
  if (fleet.machines == 0) {
    return dsl::problem("P0001", fmt::format("no recorded machine in {}", folder),
                        "`gopol facts --record FILE --policy POLICY` writes one");
  }
  return std::move(fleet.unreadable);
}

}  // namespace gopol::cli

#pragma once

#include <filesystem>
#include <map>
#include <sstream>
#include <string>

#include "tests/engine/apply/life.h"
#include "tests/engine/apply/ownership_model.h"

namespace gopol::tests {

/// The cells of the model on a machine: three files, two variables of one file, and a file of
/// root's.
class CellMachine {
 public:
  using Cell = OwnershipModel::Cell;

  CellMachine() = default;
  explicit CellMachine(const std::string& recorded) : life(recorded) {}

  static bool is_file(int slot) { return slot < 3 || slot == OwnershipModel::roots; }
  Slot slot_of(int slot) const {
    if (slot == OwnershipModel::roots) return {"file", "/etc/f", "content", ""};
    if (slot < 3) return {"file", (life.home() / ("f" + std::to_string(slot))).text, "content", ""};
    return {"go.env", "", slot == 3 ? "GOSUMDB" : "GOFLAGS", ""};
  }
  int number_of(const Slot& slot) const {
    for (int i = 0; i < OwnershipModel::slots; ++i) {
      if (slot_of(i) == slot) return i;
    }
    return -1;
  }
  static Cell cell_of(const Value& value) {
    if (value.is_absent()) return {};
    if (const auto* listed = value.as<dsl::List>()) return {true, listed->items};
    if (const auto* text = value.as<std::string>()) return {true, {*text}};
    return {true, {dsl::to_text(value)}};
  }

  Cell cell(int slot) const {
    if (is_file(slot)) {
      const std::string file = life.in_temp(real_place(Path(slot_of(slot).key.text())));
      return life.temp().has(file) ? Cell{true, {life.temp().read(file)}} : Cell{};
    }
    const auto all = env();
    const auto found = all.find(slot_of(slot).attribute.text());
    if (found == all.end()) return {};
    Cell out{true, {}};
    std::istringstream words(found->second);
    for (std::string word; words >> word;) out.items.push_back(word);
    return out;
  }
  void write(int slot, const Cell& to) {
    if (is_file(slot)) {
      const std::string file = life.in_temp(real_place(Path(slot_of(slot).key.text())));
      if (to.set)
        life.temp().write(file, to.items.front());
      else
        std::filesystem::remove((life.temp() / file).text);
      return;
    }
    auto all = env();
    all.erase(slot_of(slot).attribute.text());
    std::string value;
    for (const auto& item : to.items) value += (value.empty() ? "" : " ") + item;
    if (to.set) all[slot_of(slot).attribute.text()] = value;
    std::string lines;
    for (const auto& [name, one] : all) lines += name + "=" + one + "\n";
    if (lines.empty())
      std::filesystem::remove((life.temp() / env_file()).text);
    else
      life.temp().write(env_file(), lines);
  }

  Life life;

 private:
  std::map<std::string, std::string> env() const {
    std::map<std::string, std::string> out;
    if (!life.temp().has(env_file())) return out;
    std::istringstream lines(life.temp().read(env_file()));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t mark = line.find('=');
      out[line.substr(0, mark)] = line.substr(mark + 1);
    }
    return out;
  }

  /// Of a Mac /etc is a link.
  Path real_place(const Path& path) const {
    return life.is_mac() && path.is_within(Path("/etc")) ? Path("/private" + path.text) : path;
  }
  std::string env_file() const {
    const char* folder = life.is_mac() ? "Library/Application Support" : ".config";
    return life.in_temp(life.home() / folder / "go/env");
  }
};

}  // namespace gopol::tests

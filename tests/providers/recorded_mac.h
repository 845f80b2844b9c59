#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "dsl/value/source.h"
#include "engine/recorded/recorded_host.h"
#include "tests/providers/machine.h"

namespace gopol::tests {

/// A copy of examples/machines/m3-sonoma that a test changes as it likes; its tools work on it.
struct RecordedMac {
  TempFolder temp;

  RecordedMac() {
    std::filesystem::copy(GOPOL_SOURCE_DIR "/examples/machines/m3-sonoma", temp.path().text,
                          std::filesystem::copy_options::recursive |
                              std::filesystem::copy_options::copy_symlinks |
                              std::filesystem::copy_options::overwrite_existing);
  }

  /// The tools fail as a Mac without network, or one whose user gave no password.
  void fail(const std::string& how) const { temp.write("faults/" + how, ""); }

  /// Replaces a text in machine.toml.
  void say(const std::string& old_text, const std::string& new_text) const {
    std::string text = temp.read("machine.toml");
    text.replace(text.find(old_text), old_text.size(), new_text);
    temp.write("machine.toml", text);
  }

  engine::Host host() const {
    dsl::SourceMap sources;
    auto host = engine::recorded_host(
        temp.path(), {.writes = true, .in_place = true, .net = {}, .on_progress = nullptr},
        sources);
    return std::move(*host);
  }
};

/// Moves attributes of a resource and says what went wrong, with its help; empty if nothing did.
inline std::string apply_to(const engine::Provider& provider, engine::Host& host,
                            const engine::Change& change) {
  const auto done = make(provider, change, host);
  if (done) return "";
  const auto& error = done.error().front();
  return error.help.empty() ? error.message.text() : error.message + " | " + error.help;
}

}  // namespace gopol::tests

#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace gopol::tests {

/// The whole file, bytes as they are.
std::string read_file(const std::filesystem::path& file);

/// Files of tests/golden/<topic> with this extension, sorted by name.
std::vector<std::filesystem::path> golden_inputs(const std::string& topic,
                                                 const std::string& extension = ".policy");

/// Compares `actual` with the file of that name and `extension` beside `input`; an empty text needs
/// no file. With GOPOL_ACCEPT=1 in the environment, writes it instead. False and a report: differs.
bool matches_golden(const std::filesystem::path& input, const std::string& extension,
                    const std::string& actual);

/// One CHECK for each input: `run` makes the text that `extension` holds.
void check_goldens(
    const std::string& topic, const std::string& extension,
    const std::function<std::string(const std::string& name, const std::string& text)>& run);

}  // namespace gopol::tests

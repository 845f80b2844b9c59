#pragma once

#include <string>

namespace gopol::mac_loader {

/// The file of the program that runs.
const std::string& program_path();

/// The file of the loader, which also starts the programs that a Mac's program starts.
std::string loader_path();

/// What happens at the end also happens where `exit` is not called.
void before_quick_exit();

}  // namespace gopol::mac_loader

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"

/// TCC judges the responsible process: what a terminal or an editor starts has its rights, whatever
/// path it is at. Source: macos-truth/TCC.md, section 2.4.
namespace gopol::providers::tcc {

/// A program that lies in no application: in a terminal it has the terminal's rights. Not those
/// that macOS starts itself, such as the one of ssh.
bool is_bare_tool(std::string_view client);

/// The bundle identifier of the terminal that started gopol, as far as it says so; else Apple's.
std::string terminal_of(const engine::Host& host);

/// Bundle identifiers of the terminals and editors that are installed here and known to gopol.
std::vector<std::string> terminals_here(const engine::Host& host);

/// `'tcc.grant["com.apple.Terminal"].SystemPolicyAllFiles'`, as a shell wants it.
std::string slot_text(const std::string& client, std::string_view service);

}  // namespace gopol::providers::tcc

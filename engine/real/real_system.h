#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"

struct passwd;

namespace gopol::engine {

/// This machine. Everything that costs a file is looked up when it is asked for, once.
std::unique_ptr<System> real_system();

/// One line of /etc/passwd.
struct Account {
  std::string name, shell;
  Path home;
  std::uint32_t uid = 0, gid = 0;
};

/// The account with this number in a text in the form of /etc/passwd; lines that are none are
/// skipped. Source: passwd(5). By hand, because a static program must not load the system's name
/// services.
std::optional<Account> find_account(std::string_view passwd, std::uint32_t uid);
/// The one with this name.
std::optional<Account> find_account(std::string_view passwd, std::string_view name);
/// The groups that name the user as a member, in a text in the form of /etc/group. Source:
/// group(5).
std::vector<std::uint32_t> find_groups(std::string_view group, std::string_view user);

// What macOS' own files do with an answer of its calls: no call, so that every system tries it.

/// As the library has it, which keeps its texts only until the next call: getpwuid(3).
Account account_of(const passwd& entry);

/// What sysctlbyname(3) answered, as text: a text up to the zero that ends it, or an integer of 4
/// or 8 bytes, which the call does not tell apart; names do. Nothing for what is neither, such as a
/// structure.
std::optional<std::string> sysctl_text(std::string_view name, std::string_view bytes);

/// The file that a name leads to, links followed; empty: nowhere. Source: realpath(3).
std::string follow_links(const char* name);

}  // namespace gopol::engine

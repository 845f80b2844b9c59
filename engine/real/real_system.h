#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/host/host.h"

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

}  // namespace gopol::engine

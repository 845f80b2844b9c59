#pragma once

#include <spawn.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/real/real_system.h"

/// Where Linux and macOS differ: each function is in `*_linux.cpp` and in `*_macos.cpp`, of which
/// CMake takes one. Elsewhere in gopol nothing asks which system it is compiled for. Numbers that
/// come back are errno's, 0 for success.
namespace gopol::engine::platform {

std::string_view name();  ///< `macos`, `linux`

// calls_*.cpp
int flush(int descriptor);  ///< to the medium, past the drive's cache if the system can
int flush_file_system(const std::string& folder);  ///< the one that the folder is on
int search_flags();      ///< of open(2): a folder that is passed through, read or not
void end_with_parent();  ///< this program is killed when the one that started it ends
void adopt_orphans();    ///< of what we start; macOS gives them to launchd
std::vector<pid_t> children_of(pid_t process);  ///< adopted ones too; of macOS none
int open_pipe(std::array<int, 2>& ends);        ///< programs that we start do not get them
std::array<timespec, 2> times(const struct stat& status);  ///< of last access and change
/// A program to be started gets no descriptor from this number on.
void close_inherited(posix_spawn_file_actions_t* actions, int from);
short spawn_flags();  ///< for the same; added to others
/// Whether a program could not be started because it is built for another processor.
bool is_wrong_cpu(int error);

// system_*.cpp
std::optional<std::string> sysctl(const std::string& name);  ///< macOS names; nothing: no such key
std::optional<Account> account(std::uint32_t uid);
std::optional<Account> account(std::string_view user);
int become(const Account& user);  ///< its groups, its group, the user, for good: of root alone
std::string program();  ///< the file that we were started from, links followed; empty: not known

// xattrs_*.cpp: as listxattr(2), getxattr(2), setxattr(2) and removexattr(2) of an open file. Linux
// lists an ACL among them, macOS does not.
ssize_t xattr_names(int file, char* out, std::size_t size);
ssize_t xattr(int file, const char* name, char* out, std::size_t size);
int set_xattr(int file, const char* name, const std::string& value);
int remove_xattr(int file, const char* name);

}  // namespace gopol::engine::platform

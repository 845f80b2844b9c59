#include "engine/real/real_system.h"

#include <limits.h>
#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "engine/real/platform.h"

namespace gopol::engine {
namespace {

std::string_view take_field(std::string_view& line) {
  const std::size_t end = std::min(line.find(':'), line.size());
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

std::optional<std::uint32_t> number(std::string_view digits) {
  std::uint32_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return out;
}

std::optional<Account> account_of(std::string_view line) {
  Account out;
  out.name = take_field(line);
  take_field(line);  // the password's place
  const auto uid = number(take_field(line)), gid = number(take_field(line));
  take_field(line);  // the person's name
  out.home = Path(take_field(line));
  out.shell = take_field(line);
  if (out.name.empty() || !uid || !gid) return {};
  out.uid = *uid;
  out.gid = *gid;
  return out;
}

template <class Number>
std::string number_in(std::string_view bytes) {
  Number out = 0;
  std::memcpy(&out, bytes.data(), sizeof out);
  return std::to_string(out);
}

bool is_named_as_text(std::string_view name) {
  return name.find("string") != std::string_view::npos || name.starts_with("kern.os") ||
         name == "kern.version" || name == "hw.model" || name == "hw.machine";
}

/// Ends with zeros, and only printed characters, of any language, come before these.
bool is_text(std::string_view bytes) {
  if (bytes.empty() || bytes.back() != '\0') return false;
  const std::string_view text = bytes.substr(0, bytes.find_last_not_of('\0') + 1);
  return std::all_of(text.begin(), text.end(), [](char byte) {
    const auto code = static_cast<unsigned char>(byte);
    return (code >= 0x20 && code != 0x7f) || code == '\t' || code == '\n';
  });
}

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return {};
  return value;
}

class RealSystem : public System {
 public:
  std::string_view platform() const override { return platform::name(); }
  const User& user() const override;
  std::string user_name() const override;
  std::string user_shell() const override;
  std::optional<std::string> environment(const std::string& name) const override {
    return variable(name.c_str());
  }
  std::optional<std::string> sysctl(const std::string& name) const override {
    return platform::sysctl(name);
  }
  std::string machine() const override;
  std::string host_name() const override;
  std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::now();
  }

 private:
  const Account& account() const;

  // Answers do not change during a run; mutable, because finding them out is no change either.
  mutable std::optional<User> user_;
  mutable std::optional<Account> account_;
};

const Account& RealSystem::account() const {
  if (!account_) account_ = platform::account(::getuid()).value_or(Account{});
  return *account_;
}

const User& RealSystem::user() const {
  if (user_) return *user_;
  const auto home = variable("HOME");
  const bool said = home && home->starts_with('/');
  user_ = User{said ? Path(*home) : account().home, ::getuid(), ::getgid()};
  if (!user_->home.is_absolute()) user_->home = Path("/");
  return *user_;
}

std::string RealSystem::user_name() const {
  if (!account().name.empty()) return account().name;
  return variable("USER").value_or("");
}

std::string RealSystem::user_shell() const {
  if (!account().shell.empty()) return account().shell;
  return variable("SHELL").value_or("");
}

std::string RealSystem::machine() const {
  utsname found{};
  return ::uname(&found) == 0 ? found.machine : "";
}

std::string RealSystem::host_name() const {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

}  // namespace

namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

template <class Fits>
std::optional<Account> first_account(std::string_view passwd, Fits fits) {
  while (!passwd.empty()) {
    auto account = account_of(take_line(passwd));
    if (account && fits(*account)) return account;
  }
  return {};
}

bool names(std::string_view members, std::string_view user) {
  while (!members.empty()) {
    const std::size_t end = std::min(members.find(','), members.size());
    if (members.substr(0, end) == user) return true;
    members.remove_prefix(std::min(end + 1, members.size()));
  }
  return false;
}

}  // namespace

std::optional<Account> find_account(std::string_view passwd, std::uint32_t uid) {
  return first_account(passwd, [&](const Account& one) { return one.uid == uid; });
}

std::optional<Account> find_account(std::string_view passwd, std::string_view name) {
  return first_account(passwd, [&](const Account& one) { return one.name == name; });
}

std::vector<std::uint32_t> find_groups(std::string_view group, std::string_view user) {
  std::vector<std::uint32_t> out;
  while (!group.empty()) {
    std::string_view line = take_line(group);
    take_field(line);  // its name
    take_field(line);  // the password's place
    const auto gid = number(take_field(line));
    if (gid && names(take_field(line), user)) out.push_back(*gid);
  }
  return out;
}

Account account_of(const passwd& entry) {
  return {entry.pw_name, entry.pw_shell, Path(entry.pw_dir), entry.pw_uid, entry.pw_gid};
}

std::optional<std::string> sysctl_text(std::string_view name, std::string_view bytes) {
  const bool named = is_named_as_text(name);
  if (!named && bytes.size() == sizeof(std::int32_t)) return number_in<std::int32_t>(bytes);
  if (!named && bytes.size() == sizeof(std::int64_t)) return number_in<std::int64_t>(bytes);
  if (!is_text(bytes)) return {};
  return std::string(bytes.substr(0, bytes.find('\0')));
}

std::string follow_links(const char* name) {
  char real[PATH_MAX];
  return ::realpath(name, real) == nullptr ? "" : real;
}

std::unique_ptr<System> real_system() { return std::make_unique<RealSystem>(); }

}  // namespace gopol::engine

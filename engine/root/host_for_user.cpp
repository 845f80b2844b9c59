#include "engine/root/host_for_user.h"

#include <fmt/format.h>

#include <utility>

#include "engine/real/programs.h"
#include "engine/real/real_disk.h"

namespace gopol::engine {
namespace {

/// The machine's own answers, but for a user.
class SystemForUser final : public System {
 public:
  explicit SystemForUser(const Account& user)
      : account_(user), user_{user.home, user.uid, user.gid}, machine_(real_system()) {}

  std::string_view platform() const override { return machine_->platform(); }
  const User& user() const override { return user_; }
  std::string user_name() const override { return account_.name; }
  std::string user_shell() const override { return account_.shell; }
  std::optional<std::string> environment(const std::string&) const override { return {}; }
  std::optional<std::string> sysctl(const std::string& name) const override {
    return machine_->sysctl(name);
  }
  std::string machine() const override { return machine_->machine(); }
  std::string host_name() const override { return machine_->host_name(); }
  std::chrono::system_clock::time_point now() const override { return machine_->now(); }

 private:
  const Account account_;
  const User user_;
  const std::unique_ptr<System> machine_;
};

constexpr std::string_view sudo_program = "/usr/bin/sudo";

/// Who asks for no other user gets the one that we work for, as without us.
class ProgramsForUser final : public Programs {
 public:
  explicit ProgramsForUser(std::uint32_t uid) : uid_(uid), programs_(real_programs()) {}

  Result<Output> query(const Command& command) const override {
    return programs_->query(as_user(command));
  }
  Result<Output> run(const Command& command) override { return programs_->run(as_user(command)); }

 private:
  /// sudo clears the environment, so env(1) sets it anew.
  Command as_user(const Command& command) const {
    if (command.argv.empty() || command.argv.front() == sudo_program) return command;
    Command out = command;
    out.environment.clear();
    out.argv = {std::string(sudo_program), "-n", "-H", "-u", fmt::format("#{}", uid_), "--"};
    if (!command.environment.empty()) out.argv.emplace_back("/usr/bin/env");
    for (const auto& [name, value] : command.environment)
      out.argv.push_back(fmt::format("{}={}", name, value));
    out.argv.insert(out.argv.end(), command.argv.begin(), command.argv.end());
    return out;
  }

  const std::uint32_t uid_;
  const std::unique_ptr<Programs> programs_;
};

}  // namespace

Host host_for_user(const Account& user, NetSettings net) {
  return {disk_for_user(user, real_disk()), std::make_unique<ProgramsForUser>(user.uid),
          std::make_unique<SystemForUser>(user), net_client(std::move(net))};
}

}  // namespace gopol::engine

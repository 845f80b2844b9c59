#include "engine/recorded/recorded_system.h"

namespace gopol::engine {
namespace {

class RecordedSystem : public System {
 public:
  explicit RecordedSystem(RecordedMachine machine) : is_(std::move(machine)) {}

  std::string_view platform() const override { return is_.platform; }
  const User& user() const override { return is_.user; }
  std::string user_name() const override { return is_.user_name; }
  std::string user_shell() const override { return is_.user_shell; }
  std::optional<std::string> environment(const std::string& name) const override {
    return find(is_.environment, name);
  }
  std::optional<std::string> sysctl(const std::string& name) const override {
    return find(is_.sysctls, name);
  }
  std::string machine() const override { return is_.machine; }
  std::string host_name() const override { return is_.host_name; }
  std::chrono::system_clock::time_point now() const override { return is_.now; }

 private:
  static std::optional<std::string> find(
      const std::vector<std::pair<std::string, std::string>>& pairs, const std::string& name) {
    for (const auto& [key, value] : pairs) {
      if (key == name) return value;
    }
    return {};
  }

  RecordedMachine is_;
};

}  // namespace

std::unique_ptr<System> recorded_system(RecordedMachine machine) {
  return std::make_unique<RecordedSystem>(std::move(machine));
}

}  // namespace gopol::engine

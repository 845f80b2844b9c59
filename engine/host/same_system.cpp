#include "engine/host/same_system.h"

namespace gopol::engine {
namespace {

class SameSystem : public System {
 public:
  explicit SameSystem(const System& system) : system_(system) {}
  std::string_view platform() const override { return system_.platform(); }
  const User& user() const override { return system_.user(); }
  std::string user_name() const override { return system_.user_name(); }
  std::string user_shell() const override { return system_.user_shell(); }
  std::optional<std::string> environment(const std::string& name) const override {
    return system_.environment(name);
  }
  std::optional<std::string> sysctl(const std::string& name) const override {
    return system_.sysctl(name);
  }
  std::string machine() const override { return system_.machine(); }
  std::string host_name() const override { return system_.host_name(); }
  std::chrono::system_clock::time_point now() const override { return system_.now(); }

 private:
  const System& system_;
};

}  // namespace

std::unique_ptr<System> same_system(const System& system) {
  return std::make_unique<SameSystem>(system);
}

}  // namespace gopol::engine

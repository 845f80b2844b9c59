#include "engine/config/config.h"

namespace gopol::engine {
namespace {

bool is_mac(const System& system) { return system.platform() == "macos"; }

/// Source: the XDG base directory specification: a relative path in a variable is to be ignored.
Path base(const System& system, const std::string& variable, std::string_view otherwise) {
  const auto value = system.environment(variable);
  if (value && value->starts_with('/')) return Path(*value);
  return system.user().home / otherwise;
}

constexpr std::string_view support = "Library/Application Support/gopol";

}  // namespace

Path config_folder(const System& system) {
  if (is_mac(system)) return system.user().home / support;
  return base(system, "XDG_CONFIG_HOME", ".config") / "gopol";
}

Path system_config_folder(const System& system) {
  return is_mac(system) ? Path("/") / support : Path("/etc/gopol");
}

Path state_folder(const System& system) {
  if (is_mac(system)) return system.user().home / support / "state";
  return base(system, "XDG_STATE_HOME", ".local/state") / "gopol";
}

Path cache_folder(const System& system) {
  if (is_mac(system)) return system.user().home / "Library/Caches/gopol";
  return base(system, "XDG_CACHE_HOME", ".cache") / "gopol";
}

}  // namespace gopol::engine

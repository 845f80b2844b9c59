// `<sys/sysctl.h>`, `<sys/utsname.h>`, `<mach-o/dyld.h>`, `<dlfcn.h>`, `<sandbox.h>`, `<unistd.h>`
// of Darwin: what the machine is. MAC_LOADER_MACHINE names a recorded one (examples/machines),
// whose `[sysctl]` is answered from.
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "tests/mac_loader/darwin/errors.h"
#include "tests/mac_loader/darwin/files.h"
#include "tests/mac_loader/darwin/machine.h"
#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/program.h"
#include "tests/mac_loader/shims/errors.h"
#include "tests/mac_loader/shims/flags.h"

namespace gopol::mac_loader {
namespace {

/// The lines `"name" = value` below `[sysctl]`.
std::map<std::string, std::string> read_sysctls() {
  std::map<std::string, std::string> out;
  const char* machine = std::getenv("MAC_LOADER_MACHINE");
  if (machine == nullptr) return out;
  std::ifstream in(std::string(machine) + "/machine.toml");
  if (!in) stop(std::string(machine) + " is not a recorded machine");
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("[")) inside = line == "[sysctl]";
    const std::size_t equals = line.find("\" = ");
    if (!inside || !line.starts_with("\"") || equals == std::string::npos) continue;
    out[line.substr(1, equals - 1)] = line.substr(equals + 4);
  }
  return out;
}

/// As the kernel has it: a text with the zero that ends it, or a number of 4 bytes.
std::optional<std::string> sysctl_bytes(const std::string& name) {
  static const auto all = read_sysctls();
  const auto found = all.find(name);
  if (found == all.end()) return {};
  const std::string& value = found->second;
  if (value.starts_with("\"")) return value.substr(1, value.size() - 2) + '\0';
  const auto number = static_cast<std::int32_t>(std::stoll(value));
  std::string out(sizeof number, '\0');
  std::memcpy(out.data(), &number, sizeof number);
  return out;
}

int sysctl_by_name(const char* name, void* to, std::size_t* size, void* fresh, std::size_t) {
  if (fresh != nullptr) return fail(EPERM);
  const auto bytes = sysctl_bytes(name);
  if (!bytes) return fail(ENOENT);
  if (to != nullptr && *size < bytes->size()) return fail(ENOMEM);
  if (to != nullptr) std::memcpy(to, bytes->data(), bytes->size());
  *size = bytes->size();
  return 0;
}

void put(char (&field)[256], const std::string& text) { std::strncpy(field, text.c_str(), 255); }

int system_name(darwin::Utsname* out) {
  utsname ours{};
  ::uname(&ours);
  *out = {};
  put(out->sysname, "Darwin");
  put(out->nodename, ours.nodename);
  put(out->release, "22.0.0");
  put(out->version, "Darwin Kernel Version 22.0.0");
#ifdef __aarch64__
  put(out->machine, "arm64");
#else
  put(out->machine, "x86_64");
#endif
  return 0;
}

long configured(int name) {
  constexpr Bit rows[] = {
      {darwin::sc_arg_max, _SC_ARG_MAX},
      {darwin::sc_clk_tck, _SC_CLK_TCK},
      {darwin::sc_open_max, _SC_OPEN_MAX},
      {darwin::sc_pagesize, _SC_PAGESIZE},
      {darwin::sc_nprocessors_conf, _SC_NPROCESSORS_CONF},
      {darwin::sc_nprocessors_onln, _SC_NPROCESSORS_ONLN},
      {darwin::sc_getpw_r_size_max, _SC_GETPW_R_SIZE_MAX},
      {darwin::sc_host_name_max, _SC_HOST_NAME_MAX},
  };
  return ::sysconf(number_here(name, rows, "sysconf"));
}

int executable_path(char* to, std::uint32_t* size) {
  const std::string& path = program_path();
  const bool fits = *size > path.size();
  *size = static_cast<std::uint32_t>(path.size() + 1);
  if (!fits) return -1;
  std::memcpy(to, path.c_str(), path.size() + 1);
  return 0;
}

// No library of a Mac is here, and no sandbox: what it would forbid is not forbidden.
void* open_library(const char*, int) { return nullptr; }
void* find_symbol(void*, const char*) { return nullptr; }
int start_sandbox(const char* profile, std::uint64_t flags, char** error) {
  if (flags != 0 || !std::string(profile).starts_with("(version 1)"))
    stop("a profile that is not one");
  static bool started = false;  // a process has one, for good
  *error = started ? ::strdup("Operation not permitted") : nullptr;
  return std::exchange(started, true) ? fail(EPERM) : 0;
}
void free_sandbox_error(char* error) { std::free(error); }

}  // namespace

void add_machine(Names& names) {
  names.add("_sysctlbyname", sysctl_by_name);
  names.add("_uname", system_name);
  names.add("_sysconf", configured);
  names.add("__NSGetExecutablePath", executable_path);
  names.add("_dlopen", open_library);
  names.add("_dlsym", find_symbol);
  names.add("_sandbox_init", start_sandbox);
  names.add("_sandbox_free_error", free_sandbox_error);
}

}  // namespace gopol::mac_loader

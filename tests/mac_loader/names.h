#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tests/mac_loader/variadic.h"

namespace gopol::mac_loader {

/// What the names that a program imports stand for here. A name that is not in it stops the loader.
class Names {
 public:
  template <class R, class... A>
  void add(std::string name, R (*function)(A...)) {
    put(std::move(name), reinterpret_cast<std::uint64_t>(function), true);
  }
  /// A function that takes what `function` takes, with arguments of its caller instead of a list.
  template <auto function>
  void add_variadic(std::string name) {
    put(std::move(name), variadic_entry<function>(), true);
  }
  void add_object(std::string name, void* object) {
    put(std::move(name), reinterpret_cast<std::uint64_t>(object), false);
  }
  void add_found(std::string name, void* function) {
    put(std::move(name), reinterpret_cast<std::uint64_t>(function), true);
  }
  /// Those that mean the same on both systems: found in the libraries that the loader is linked to.
  void add_same(std::string_view darwin_name);

  /// As `add`, in place of what was added before.
  void replace(const std::string& name, std::uint64_t address) {
    targets_[name] = Target{address, true, 0};
  }

  /// The address that a fixup gets; 0: unknown, which `unknown` then has too.
  std::uint64_t find(const std::string& name);
  const std::set<std::string>& unknown() const { return unknown_; }
  /// Writes the names that the program imports, or those that have been called, one a line, after
  /// what the file holds.
  void report(const std::string& file, bool called) const;

 private:
  struct Target {
    std::uint64_t address = 0;
    bool function = true;
    std::uint64_t entry = 0;  ///< code that notes the call and goes on to the address
  };
  void put(std::string name, std::uint64_t address, bool function);

  std::map<std::string, Target, std::less<>> targets_;
  std::set<std::string> unknown_;
};

/// The old layouts have the plain names on Intel's Macs; all programs of today import these.
inline std::string inode64(std::string name) {
#ifdef __x86_64__
  name += "$INODE64";
#endif
  return name;
}

// The groups: shims/*.cpp.
void add_accounts(Names& names);
void add_copies(Names& names);
void add_errors(Names& names);
void add_files(Names& names);
void add_folders(Names& names);
void add_libraries(Names& names);
void add_limits(Names& names);
void add_locales(Names& names);
void add_machine(Names& names);
void add_memory(Names& names);
void add_processes(Names& names);
void add_regular_expressions(Names& names);
void add_same_names(Names& names);
void add_signals(Names& names);
void add_sockets(Names& names);
void add_statuses(Names& names);
void add_streams(Names& names);
void add_threads(Names& names);
void add_thread_variables(Names& names);
void add_times(Names& names);
void add_xattrs(Names& names);

/// What MAC_LOADER_MISTAKE names is done wrongly, as a test of the tests: shims/mistakes.cpp.
void make_mistake(Names& names);
bool skips_initialisers();

}  // namespace gopol::mac_loader

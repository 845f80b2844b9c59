// mac_loader PROGRAM [ARGUMENT...]: runs a Mac's program here, as far as that goes (README.md
// beside this). Called by another name, through a link, it runs the program of that name that
// `./dev macos` built.
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/mac_loader/frames.h"
#include "tests/mac_loader/image.h"
#include "tests/mac_loader/names.h"
#include "tests/mac_loader/program.h"
#include "tests/mac_loader/thread_variables.h"

namespace gopol::mac_loader {
namespace {

const Image* running = nullptr;
Names* bound = nullptr;

void add_all(Names& names) {
  for (auto* add : {add_accounts,   add_copies,    add_errors,           add_files,
                    add_folders,    add_libraries, add_limits,           add_locales,
                    add_machine,    add_memory,    add_processes,        add_regular_expressions,
                    add_same_names, add_signals,   add_sockets,          add_statuses,
                    add_streams,    add_threads,   add_thread_variables, add_times,
                    add_xattrs}) {
    add(names);
  }
}

/// As it was at first: a program may empty its environment.
const std::string& called_file() {
  static const char* const named = std::getenv("MAC_LOADER_CALLED");
  static const std::string out = named == nullptr ? "" : named;
  return out;
}

void report() {
  if (!runs_own_text(*running)) stop("the text that ran is not that of the program's file");
  if (!called_file().empty()) bound->report(called_file(), true);
}

using Function = int (*)(int, char**, char**, char**);

void run_initialisers(int count, char** arguments) {
  char* apple[] = {nullptr};
  for (const Section& section : running->sections) {
    const std::uint64_t begin = running->at(section.address), end = begin + section.size;
    if (section.type == section_initialisers) {
      for (std::uint64_t at = begin; at < end; at += 8) {
        (*reinterpret_cast<Function*>(at))(count, arguments, environ, apple);
      }
    } else if (section.type == section_initialiser_offsets) {
      for (std::uint64_t at = begin; at < end; at += 4) {
        const std::uint64_t function =
            running->at(running->low) + *reinterpret_cast<std::uint32_t*>(at);
        reinterpret_cast<Function>(function)(count, arguments, environ, apple);
      }
    }
  }
}

[[noreturn]] void run(int count, char** arguments) {
  static Image image = map_image(arguments[0]);
  static Names names;
  running = &image;
  bound = &names;
  called_file();
  add_all(names);
  make_mistake(names);
  fix_up(image, names);
  if (const char* file = std::getenv("MAC_LOADER_IMPORTED")) names.report(file, false);
  if (!names.unknown().empty()) {
    std::string all = image.path + " imports names that have no shim:";
    for (const std::string& name : names.unknown()) all += ' ' + name;
    stop(all);
  }
  prepare_thread_variables(image);
  protect(image);
  register_frames(image);
  std::atexit(report);
  if (!skips_initialisers()) run_initialisers(count, arguments);
  char* apple[] = {nullptr};
  const auto main = reinterpret_cast<Function>(image.at(image.low) + image.entry);
  std::exit(main(count, arguments, environ, apple));
}

}  // namespace

const std::string& program_path() { return running->path; }

std::string loader_path() {
#ifdef GOPOL_MAC_LOADER  // what starts the emulator, too
  return GOPOL_MAC_LOADER;
#endif
  char path[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
  if (size <= 0) stop("the loader does not find itself");
  return std::string(path, static_cast<std::size_t>(size));
}

void before_quick_exit() { report(); }

}  // namespace gopol::mac_loader

int main(int count, char** arguments) {
  static std::string program = arguments[0];
  program.erase(0, program.rfind('/') + 1);
  if (program != "mac_loader") {
    program.insert(0, GOPOL_MAC_PROGRAMS "/");
    arguments[0] = program.data();
    gopol::mac_loader::run(count, arguments);
  }
  if (count < 2) gopol::mac_loader::stop("usage: mac_loader PROGRAM [ARGUMENT...]");
  gopol::mac_loader::run(count - 1, arguments + 1);
}

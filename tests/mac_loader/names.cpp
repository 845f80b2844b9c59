#include "tests/mac_loader/names.h"

#include <dlfcn.h>
#include <sys/mman.h>

#include <cstdio>
#include <cstring>
#include <vector>

#include "tests/mac_loader/image.h"

namespace gopol::mac_loader {
namespace {

/// Notes that it was called in its last word and goes on; leaves every argument as it is.
std::uint64_t counted_entry(std::uint64_t target) {
#ifdef __aarch64__
  // ldr x16, target; adr x17, word; str x16, [x17]; br x16
  const std::uint32_t code[] = {0x58000090, 0x100000b1, 0xf9000230, 0xd61f0200};
  constexpr std::size_t at = sizeof code;
  unsigned char out[at + 16] = {};
#else
  // movb $1, word(%rip); jmp *target(%rip)
  const unsigned char code[] = {0xc6, 0x05, 0x11, 0, 0, 0,    1,    0xff,
                                0x25, 0x03, 0,    0, 0, 0xcc, 0xcc, 0xcc};
  constexpr std::size_t at = sizeof code;
  unsigned char out[at + 16] = {};
#endif
  std::memcpy(out, code, sizeof code);
  std::memcpy(out + at, &target, sizeof target);
  return new_code(out, sizeof out);
}

bool was_called(std::uint64_t entry) {
  std::uint64_t word = 0;
  std::memcpy(&word, reinterpret_cast<const unsigned char*>(entry) + 24, sizeof word);
  return word != 0;
}

}  // namespace

std::uint64_t new_code(const void* bytes, std::size_t size) {
  constexpr std::size_t chunk = 0x10000;
  static unsigned char* place = nullptr;
  static std::size_t left = 0;
  size = (size + 15) & ~std::size_t{15};
  if (left < size) {
    void* mapped = ::mmap(nullptr, chunk, PROT_READ | PROT_WRITE | PROT_EXEC,
                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) stop("no memory for code");
    place = static_cast<unsigned char*>(mapped);
    left = chunk;
  }
  unsigned char* const out = place;
  std::memcpy(out, bytes, size);
  __builtin___clear_cache(reinterpret_cast<char*>(out), reinterpret_cast<char*>(out + size));
  place += size;
  left -= size;
  return reinterpret_cast<std::uint64_t>(out);
}

#ifdef __aarch64__
std::uint64_t stack_entry(std::size_t fixed, std::uint64_t target) {
  // mov x<fixed>, sp; ldr x16, target; br x16
  const std::uint32_t code[] = {0x910003e0 | static_cast<std::uint32_t>(fixed), 0x58000070,
                                0xd61f0200, 0xd503201f};
  unsigned char out[sizeof code + 16] = {};
  std::memcpy(out, code, sizeof code);
  std::memcpy(out + sizeof code, &target, sizeof target);
  return new_code(out, sizeof out);
}
#endif

void Names::put(std::string name, std::uint64_t address, bool function) {
  if (address == 0) stop("the shim of " + name + " is not there");
  if (!targets_.emplace(name, Target{address, function}).second) stop(name + " has two shims");
}

void Names::add_same(std::string_view darwin_name) {
  const std::string name(darwin_name.substr(1));  // C's names begin with a line there
  void* found = ::dlsym(RTLD_DEFAULT, name.c_str());
  if (found == nullptr) stop("this system has no " + name);
  put(std::string(darwin_name), reinterpret_cast<std::uint64_t>(found), true);
}

std::uint64_t Names::find(const std::string& name) {
  const auto found = targets_.find(name);
  if (found == targets_.end()) {
    unknown_.insert(name);
    return 0;
  }
  Target& target = found->second;
  if (!target.function) {
    target.entry = target.address;
  } else if (target.entry == 0) {
    target.entry = counted_entry(target.address);
  }
  return target.entry;
}

void Names::report(const std::string& file, bool called) const {
  std::FILE* out = std::fopen(file.c_str(), "ae");
  if (out == nullptr) stop("cannot write " + file);
  std::string text;
  for (const auto& [name, target] : targets_) {
    if (target.entry == 0) continue;
    if (!called || !target.function || was_called(target.entry)) text += name + '\n';
  }
  for (const std::string& name : unknown_) text += name + '\n';
  std::fputs(text.c_str(), out);
  std::fclose(out);
}

}  // namespace gopol::mac_loader

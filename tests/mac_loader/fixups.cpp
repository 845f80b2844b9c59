// The opcodes of LC_DYLD_INFO_ONLY: `<mach-o/loader.h>` of macOS, REBASE_ and BIND_.
#include <string>

#include "tests/mac_loader/image.h"
#include "tests/mac_loader/leb.h"
#include "tests/mac_loader/names.h"

namespace gopol::mac_loader {

void fix_up_chains(const Image& image, Names& names);

namespace {

std::uint64_t& word_at(std::uint64_t address) { return *reinterpret_cast<std::uint64_t*>(address); }

class Rebases {
 public:
  explicit Rebases(const Image& image) : image_(image), in_(image.part(image.rebases)) {}

  void run() {
    while (!in_.ended()) {
      const std::uint8_t byte = in_.byte();
      if (!step(byte & 0xf0, byte & 0x0f)) return;
    }
  }

 private:
  bool step(std::uint8_t opcode, std::uint64_t immediate) {
    switch (opcode) {
      case 0x00: return false;
      case 0x10: return immediate == 1 || (stop("a rebase that is not of a pointer"), false);
      case 0x20: address_ = image_.at(image_.segments.at(immediate).address) + in_.uleb(); break;
      case 0x30: address_ += in_.uleb(); break;
      case 0x40: address_ += immediate * 8; break;
      case 0x50: times(immediate, 0); break;
      case 0x60: times(in_.uleb(), 0); break;
      case 0x70: times(1, in_.uleb()); break;
      case 0x80: {
        const std::uint64_t count = in_.uleb();
        times(count, in_.uleb());
        break;
      }
      default: stop("a rebase with an unknown opcode");
    }
    return true;
  }

  void times(std::uint64_t count, std::uint64_t skip) {
    for (; count > 0; --count) {
      word_at(address_) += image_.slide;
      address_ += 8 + skip;
    }
  }

  const Image& image_;
  LebReader in_;
  std::uint64_t address_ = 0;
};

/// Where a name is to be found, which differs for names that the program has itself.
using Find = std::uint64_t (*)(Names&, const std::map<std::string, std::uint64_t>&,
                               const std::string&);

class Binds {
 public:
  Binds(const Image& image, LinkEdit part, Names& names,
        const std::map<std::string, std::uint64_t>& own, Find find)
      : image_(image), in_(image.part(part)), names_(names), own_(own), find_(find) {}

  void run(bool lazy) {
    while (!in_.ended()) {
      const std::uint8_t byte = in_.byte();
      if ((byte & 0xf0) == 0x00 && !lazy) return;  // between lazy ones it only separates
      step(byte & 0xf0, byte & 0x0f);
    }
  }

 private:
  void step(std::uint8_t opcode, std::uint64_t immediate) {
    switch (opcode) {
      case 0x00: break;
      case 0x10:
      case 0x30: break;  // in which library: each name is in one
      case 0x20: in_.uleb(); break;
      case 0x40: name_ = in_.text(); break;
      case 0x50:
        if (immediate != 1) stop("a bind that is not of a pointer");
        break;
      case 0x60: addend_ = in_.sleb(); break;
      case 0x70: address_ = image_.at(image_.segments.at(immediate).address) + in_.uleb(); break;
      case 0x80: address_ += in_.uleb(); break;
      case 0x90: times(1, 0); break;
      case 0xa0: times(1, in_.uleb()); break;
      case 0xb0: times(1, immediate * 8); break;
      case 0xc0: {
        const std::uint64_t count = in_.uleb();
        times(count, in_.uleb());
        break;
      }
      default: stop("a bind with an unknown opcode");
    }
  }

  void times(std::uint64_t count, std::uint64_t skip) {
    const std::uint64_t target = find_(names_, own_, name_);
    for (; count > 0; --count) {
      if (target != 0) word_at(address_) = target + static_cast<std::uint64_t>(addend_);
      address_ += 8 + skip;
    }
  }

  const Image& image_;
  LebReader in_;
  Names& names_;
  const std::map<std::string, std::uint64_t>& own_;
  Find find_;
  std::string name_;
  std::int64_t addend_ = 0;
  std::uint64_t address_ = 0;
};

std::uint64_t find_imported(Names& names, const std::map<std::string, std::uint64_t>&,
                            const std::string& name) {
  return names.find(name);
}

/// One definition of many: here only the program has any. Pointers to it are there already.
std::uint64_t find_weak(Names&, const std::map<std::string, std::uint64_t>& own,
                        const std::string& name) {
  const auto found = own.find(name);
  return found == own.end() ? 0 : found->second;
}

}  // namespace

void fix_up(const Image& image, Names& names) {
  const auto own = exported(image);
  Rebases(image).run();
  Binds(image, image.binds, names, own, find_imported).run(false);
  Binds(image, image.lazy_binds, names, own, find_imported).run(true);
  Binds(image, image.weak_binds, names, own, find_weak).run(false);
  if (image.chained_fixups.size != 0) fix_up_chains(image, names);
}

}  // namespace gopol::mac_loader

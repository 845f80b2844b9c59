#include "tests/mac_loader/frames.h"

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "tests/mac_loader/frame_rules.h"

// Of libgcc: frames that no file of ours has. In one call: of two tables that overlap it would
// search one.
extern "C" void __register_frame_table(void*);

namespace gopol::mac_loader {
namespace {

struct Function {
  std::uint32_t offset, encoding;
};

/// The table `__unwind_info`, in memory. Its offsets are from the beginning of the program.
class UnwindInfo {
 public:
  UnwindInfo(const Image& image, const Section& section)
      : base_(image.at(image.low)), table_(image.at(section.address)) {}

  std::vector<Function> functions() const {
    std::vector<Function> out;
    const std::uint32_t pages = word(24);
    for (std::uint32_t i = 0; i < pages; ++i) {
      const std::uint32_t entry = word(20) + 12 * i;
      if (word(entry + 4) == 0) {
        out.push_back({word(entry), 0});  // where the last function ends
      } else if (word(word(entry + 4)) == 2) {
        read_regular_page(word(entry + 4), out);
      } else {
        read_compressed_page(word(entry + 4), word(entry), out);
      }
    }
    return out;
  }

  /// By the function's offset: where its table of handlers is.
  std::map<std::uint32_t, std::uint64_t> handlers() const {
    std::map<std::uint32_t, std::uint64_t> out;
    const std::uint32_t first = word(word(20) + 8), end = word(word(20) + 12 * (word(24) - 1) + 8);
    for (std::uint32_t at = first; at < end; at += 8) out[word(at)] = base_ + word(at + 4);
    return out;
  }

  std::uint64_t personality(std::uint32_t encoding) const {
    const std::uint32_t number = (encoding >> 28) & 3;
    if (number == 0) return 0;
    return *reinterpret_cast<const std::uint64_t*>(base_ + word(word(12) + 4 * (number - 1)));
  }

  std::uint64_t base() const { return base_; }

 private:
  template <class T>
  T at(std::uint32_t offset) const {
    T out;
    std::memcpy(&out, reinterpret_cast<const void*>(table_ + offset), sizeof out);
    return out;
  }
  std::uint32_t word(std::uint32_t offset) const { return at<std::uint32_t>(offset); }

  void read_regular_page(std::uint32_t page, std::vector<Function>& out) const {
    const std::uint32_t first = page + at<std::uint16_t>(page + 4);
    for (std::uint32_t i = 0; i < at<std::uint16_t>(page + 6); ++i) {
      out.push_back({word(first + 8 * i), word(first + 8 * i + 4)});
    }
  }

  void read_compressed_page(std::uint32_t page, std::uint32_t begin,
                            std::vector<Function>& out) const {
    const std::uint32_t first = page + at<std::uint16_t>(page + 4);
    const std::uint32_t own = page + at<std::uint16_t>(page + 8), common = word(8);
    for (std::uint32_t i = 0; i < at<std::uint16_t>(page + 6); ++i) {
      const std::uint32_t entry = word(first + 4 * i), number = entry >> 24;
      const std::uint32_t encoding =
          number < common ? word(word(4) + 4 * number) : word(own + 4 * (number - common));
      out.push_back({begin + (entry & 0xffffff), encoding});
    }
  }

  std::uint64_t base_, table_;
};

void put(std::string& out, const void* bytes, std::size_t size) {
  out.append(static_cast<const char*>(bytes), size);
}
template <class T>
void put_number(std::string& out, T number) {
  put(out, &number, sizeof number);
}

/// Puts its size before it, and what pads it behind.
void put_entry(std::string& out, std::string entry) {
  while ((entry.size() + 4) % 8 != 0) entry += '\0';  // DW_CFA_nop
  put_number(out, static_cast<std::uint32_t>(entry.size()));
  out += entry;
}

/// With whole addresses everywhere. 0: no handlers.
std::string common_entry(std::uint64_t personality) {
#ifdef __aarch64__
  constexpr char return_address = 30;
#else
  constexpr char return_address = 16;
#endif
  std::string out(4, '\0');  // tells that it is one
  out += '\x01';
  put(out, personality == 0 ? "zR" : "zPLR", personality == 0 ? 3 : 5);
  out += {'\x01', '\x78', return_address};
  put_uleb(out, personality == 0 ? 1 : 11);
  if (personality != 0) {
    out += '\0';
    put_number(out, personality);
    out += '\0';
  }
  out += '\0';
  return out;
}

/// What this system's unwinder reads, in the form of `.eh_frame`.
std::string frames_of(const UnwindInfo& info) {
  std::string out;
  std::map<std::uint64_t, std::size_t> common;
  const auto functions = info.functions();
  const auto handlers = info.handlers();
  for (std::size_t i = 0; i + 1 < functions.size(); ++i) {
    const auto [offset, encoding] = functions[i];
    const std::string rules = frame_rules(encoding, info.base() + offset);
    if (rules.empty()) continue;
    const auto handler = handlers.find(offset);
    const std::uint64_t personality = handler == handlers.end() ? 0 : info.personality(encoding);
    const auto [place, fresh] = common.emplace(personality, out.size());
    if (fresh) put_entry(out, common_entry(personality));
    std::string entry;
    put_number(entry, static_cast<std::uint32_t>(out.size() + 4 - place->second));
    put_number(entry, info.base() + offset);
    put_number(entry, std::uint64_t{functions[i + 1].offset - offset});
    put_uleb(entry, personality == 0 ? 0 : 8);
    if (personality != 0) put_number(entry, handler->second);
    put_entry(out, entry + rules);
  }
  return out + std::string(4, '\0');
}

}  // namespace

void register_frames(const Image& image) {
  static std::string made;
  static std::vector<void*> all;
  if (const Section* frames = image.find("__eh_frame")) {
    all.push_back(reinterpret_cast<void*>(image.at(frames->address)));
  }
  if (const Section* table = image.find("__unwind_info")) {
    made = frames_of(UnwindInfo(image, *table));
    all.push_back(made.data());
  }
  all.push_back(nullptr);
  __register_frame_table(all.data());
}

}  // namespace gopol::mac_loader

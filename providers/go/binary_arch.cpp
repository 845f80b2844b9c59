#include "providers/go/binary_arch.h"

#include <cstddef>
#include <optional>

namespace gopol::providers::go {
namespace {

enum class Order { little, big };

/// A number of `size` bytes at `at`; nothing if the bytes end before.
std::optional<std::uint64_t> number(std::string_view bytes, std::size_t at, std::size_t size,
                                    Order order) {
  if (at > bytes.size() || bytes.size() - at < size) return {};
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t from = order == Order::big ? at + i : at + size - 1 - i;
    out = out << 8U | static_cast<unsigned char>(bytes[from]);
  }
  return out;
}

std::string cpu_name(std::uint64_t type) {
  switch (type) {
    case 0x7: return "386";
    case 0xc: return "arm";
    case 0x01000007: return "amd64";
    case 0x0100000c: return "arm64";
    default: return "cpu-" + std::to_string(type);
  }
}

std::string machine_name(std::uint64_t machine) {
  switch (machine) {
    case 3: return "386";
    case 40: return "arm";
    case 62: return "amd64";
    case 183: return "arm64";
    case 243: return "riscv64";
    default: return "elf-" + std::to_string(machine);
  }
}

/// Headers and entries of a universal file are big endian, whatever is in it.
std::vector<std::string> universal(std::string_view head, std::uint64_t file_size, bool is_64) {
  constexpr std::size_t header = 8;
  constexpr std::uint64_t too_many = 45;  // there a Java class has its version: 45 and more
  const std::size_t entry = is_64 ? 32 : 20, width = is_64 ? 8 : 4;
  const auto count = number(head, 4, 4, Order::big);
  if (!count || *count == 0 || *count >= too_many) return {};
  std::vector<std::string> out;
  for (std::size_t i = 0; i < *count; ++i) {
    const std::size_t at = header + i * entry;
    const auto type = number(head, at, 4, Order::big);
    const auto offset = number(head, at + 8, width, Order::big);
    const auto size = number(head, at + 8 + width, width, Order::big);
    if (!type || !offset || !size) return {};
    if (*offset > file_size || *size > file_size - *offset) return {};
    out.push_back(cpu_name(*type));
  }
  return out;
}

std::vector<std::string> elf(std::string_view head) {
  constexpr char big_endian = 2;
  const Order order = head.size() > 5 && head[5] == big_endian ? Order::big : Order::little;
  const auto machine = number(head, 18, 2, order);
  if (!machine) return {};
  return {machine_name(*machine)};
}

}  // namespace

std::vector<std::string> binary_archs(std::string_view head, std::uint64_t file_size) {
  const auto magic = number(head, 0, 4, Order::big);
  if (!magic) return {};
  switch (*magic) {
    case 0x7f454c46: return elf(head);
    case 0xcafebabe: return universal(head, file_size, false);
    case 0xcafebabf: return universal(head, file_size, true);
    case 0xcffaedfe:
    case 0xcefaedfe: break;
    default: return {};
  }
  const auto type = number(head, 4, 4, Order::little);
  if (!type) return {};
  return {cpu_name(*type)};
}

std::vector<std::string> binary_archs(const engine::Disk& disk, const dsl::Path& file) {
  const auto status = disk.stat_target(file);
  if (!status || status->type != engine::FileStatus::Type::regular) return {};
  const auto head = disk.read(file, {0, binary_head});
  if (!head || !*head) return {};
  return binary_archs(**head, status->size);
}

}  // namespace gopol::providers::go

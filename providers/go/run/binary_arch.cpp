#include "providers/go/run/binary_arch.h"

#include "providers/macho/slices.h"
#include "providers/read/bytes.h"

namespace gopol::providers::go {
namespace {

std::string cpu_name(std::uint32_t cpu) {
  switch (cpu) {
    case macho::cpu_i386: return "386";
    case macho::cpu_arm: return "arm";
    case macho::cpu_x86_64: return "amd64";
    case macho::cpu_arm64: return "arm64";
    default: return "cpu-" + std::to_string(cpu);
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

std::vector<std::string> elf(std::string_view head) {
  constexpr char high_first = 2;
  const auto machine = head.size() > 5 && head[5] == high_first ? big_endian(head, 18, 2)
                                                                : little_endian(head, 18, 2);
  if (!machine) return {};
  return {machine_name(*machine)};
}

}  // namespace

std::vector<std::string> binary_archs(std::string_view head, std::uint64_t file_size) {
  if (head.starts_with("\x7f"
                       "ELF"))
    return elf(head);
  const auto slices = macho::slices(macho::content_of(head, file_size));
  if (!slices) return {};
  std::vector<std::string> out;
  for (const macho::Slice& slice : *slices) out.push_back(cpu_name(slice.cpu));
  return out;
}

std::vector<std::string> binary_archs(const engine::Disk& disk, const dsl::Path& file) {
  const auto status = disk.stat_target(file);
  if (!status || status->type != engine::FileStatus::Type::regular) return {};
  const auto head = disk.read(file, {0, binary_head});
  if (!head || !*head) return {};
  return binary_archs(**head, status->size);
}

}  // namespace gopol::providers::go

#include "providers/go/run/go_tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/value/go_version.h"
#include "providers/go/run/binary_arch.h"
#include "providers/read/reading.h"

namespace gopol::providers::go {
namespace {

constexpr std::uint64_t most_of_version = 4096;  // bytes

dsl::Value version_of(const std::string& name, const dsl::Path& file) {
  const std::string bare = dsl::go_version::from_toolchain(name);
  if (!bare.empty()) return dsl::Version{bare, dsl::VersionScheme::go};
  return dsl::Unknown{fmt::format("{} says `{}`, which is no released version", file.text, name),
                      ""};
}

dsl::Value arch_of(const engine::Disk& disk, const dsl::Path& program) {
  const auto status = disk.stat_target(program);
  if (!status) return unknown(status.error());
  if (status->type == engine::FileStatus::Type::absent) return dsl::Absent{};
  const auto archs = binary_archs(disk, program);
  if (archs.size() == 1) return archs.front();
  return dsl::Unknown{
      fmt::format("{} is {}", program.text, archs.empty() ? "no program" : "a universal program"),
      ""};
}

}  // namespace

GoTree read_tree(const engine::Disk& disk, const dsl::Path& root) {
  GoTree out;
  const dsl::Path file = root / "VERSION";
  const auto status = disk.stat_target(file);
  if (!status) {
    out.version = out.arch = unknown(status.error());
    return out;
  }
  if (status->type != engine::FileStatus::Type::regular) return out;  // both absent
  const auto text = disk.read(file, {0, most_of_version});
  out.arch = arch_of(disk, root / "bin/go");
  if (!text || !*text) {
    out.version = text ? dsl::Value(dsl::Absent{}) : unknown(text.error());
    return out;
  }
  out.name = first_line(**text);
  out.version = version_of(out.name, file);
  return out;
}

bool is_release(const GoTree& tree, const std::string& release, const std::string& arch) {
  const auto* built_for = tree.arch.as<std::string>();
  return tree.name == release && built_for != nullptr && *built_for == arch;
}

std::string native_arch(const engine::System& system) {
  if (system.platform() == "macos")
    return system.sysctl("hw.optional.arm64") == "1" ? "arm64" : "amd64";
  const std::string machine = system.machine();
  if (machine == "aarch64" || machine == "arm64") return "arm64";
  return machine == "x86_64" || machine == "amd64" ? "amd64" : "";
}

bool holds_go(const engine::Host& host, const dsl::Path& root) {
  const auto status = host.disk().stat_target(root / "pkg/tool");
  return status && status->type == engine::FileStatus::Type::folder;
}

}  // namespace gopol::providers::go

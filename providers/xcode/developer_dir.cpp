#include "providers/xcode/developer_dir.h"

#include <utility>
#include <vector>

#include "providers/read/reading.h"

namespace gopol::providers::xcode {
namespace {

using dsl::Path;
using engine::FileStatus;
using engine::Host;

constexpr const char* xcode_directory = "/Applications/Xcode.app/Contents/Developer";

/// xcrun takes an application for its developer directory.
Path inside_app(const Path& path) {
  return path.text.ends_with(".app") ? path / "Contents/Developer" : path;
}

}  // namespace

DeveloperDir selected_directory(const Host& host) {
  const Path link(select_link);
  const auto target = host.disk().read_link(link);
  if (!target) return {unknown(target.error()), "link", select_link};
  if (*target) {
    const bool absolute = (*target)->starts_with('/');
    return {absolute ? Path(**target) : link.parent() / **target, "link", select_link};
  }
  for (const char* usual : {xcode_directory, clt_directory}) {
    const auto status = host.disk().stat_target(Path(usual));
    if (!status) return {unknown(status.error()), "default", usual};
    if (status->type == FileStatus::Type::folder) return {Path(usual), "default", ""};
  }
  return {dsl::Absent{}, "none", ""};
}

DeveloperDir active_directory(const Host& host) {
  const auto variable = host.system().environment("DEVELOPER_DIR");
  if (!variable || variable->empty()) return selected_directory(host);
  return {inside_app(Path(*variable)), "env", "DEVELOPER_DIR"};
}

dsl::Value missing_part(const Path& directory, const Host& host) {
  std::vector<Path> parts = {directory / "usr/lib/libxcrun.dylib"};
  if (directory == Path(clt_directory)) parts.insert(parts.begin(), directory / "usr/bin/clang");
  for (const Path& part : parts) {
    const auto status = host.disk().stat_target(part);
    if (!status) return unknown(status.error());
    if (status->type != FileStatus::Type::regular) return part;
  }
  return dsl::Absent{};
}

dsl::Value is_usable(const Path& directory, const Host& host) {
  dsl::Value missing = missing_part(directory, host);
  if (missing.is_unknown()) return missing;
  return missing.is_absent();
}

}  // namespace gopol::providers::xcode

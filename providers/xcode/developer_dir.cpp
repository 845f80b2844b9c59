#include "providers/xcode/developer_dir.h"

#include <utility>

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

dsl::Value is_usable(const Path& directory, const Host& host) {
  const auto status = host.disk().stat_target(directory / usable_file);
  if (!status) return unknown(status.error());
  return status->type == FileStatus::Type::regular;
}

}  // namespace gopol::providers::xcode

#include "providers/xcode/sdk.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"
#include "providers/xcode/developer_dir.h"
#include "providers/xcode/sdks.h"

namespace gopol::providers::xcode {
namespace {

constexpr const char* sdk_advice = "assert `xcode.clt` and `xcode.select`, which bring SDKs";

dsl::Schema sdk_schema() {
  const dsl::Type apple = version(dsl::VersionScheme::apple);
  dsl::Schema out = family(
      "xcode.sdk",
      "the macOS SDKs that cgo builds against: those of the active developer directory, or the "
      "one that SDKROOT names");
  out.attributes = {
      may_be_unknown(may_be_absent(verified("newest", apple, "the newest one", sdk_advice))),
      may_be_unknown(may_be_absent(fact("path", path(), "MacOSX.sdk, or what SDKROOT names"))),
      may_be_unknown(may_be_absent(verified(
          "version", apple, "of the one at `path`, from its SDKSettings.json", sdk_advice))),
      may_be_unknown(may_be_absent(verified("versions", list(), "all, oldest first", sdk_advice)))};
  return out;
}

/// The SDK that a compiler of this session takes.
struct Chosen {
  dsl::Value path, version;
  std::vector<std::string> findings;
};

/// The SDKs of the active developer directory, or why there are none.
struct SdksHere {
  dsl::Value directory;
  Sdks sdks = {};
  Chosen chosen = {};
};

/// SDKROOT is a path, which clang takes whatever it holds, or for xcrun the name of an SDK:
/// `macosx`, `macosx13.3`. Source: clang(1), xcrun(1).
Chosen named_by_variable(const std::string& root, const Sdks& sdks, const Host& host) {
  const std::string says = fmt::format("SDKROOT={} in this session", root);
  constexpr std::string_view usual = "macosx";
  if (!root.starts_with('/')) {
    if (root == usual) return {sdks.usual_path, sdks.usual, {}};
    return {dsl::Unknown{says + " names an SDK that only xcrun finds", "unset SDKROOT"},
            dsl::Unknown{says + " names an SDK that only xcrun finds", "unset SDKROOT"},
            {}};
  }
  const Path path(root);
  const auto status = host.disk().stat_target(path);
  if (!status) return {path, unknown(status.error()), {}};
  if (status->type != engine::FileStatus::Type::folder)
    return {path, dsl::Absent{}, {says + " leads nowhere: cgo finds no headers"}};
  const dsl::Value version = macos_version_of(path, host);
  if (version.is_absent()) return {path, version, {says + " is not an SDK of macOS"}};
  if (version == sdks.usual || version.is_unknown()) return {path, version, {}};
  return {path,
          version,
          {fmt::format("{}: cgo builds against {} and not {}", says, dsl::to_text(version),
                       dsl::to_text(sdks.usual))}};
}

SdksHere look_at_sdks(const Host& host) {
  if (!is_mac(host)) return {only_on_a_mac("these SDKs")};
  SdksHere out{active_directory(host).path};
  if (const auto* directory = out.directory.as<Path>()) out.sdks = sdks_of(*directory, host);
  const auto root = host.system().environment("SDKROOT");
  if (root && !root->empty()) {
    out.chosen = named_by_variable(*root, out.sdks, host);
  } else {
    out.chosen = {out.sdks.usual.is_known() ? dsl::Value(out.sdks.usual_path) : out.sdks.usual,
                  out.sdks.usual,
                  {}};
  }
  return out;
}

Observation read_sdk(const Slot& slot, const SdksHere& here, const Host&) {
  Observation out{.slot = slot, .findings = here.sdks.findings};
  if (const auto* directory = here.directory.as<Path>()) out.origin = directory->text;
  if (here.directory.is_unknown()) {
    out.value = here.directory;
  } else if (slot.attribute == "newest") {
    out.value = here.sdks.newest();
  } else if (slot.attribute == "versions") {
    out.value = here.directory.is_absent() ? here.directory : here.sdks.texts();
  } else {
    out.value = slot.attribute == "version" ? here.chosen.version : here.chosen.path;
    for (const std::string& finding : here.chosen.findings) out.findings.push_back(finding);
  }
  return out;
}

}  // namespace

std::unique_ptr<engine::Provider> sdk_provider() {
  return facts<Shared<look_at_sdks, read_sdk>>(sdk_schema());
}

}  // namespace gopol::providers::xcode

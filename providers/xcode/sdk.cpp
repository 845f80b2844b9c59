#include "providers/xcode/sdk.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/slot_provider.h"
#include "providers/xcode/developer_dir.h"
#include "providers/xcode/sdks.h"

namespace gopol::providers::xcode {
namespace {

constexpr const char* sdk_advice = "assert `xcode.clt` and `xcode.select`, which bring SDKs";

dsl::Schema sdk_schema() {
  const dsl::Type apple = version(dsl::VersionScheme::apple);
  dsl::Schema out =
      family("xcode.sdk",
             "the macOS SDKs that cgo builds against: those of the active developer directory");
  out.attributes = {
      may_be_unknown(may_be_absent(verified("newest", apple, "the newest one", sdk_advice))),
      may_be_unknown(may_be_absent(fact("path", path(), "MacOSX.sdk, as xcrun prints it"))),
      may_be_unknown(may_be_absent(verified(
          "version", apple, "the one behind MacOSX.sdk, from its SDKSettings.json", sdk_advice))),
      may_be_unknown(may_be_absent(verified("versions", list(), "all, oldest first", sdk_advice)))};
  return out;
}

dsl::Value value_of(const std::string& attribute, const Sdks& sdks) {
  if (attribute == "newest") return sdks.newest();
  if (attribute == "versions") return sdks.texts();
  if (attribute == "version") return sdks.usual;
  if (sdks.usual.is_known()) return sdks.usual_path;
  return sdks.usual;
}

/// The SDKs of the active developer directory, or why there are none.
struct SdksHere {
  dsl::Value directory;
  Sdks sdks = {};
};

SdksHere look_at_sdks(const Host& host) {
  if (!is_mac(host)) return {only_on_a_mac("these SDKs")};
  SdksHere out{active_directory(host).path};
  if (const auto* directory = out.directory.as<Path>()) out.sdks = sdks_of(*directory, host);
  return out;
}

Observation read_sdk(const Slot& slot, const SdksHere& here, const Host&) {
  const auto* directory = here.directory.as<Path>();
  if (directory == nullptr) return {.slot = slot, .value = here.directory};
  return {.slot = slot,
          .value = value_of(slot.attribute, here.sdks),
          .origin = directory->text,
          .findings = here.sdks.findings};
}

}  // namespace

std::unique_ptr<engine::Provider> sdk_provider() {
  return facts<Shared<look_at_sdks, read_sdk>>(sdk_schema());
}

}  // namespace gopol::providers::xcode

#include "providers/xcode/sdk.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/xcode/developer_dir.h"
#include "providers/xcode/sdks.h"

namespace gopol::providers::xcode {
namespace {

using engine::Host;
using engine::Observation;

constexpr const char* sdk_advice = "assert `xcode.clt` and `xcode.select`, which bring SDKs";

dsl::Schema sdk_schema() {
  const dsl::Type apple = version(dsl::VersionScheme::apple);
  dsl::Schema out;
  out.family = "xcode.sdk";
  out.doc = "the macOS SDKs that cgo builds against: those of the active developer directory";
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

class SdkProvider final : public engine::FactProvider {
 public:
  const dsl::Schema& schema() const override { return schema_; }

  engine::Observed observe(const engine::Query& query, const Host& host) const override {
    engine::Observed out;
    for (const engine::Slot& slot : query.slots) out.push_back({.slot = slot});
    if (!is_mac(host)) return all(std::move(out), only_on_a_mac("these SDKs"));
    const DeveloperDir active = active_directory(host);
    const auto* directory = active.path.as<dsl::Path>();
    if (directory == nullptr) return all(std::move(out), active.path);
    const Sdks sdks = sdks_of(*directory, host);
    for (Observation& seen : out) {
      seen.value = value_of(seen.slot.attribute, sdks);
      seen.origin = directory->text;
      seen.findings = sdks.findings;
    }
    return out;
  }

 private:
  static engine::Observed all(engine::Observed out, const dsl::Value& value) {
    for (Observation& seen : out) seen.value = value;
    return out;
  }

  dsl::Schema schema_ = sdk_schema();
};

}  // namespace

std::unique_ptr<engine::Provider> sdk_provider() { return std::make_unique<SdkProvider>(); }

}  // namespace gopol::providers::xcode

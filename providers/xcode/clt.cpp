#include "providers/xcode/clt.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/xcode/clt_install.h"
#include "providers/xcode/clt_reader.h"
#include "providers/xcode/developer_dir.h"

namespace gopol::providers::xcode {
namespace {

using dsl::Value;
using engine::Change;
using engine::Host;

dsl::Schema clt_schema() {
  const dsl::Type apple = version(dsl::VersionScheme::apple);
  dsl::Schema out;
  out.family = "xcode.clt";
  out.demands.needs_root = out.demands.irreversible = true;
  out.doc = "Apple's Command Line Tools: compiler, git and SDKs without Xcode";
  auto installed = may_be_unknown(may_be_absent(
      writable("version", apple, "from the receipt; without one, from the compiler and the SDK")));
  installed.affects = {"clang", "clang_build", "newest_sdk", "receipt", "sdks"};
  out.attributes = {
      may_be_unknown(may_be_absent(verified("clang", apple, "its compiler's version: 15.0.0"))),
      may_be_unknown(
          may_be_absent(verified("clang_build", apple, "its compiler's build: 1500.3.9.4"))),
      may_be_unknown(may_be_absent(verified("newest_sdk", apple, "the newest macOS SDK"))),
      may_be_unknown(may_be_absent(fact("receipt", text(), "the version of Apple's package"))),
      may_be_unknown(verified("sdks", list(), "versions of the macOS SDKs, oldest first")),
      std::move(installed)};
  return out;
}

/// An exact version is a range of one.
dsl::Allowed allowed_of(const engine::Assignment& version) {
  dsl::Allowed out = version.allowed;
  if (version.to.is_known()) out.one_of = std::vector<Value>{version.to};
  return out;
}

class CltProvider final : public engine::Provider {
 public:
  explicit CltProvider(engine::Settings settings) : settings_(std::move(settings)) {}

  const dsl::Schema& schema() const override { return schema_; }

  engine::Observed observe(const engine::Query& query, const Host& host) const override {
    CltReader reader(host, settings_.share);
    engine::Observed out;
    for (const engine::Slot& slot : query.slots) {
      if (is_mac(host)) {
        out.push_back(reader.read(slot));
      } else {
        out.push_back({.slot = slot, .value = only_on_a_mac("Command Line Tools")});
      }
    }
    return out;
  }

  dsl::Result<engine::Prepared> prepare(const Change& change, const Host& host) const override {
    if (!is_mac(host)) return dsl::problem("R4002", "only a Mac has Command Line Tools");
    if (change.find("version") == nullptr)
      return dsl::problem("R4002", "only `version` of the Command Line Tools can be changed");
    engine::Prepared out;
    out.writes.push_back({dsl::Path(clt_directory), true});
    out.demands.needs_root = out.demands.irreversible = true;
    out.note = "softwareupdate installs one label, chosen then; needs the network";
    return out;
  }

  dsl::Result<dsl::Done> apply(const Change& change, Host& host) const override {
    const dsl::Allowed allowed = allowed_of(*change.find("version"));
    if (dsl::contains(allowed, installed(host))) return dsl::Done{};
    const auto said = install_clt(allowed, host);
    if (dsl::contains(allowed, installed(host))) return dsl::Done{};
    if (!said) return said.error();
    return dsl::problem("R4002", fmt::format("the Command Line Tools are {} after softwareupdate "
                                             "said: {}",
                                             dsl::to_text(installed(host)), *said));
  }

  /// They are there then; which ones, softwareupdate chooses.
  dsl::Result<engine::Foresight> rehearse(const Change&, Host& copy) const override {
    const dsl::Path directory(clt_directory);
    if (is_usable(directory, copy) == Value(true)) return engine::Foresight::unknown;
    const auto done = copy.disk().replace(directory / usable_file, "");
    if (!done) return done.error();
    return engine::Foresight::unknown;
  }

 private:
  Value installed(const Host& host) const {
    return CltReader(host, settings_.share).read({"xcode.clt", "", "version", ""}).value;
  }

  engine::Settings settings_;
  dsl::Schema schema_ = clt_schema();
};

}  // namespace

std::unique_ptr<engine::Provider> clt_provider(engine::Settings settings) {
  return std::make_unique<CltProvider>(std::move(settings));
}

}  // namespace gopol::providers::xcode

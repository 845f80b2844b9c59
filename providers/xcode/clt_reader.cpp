#include "providers/xcode/clt_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "providers/read/go_text.h"
#include "providers/read/reading.h"
#include "providers/xcode/developer_dir.h"

namespace gopol::providers::xcode {
namespace {

using dsl::Path;
using dsl::Value;
using engine::Observation;

constexpr std::chrono::seconds clang_deadline{60};  // the first call after a start is slow

const Path compiler = Path(clt_directory) / "usr/bin/clang";

dsl::Version apple(std::string text) { return {std::move(text), dsl::VersionScheme::apple}; }

bool is_before(const std::string& version, const std::string& other) {
  return dsl::compare(apple(version), apple(other)) < 0;
}

/// As many numbers of it as the other has: the table of releases says 26.4 of SDK 26.4.1 too.
dsl::Version shortened(const dsl::Version& version, const dsl::Version& other) {
  const auto numbers = go::split(version.text, '.');
  const auto count = std::min(numbers.size(), go::split(other.text, '.').size());
  return apple(fmt::format(
      "{}", fmt::join(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(count), ".")));
}

dsl::Result<Clang> ask_compiler(const engine::Host& host) {
  engine::Command command;
  command.argv = {compiler.text, "--version"};
  command.deadline = clang_deadline;
  const auto output = host.programs().query(command);
  if (!output) return output.error();
  Clang out = parse_clang(output->out);
  if (output->status == 0 && !out.version.empty()) return out;
  return dsl::problem("R4002", fmt::format("`{} --version` does not say which", compiler.text));
}

}  // namespace

const Value& CltReader::payload() {
  if (payload_) return *payload_;
  payload_ = is_usable(Path(clt_directory), host_);
  return *payload_;
}

const Receipt& CltReader::receipt() {
  if (!receipt_) receipt_ = clt_receipt(host_);
  return *receipt_;
}

const Sdks& CltReader::sdks() {
  if (!sdks_) sdks_ = sdks_of(Path(clt_directory), host_);
  return *sdks_;
}

const dsl::Result<Clang>& CltReader::clang() {
  if (!clang_) clang_ = ask_compiler(host_);
  return *clang_;
}

Value CltReader::clang_text(std::string Clang::*part) {
  if (payload() != Value(true)) return payload().is_unknown() ? payload() : Value(dsl::Absent{});
  if (!clang()) return unknown(clang().error());
  return apple((*clang()).*part);
}

/// A receipt stays when tools are copied, half removed or replaced by newer ones; the SDKs show it.
/// Returns false if the tools are newer than it.
bool CltReader::fits_sdks(const std::string& version, Observation& out) {
  const Value last = sdks().newest();
  const auto* newest = last.as<dsl::Version>();
  const Value behind_link = sdks().usual;
  const auto* usual = behind_link.as<dsl::Version>();
  for (const Release& release : read_releases(share_)) {
    if (release.macos_sdk.empty() || is_before(release.version, version)) continue;
    const dsl::Version brought = apple(release.macos_sdk);
    if (release.version == version && newest != nullptr && dsl::compare(*newest, brought) < 0) {
      out.findings.push_back(
          fmt::format("the receipt says {}, which brings SDK {}; the newest SDK here is {}",
                      version, brought.text, newest->text));
    } else if (usual != nullptr && dsl::compare(shortened(*usual, brought), brought) > 0) {
      out.findings.push_back(
          fmt::format("the receipt says {}, but MacOSX.sdk is {}, which is newer than those tools",
                      version, usual->text));
      return false;
    }
    break;
  }
  return true;
}

Value CltReader::version_by_compiler() {
  if (!clang()) return unknown(clang().error());
  return release_with(read_releases(share_), clang()->build, sdks().newest());
}

Observation CltReader::version(Observation out) {
  out.origin = receipt().path;
  const auto* package = receipt().package.as<std::string>();
  if (payload() != Value(true)) {
    out.value = payload().is_unknown() ? payload() : Value(dsl::Absent{});
    if (package != nullptr) {
      out.findings.push_back(fmt::format("the receipt says {}, but {} is missing",
                                         product_version(*package),
                                         dsl::to_text(missing_part(Path(clt_directory), host_))));
    }
    return out;
  }
  if (package != nullptr) {
    out.value = apple(product_version(*package));
    if (fits_sdks(product_version(*package), out)) return out;
    if (Value by_compiler = version_by_compiler(); by_compiler.is_known())
      out.value = std::move(by_compiler);
    return out;
  }
  if (receipt().package.is_unknown()) {
    out.value = receipt().package;
    return out;
  }
  out.origin = compiler.text;
  out.value = version_by_compiler();
  return out;
}

Observation CltReader::read(const engine::Slot& slot) {
  Observation out{.slot = slot, .origin = clt_directory};
  const std::string& name = slot.attribute;
  if (name == "version") return version(std::move(out));
  if (name == "receipt") {
    out.value = receipt().package;
    out.origin = receipt().path;
  } else if (name == "clang") {
    out.value = clang_text(&Clang::version);
  } else if (name == "clang_build") {
    out.value = clang_text(&Clang::build);
  } else if (name == "newest_sdk") {
    out.value = sdks().newest();
    out.findings = sdks().findings;
  } else {
    out.value = sdks().texts();
  }
  return out;
}

}  // namespace gopol::providers::xcode

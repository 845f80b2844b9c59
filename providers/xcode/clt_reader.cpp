#include "providers/xcode/clt_reader.h"

#include <fmt/format.h>

#include <utility>

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
  const auto status = host_.disk().stat_target(compiler);
  payload_ =
      status ? Value(status->type == engine::FileStatus::Type::regular) : unknown(status.error());
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

/// A receipt stays when tools are copied or half removed; the SDK shows it.
void CltReader::compare_with_sdk(const std::string& version, Observation& out) {
  const Value newest = sdks().newest();
  for (const Release& release : read_releases(share_)) {
    if (release.version != version || release.macos_sdk.empty()) continue;
    if (newest == Value(apple(release.macos_sdk))) return;
    out.findings.push_back(
        fmt::format("the receipt says {}, which brings SDK {}; the newest SDK here is {}", version,
                    release.macos_sdk, dsl::to_text(newest)));
  }
}

Observation CltReader::version(Observation out) {
  out.origin = receipt().path;
  const auto* package = receipt().package.as<std::string>();
  if (payload() != Value(true)) {
    out.value = payload().is_unknown() ? payload() : Value(dsl::Absent{});
    if (package != nullptr) {
      out.findings.push_back(fmt::format("the receipt says {}, but {} is missing",
                                         product_version(*package), compiler.text));
    }
    return out;
  }
  if (package != nullptr) {
    out.value = apple(product_version(*package));
    compare_with_sdk(product_version(*package), out);
    return out;
  }
  if (receipt().package.is_unknown()) {
    out.value = receipt().package;
    return out;
  }
  out.origin = compiler.text;
  out.value = clang() ? release_with(read_releases(share_), clang()->build, sdks().newest())
                      : unknown(clang().error());
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

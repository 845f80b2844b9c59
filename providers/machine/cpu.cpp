#include "providers/machine/cpu.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "providers/read/context_provider.h"
#include "providers/read/fact_schema.h"
#include "providers/read/reading.h"

namespace gopol::providers {
namespace {

using engine::Host;
using engine::Observation;
using engine::Slot;

dsl::Schema cpu_schema() {
  return context(
      "cpu", "the machine's processor, not this program's",
      {fact("arch", word({"arm64", "x86_64"}), "arm64 also inside a translated shell"),
       fact("brand", text(), "`Apple M3 Max`"), fact("cores", integer(), "logical processors"),
       fact("translated", boolean(), "whether this program runs under Rosetta 2")});
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end == text.data()) return {};
  return out;
}

dsl::Value number_or_unknown(const std::optional<std::string>& text, const char* name) {
  const auto value = text ? number(*text) : std::nullopt;
  if (!value) return dsl::Unknown{std::string("sysctl ") + name + " gave no number", ""};
  return *value;
}

// hw.optional.arm64 is 1 in the arm64 kernel, under Rosetta too, and absent on Intel; a missing key
// means no. uname -m tells only what this process is.
dsl::Value read_macos(const std::string& attribute, const Host& host) {
  const auto& system = host.system();
  if (attribute == "arch") return system.sysctl("hw.optional.arm64") == "1" ? "arm64" : "x86_64";
  if (attribute == "translated") return system.sysctl("sysctl.proc_translated") == "1";
  if (attribute == "cores") return number_or_unknown(system.sysctl("hw.ncpu"), "hw.ncpu");
  const auto brand = system.sysctl("machdep.cpu.brand_string");
  if (!brand) return dsl::Absent{};
  return *brand;
}

/// `0-7`, `0-3,8`: how many.
std::optional<std::int64_t> count_of(std::string_view ranges) {
  std::int64_t out = 0;
  while (!ranges.empty()) {
    const std::string_view part = ranges.substr(0, ranges.find(','));
    ranges.remove_prefix(std::min(part.size() + 1, ranges.size()));
    const auto first = number(part);
    const std::size_t dash = part.find('-');
    const auto last = dash == std::string_view::npos ? first : number(part.substr(dash + 1));
    if (!first || !last || *last < *first) return {};
    out += *last - *first + 1;
  }
  return out;
}

dsl::Value linux_arch(const std::string& machine) {
  if (machine == "aarch64" || machine == "arm64") return "arm64";
  if (machine == "x86_64" || machine == "amd64") return "x86_64";
  return dsl::Unknown{"this program does not know the machine `" + machine + "`", ""};
}

dsl::Value linux_cores(const Host& host) {
  const FileText online = read_text(host, dsl::Path("/sys/devices/system/cpu/online"));
  if (!online.there) return online.why_not;
  const auto count = count_of(first_line(online.text));
  if (!count) return dsl::Unknown{"/sys/devices/system/cpu/online is not a list of processors", ""};
  return *count;
}

dsl::Value linux_brand(const Host& host) {
  const FileText info = read_text(host, dsl::Path("/proc/cpuinfo"));
  if (!info.there) return info.why_not;
  const std::size_t at = info.text.find("model name");
  const std::size_t colon = at == std::string::npos ? at : info.text.find(": ", at);
  if (colon == std::string::npos) return dsl::Absent{};
  return info.text.substr(colon + 2, info.text.find('\n', colon) - colon - 2);
}

dsl::Value read_linux(const std::string& attribute, const Host& host) {
  if (attribute == "arch") return linux_arch(host.system().machine());
  if (attribute == "translated") return false;
  return attribute == "cores" ? linux_cores(host) : linux_brand(host);
}

}  // namespace

std::unique_ptr<engine::Provider> cpu_provider() {
  return context_provider(cpu_schema(), [](const Slot& slot, const Host& host) -> Observation {
    const bool mac = host.system().platform() == "macos";
    return {.slot = slot,
            .value = mac ? read_macos(slot.attribute, host) : read_linux(slot.attribute, host)};
  });
}

}  // namespace gopol::providers

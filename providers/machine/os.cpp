#include "providers/machine/os.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "providers/read/context_provider.h"
#include "providers/read/fact_schema.h"
#include "providers/read/plist_text.h"
#include "providers/read/reading.h"

namespace gopol::providers {
namespace {

using engine::Host;
using engine::Observation;
using engine::Slot;

// The file with the dot tells the truth whatever SDK this program was linked with; the other one is
// replaced by a compatible answer in old programs. The dot file is there since macOS 11.
constexpr const char* macos_files[] = {
    "/System/Library/CoreServices/.SystemVersionPlatform.plist",
    "/System/Library/CoreServices/SystemVersion.plist",
};

constexpr const char* linux_files[] = {"/etc/os-release", "/usr/lib/os-release"};

constexpr std::pair<std::string_view, std::string_view> macos_names[] = {
    {"11", "Big Sur"}, {"12", "Monterey"}, {"13", "Ventura"},     {"14", "Sonoma"},
    {"15", "Sequoia"}, {"26", "Tahoe"},    {"27", "Golden Gate"},
};

dsl::Schema os_schema() {
  return context(
      "os", "the operating system",
      {fact("beta", boolean(), "whether it is a prerelease of macOS"),
       fact("build", text(),
            "macOS: the build, such as 23F79, that of a Rapid Security Response if there is one; "
            "absent elsewhere"),
       fact("family", word({"macos", "linux"}), "which system"),
       fact("name", text(), "`Sonoma`, `debian`"),
       fact("version", version(dsl::VersionScheme::apple), "14.5; on Linux VERSION_ID")});
}

/// `NAME="value"` of an os-release file. Source: os-release(5); of its quoting, the plain forms.
std::optional<std::string> release_value(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != '=') continue;
    line.remove_prefix(name.size() + 1);
    const bool quoted = line.size() >= 2 && (line.front() == '"' || line.front() == '\'') &&
                        line.back() == line.front();
    return std::string(quoted ? line.substr(1, line.size() - 2) : line);
  }
  return {};
}

std::string macos_name(std::string_view version) {
  const std::string major(version.substr(0, version.find('.')));
  for (const auto& [number, name] : macos_names) {
    if (number == major) return std::string(name);
  }
  return "macOS " + major;
}

/// The first of the files that is there, and where.
struct Found {
  FileText file;
  std::string path;
};

template <std::size_t N>
Found first_of(const char* const (&files)[N], const Host& host) {
  Found out;
  for (const char* path : files) {
    out = {read_text(host, dsl::Path(path)), path};
    if (out.file.there) break;
  }
  return out;
}

/// What a system says of itself.
struct Identity {
  dsl::Value version, build;  ///< a text, or Unknown
  std::string path;
};

std::string major_of(std::string_view version) {
  return std::string(version.substr(0, version.find('.')));
}

/// There is none from 16 to 25: a program that was linked with an old SDK is told such a number
/// instead of 26 and more, by SystemVersionCompat.plist. 10.16 is the like of 11 to 15.
bool is_for_old_programs(const std::string& version) {
  int number = 0;
  const std::string major = major_of(version);
  std::from_chars(major.data(), major.data() + major.size(), number);
  return (number >= 16 && number <= 25) || version == "10.16" || version.starts_with("10.16.");
}

Identity identity_in(const FileText& file, const dsl::Path& path) {
  if (!file.there) return {file.why_not, file.why_not, path.text};
  Identity out{needed_plist_value(file.text, "ProductVersion", path),
               needed_plist_value(file.text, "ProductBuildVersion", path), path.text};
  const auto* version = out.version.as<std::string>();
  if (version == nullptr) return out;
  if (!dsl::is_valid(*version, dsl::VersionScheme::apple)) {
    out.version =
        dsl::Unknown{fmt::format("`{}` does not hold a version: {}", path.text, *version), ""};
  } else if (is_for_old_programs(*version)) {
    out.version = dsl::Unknown{
        fmt::format("`{}` says {}, which macOS tells old programs instead of its own number",
                    path.text, *version),
        "run `sw_vers`"};
  }
  return out;
}

/// The first file that says both; what the other says where none does.
Identity identity(const Host& host) {
  Identity out;
  bool first = true;
  for (const char* path : macos_files) {
    Identity one = identity_in(read_text(host, dsl::Path(path)), dsl::Path(path));
    if (one.version.is_known() && one.build.is_known()) return one;
    if (first || out.version.is_absent() || (!out.version.is_known() && one.version.is_known()))
      out = std::move(one);
    first = false;
  }
  return out;
}

dsl::Value from_text(const std::optional<std::string>& text, bool is_version) {
  if (!text || text->empty()) return dsl::Absent{};
  if (!is_version) return *text;
  return dsl::Version{*text, dsl::VersionScheme::apple};
}

/// What a Rapid Security Response made of the system: the sealed volume does not know of it.
struct Response {
  std::optional<std::string> build;
  std::string path;
};

Response response_to(const std::string& version, const Host& host) {
  const dsl::Path preboot("/System/Volumes/Preboot");
  const auto groups = host.disk().list(preboot);
  if (!groups) return {};
  for (const std::string& group : *groups) {
    const dsl::Path path = preboot / group / "cryptex1/current/SystemVersion.plist";
    const FileText text = read_text(host, path);
    if (!text.there || plist_string(text.text, "ProductVersion") != version) continue;
    const auto extra = plist_string(text.text, "ProductVersionExtra");
    if (extra && !extra->empty())
      return {plist_string(text.text, "ProductBuildVersion"), path.text};
  }
  return {};
}

Observation read_macos(const Slot& slot, const Host& host) {
  Identity of = identity(host);
  Observation out{.slot = slot, .origin = of.path};
  const auto* version = of.version.as<std::string>();
  if (version != nullptr && (slot.attribute == "build" || slot.attribute == "beta")) {
    if (Response response = response_to(*version, host); response.build) {
      of.build = *response.build;
      out.origin = std::move(response.path);
    }
  }
  const auto* build = of.build.as<std::string>();
  if (slot.attribute == "build") out.value = of.build;
  if (slot.attribute == "beta")
    out.value = build == nullptr ? of.build : dsl::Value(is_beta_build(*build));
  if (slot.attribute == "version")
    out.value = version == nullptr ? of.version
                                   : dsl::Value(dsl::Version{*version, dsl::VersionScheme::apple});
  if (slot.attribute == "name")
    out.value = version == nullptr ? of.version : dsl::Value(macos_name(*version));
  return out;
}

Observation read_linux(const Slot& slot, const Host& host) {
  if (slot.attribute == "build") return {.slot = slot, .value = dsl::Absent{}};
  if (slot.attribute == "beta") return {.slot = slot, .value = false};
  const Found found = first_of(linux_files, host);
  if (!found.file.there) return {.slot = slot, .value = found.file.why_not, .origin = found.path};
  const bool is_version = slot.attribute == "version";
  return {.slot = slot,
          .value = from_text(release_value(found.file.text, is_version ? "VERSION_ID" : "ID"),
                             is_version),
          .origin = found.path};
}

}  // namespace

bool is_beta_build(std::string_view build) {
  const std::size_t letter = build.find_first_not_of("0123456789");
  if (letter == std::string_view::npos || letter + 1 >= build.size()) return false;
  const std::string_view rest = build.substr(letter + 1);
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const bool suffixed = digits + 1 == rest.size() && rest.back() >= 'a' && rest.back() <= 'z';
  return digits == 4 && rest.front() == '5' && suffixed;
}

int macos_number(const engine::Host& host) {
  const auto os =
      os_provider()->observe({.slots = {{"os", "", "version", ""}}, .inputs = {}}, host);
  const auto* version = os.front().value.as<dsl::Version>();
  int out = 0;
  if (version != nullptr)
    std::from_chars(version->text.data(), version->text.data() + version->text.size(), out);
  return out;
}

std::unique_ptr<engine::Provider> os_provider() {
  return context_provider(os_schema(), [](const Slot& slot, const Host& host) -> Observation {
    const std::string platform(host.system().platform());
    if (slot.attribute == "family") return {.slot = slot, .value = platform};
    return platform == "macos" ? read_macos(slot, host) : read_linux(slot, host);
  });
}

}  // namespace gopol::providers

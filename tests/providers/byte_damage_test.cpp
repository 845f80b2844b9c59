// Every file that a fact of a Mac is read from, damaged byte by byte: the value stays, or it is
// unknown. GOPOL_DAMAGES: how often, GOPOL_SEED: which.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "providers/brew/formula.h"
#include "providers/machine/binary.h"
#include "providers/machine/os.h"
#include "providers/read/plist_tree.h"
#include "providers/tcc/grant.h"
#include "providers/tcc/pppc_state.h"
#include "providers/xcode/app.h"
#include "providers/xcode/clt.h"
#include "providers/xcode/sdk.h"
#include "tests/catch.h"
#include "tests/providers/recorded_mac.h"
#include "tests/table.h"

using namespace gopol;
using namespace gopol::tests;
using dsl::Value;

namespace {

using Random = std::mt19937_64;

/// A file and what is read from it.
struct Source {
  std::string file;
  std::unique_ptr<engine::Provider> provider;
  std::string key;
  std::vector<std::string> attributes;
  /// Values that the file spells: another text that stands in it is what it says now.
  bool spelled = true;
};

std::size_t below(std::size_t end, Random& random) { return end == 0 ? 0 : random() % end; }

/// Cut, blanked, a byte changed, put in or taken out: what a disk, a crash or a hand leaves.
std::string damaged(std::string bytes, Random& random) {
  const std::size_t at = below(bytes.size(), random);
  const auto byte = static_cast<char>(random() & 0xffU);
  switch (random() % 6) {
    case 0: return bytes.substr(0, at);
    case 1:
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                  std::min<std::size_t>(bytes.size() - at, 1 + random() % 64), '\0');
      return bytes;
    case 2: bytes.insert(at, 1, byte); return bytes;
    case 3: bytes.erase(at, 1 + random() % 8); return bytes;
    case 4: bytes.insert(at, bytes.substr(below(bytes.size(), random), 16)); return bytes;
    default:
      if (!bytes.empty()) bytes[at] = byte;
      return bytes;
  }
}

std::vector<Source> sources() {
  using namespace providers;
  const std::string developer = "root/Library/Developer/CommandLineTools/";
  const engine::Settings settings{"", false, dsl::Path(GOPOL_SOURCE_DIR "/share")};
  std::vector<Source> out;
  const auto add = [&](std::string file, std::unique_ptr<engine::Provider> provider,
                       std::string key, std::vector<std::string> attributes, bool spelled) {
    out.push_back({"root/" + std::move(file), std::move(provider), std::move(key),
                   std::move(attributes), spelled});
  };
  add("System/Library/CoreServices/.SystemVersionPlatform.plist", os_provider(), "",
      {"version", "build", "beta"}, true);
  add("Applications/Xcode.app/Contents/version.plist", xcode::app_provider(), "",
      {"version", "build", "license_accepted"}, true);
  add("Library/Preferences/com.apple.dt.Xcode.plist", xcode::app_provider(), "",
      {"license_accepted"}, false);
  add("Library/Apple/System/Library/Receipts/com.apple.pkg.CLTools_Executables.plist",
      xcode::clt_provider(settings), "", {"version", "receipt"}, true);
  add("Library/Developer/CommandLineTools/SDKs/MacOSX14.4.sdk/SDKSettings.json",
      xcode::clt_provider(settings), "", {"newest_sdk", "sdks"}, true);
  add("opt/homebrew/Cellar/go/1.22.4/INSTALL_RECEIPT.json", brew::formula_provider(), "go",
      {"arch", "tap", "bottle", "on_request"}, true);
  add("Library/Application Support/com.apple.TCC/MDMOverrides.plist", tcc::pppc_provider(),
      "com.apple.Terminal", {"SystemPolicyAllFiles", "PostEvent"}, false);
  add("Library/Application Support/com.apple.TCC/MDMOverrides.plist", tcc::grant_provider(),
      "com.apple.Terminal", {"SystemPolicyAllFiles", "PostEvent"}, false);
  return out;
}

constexpr const char* profile =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>"
    "<key>com.apple.Terminal</key><dict>"
    "<key>kTCCServiceSystemPolicyAllFiles</key><dict><key>Authorization</key><string>Deny</string>"
    "<key>CodeRequirement</key><string>identifier \"com.apple.Terminal\" and anchor apple</string>"
    "</dict><key>kTCCServicePostEvent</key><dict><key>Allowed</key><true/>"
    "<key>CodeRequirement</key><string>identifier \"com.apple.Terminal\" and anchor apple</string>"
    "</dict></dict></dict></plist>\n";

std::size_t count_of(std::string_view word, const std::string& text) {
  std::size_t out = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    ++out;
  return out;
}

/// Whether the damage hit what the file says, not how: then another value is what it says now. Of
/// names and words no reader can tell that they were others.
bool says_otherwise(const Source& source, const std::string& before, const std::string& bytes,
                    const Value& now) {
  const auto stands = [&](const std::string& text) {
    return source.spelled && !text.empty() && bytes.find(text) != std::string::npos &&
           before.find(text) == std::string::npos;
  };
  // A list that is whole and another one says something else.
  if (providers::parse_plist(bytes)) return true;
  if (const auto* text = now.as<std::string>(); text != nullptr && stands(*text)) return true;
  if (const auto* version = now.as<dsl::Version>(); version != nullptr && stands(version->text))
    return true;
  // The texts that decide, all of them: is one of those gone, another stands there.
  for (const char* word : {"com.apple.Terminal",
                           "kTCCServiceSystemPolicyAllFiles",
                           "kTCCServicePostEvent",
                           "Authorization",
                           "Deny",
                           "Allowed",
                           "<true/>",
                           "CodeRequirement",
                           "anchor apple",
                           "IDELastGMLicenseAgreedTo",
                           "EA1910",
                           "IDEXcodeVersionForAgreedToGMLicense",
                           "23F79",
                           "\"arch\"",
                           "\"tap\"",
                           "\"source\"",
                           "poured_from_bottle",
                           "installed_on_request",
                           "macosx14",
                           "14.4"})
    if (count_of(word, bytes) < count_of(word, before)) return true;
  return false;
}

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* said = std::getenv(variable);
  return said == nullptr ? otherwise : std::strtoull(said, nullptr, 10);
}

}  // namespace

TEST_CASE("a file that is damaged anywhere gives the value that it gave, or it is unknown") {
  const RecordedMac mac;
  std::filesystem::remove((mac.temp / "root/System/Library/CoreServices/SystemVersion.plist").text);
  mac.temp.write("root/Library/Application Support/com.apple.TCC/MDMOverrides.plist", profile);
  const auto all = sources();
  const engine::Host host = mac.host();
  Random random(number_in("GOPOL_SEED", 20261128));
  const std::uint64_t rounds = number_in("GOPOL_DAMAGES", 3000);
  std::map<std::string, std::uint64_t> outcomes;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    const Source& source = all[round % all.size()];
    const std::string before = mac.temp.read(source.file);
    std::vector<Value> was;
    for (const std::string& attribute : source.attributes)
      was.push_back(look(*source.provider, host, source.key, attribute).value);
    const std::string bytes = damaged(before, random);
    mac.temp.write(source.file, bytes);
    for (std::size_t i = 0; i < was.size(); ++i) {
      const Value now = look(*source.provider, host, source.key, source.attributes[i]).value;
      const bool same = now == was[i];
      const bool fits = same || now.is_unknown() || says_otherwise(source, before, bytes, now);
      ++outcomes[same ? "same" : now.is_unknown() ? "unknown" : fits ? "says otherwise" : "wrong"];
      if (fits) continue;
      CAPTURE(round, source.file, source.attributes[i], dsl::to_text(was[i]), dsl::to_text(now),
              bytes);
      CHECK(fits);
    }
    mac.temp.write(source.file, before);
  }
  for (const auto& [what, count] : outcomes)
    std::printf("%s: %llu\n", what.c_str(), static_cast<unsigned long long>(count));
  CHECK(outcomes["unknown"] > rounds / 20);
}

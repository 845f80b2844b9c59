#include "providers/go/env/toolchain_choice.h"

#include <fmt/format.h>

#include <utility>

#include "dsl/value/go_version.h"

namespace gopol::providers::go {
namespace {

namespace version = dsl::go_version;

/// GOTOOLCHAIN in its parts: a least toolchain and how to look for a newer one.
struct Setting {
  std::string_view least;  ///< empty: the local one
  std::string_view mode;   ///< auto, path, or empty
};

template <class... Args>
dsl::Diagnostic bad_choice(fmt::format_string<Args...> text, Args&&... args) {
  return dsl::problem("P2004", fmt::format(text, std::forward<Args>(args)...),
                      "write local, auto, path, goX.Y.Z, goX.Y.Z+auto or goX.Y.Z+path");
}

dsl::Result<Setting> parse(std::string_view setting) {
  if (setting.empty()) return Setting{};
  if (setting == "auto" || setting == "path") return Setting{{}, setting};
  const std::size_t plus = setting.find('+');
  const bool has_suffix = plus != std::string_view::npos;
  const std::string_view least = setting.substr(0, plus);
  const std::string_view mode = has_suffix ? setting.substr(plus + 1) : std::string_view{};
  if (least != "local" && version::from_toolchain(least).empty()) {
    if (has_suffix)
      return bad_choice("invalid GOTOOLCHAIN \"{}\": invalid minimum toolchain \"{}\"", setting,
                        least);
    return bad_choice("invalid GOTOOLCHAIN \"{}\"", setting);
  }
  if (has_suffix && mode != "auto" && mode != "path") {
    return bad_choice("invalid GOTOOLCHAIN \"{}\": only version suffixes are +auto and +path",
                      setting);
  }
  return Setting{least == "local" ? std::string_view{} : least, mode};
}

}  // namespace

dsl::Result<ToolchainChoice> choose_toolchain(std::string_view local, std::string_view setting,
                                              std::string_view go_line,
                                              std::string_view toolchain_line) {
  const auto parsed = parse(setting);
  if (!parsed) return parsed.error();
  std::string chosen(parsed->least.empty() ? local : parsed->least);
  std::string least = version::from_toolchain(chosen);
  if (!parsed->mode.empty() && toolchain_line != "default") {
    if (!toolchain_line.empty()) {
      const std::string wanted = version::from_toolchain(toolchain_line);
      if (wanted.empty()) return bad_choice("invalid toolchain \"{}\" in go.mod", toolchain_line);
      if (version::compare(wanted, least) > 0) {
        chosen = toolchain_line;
        least = wanted;
      }
    }
    if (version::compare(go_line, least) > 0) {
      chosen = "go" + std::string(go_line);
      if (version::is_language_version(go_line)) chosen += ".0";
    }
  }
  if (chosen == local) return ToolchainChoice{};
  if (!chosen.starts_with("go1")) return bad_choice("invalid GOTOOLCHAIN \"{}\"", chosen);
  return ToolchainChoice{false, chosen, parsed->mode == "path"};
}

bool follows_modules(std::string_view setting) {
  const auto parsed = parse(setting);
  return parsed && !parsed->mode.empty();
}

dsl::Result<dsl::Done> check_toolchain_setting(std::string_view setting) {
  const auto parsed = parse(setting);
  if (!parsed) return parsed.error();
  if (parsed->least.empty()) return dsl::Done{};
  const std::string least = version::from_toolchain(parsed->least);
  if (!parsed->least.starts_with("go1")) return bad_choice("invalid GOTOOLCHAIN \"{}\"", setting);
  if (version::is_language_version(least)) {
    return dsl::problem(
        "P2004", fmt::format("`{}` is a Go language version, not a toolchain", parsed->least),
        fmt::format("write `{}.0`", parsed->least));
  }
  return dsl::Done{};
}

}  // namespace gopol::providers::go

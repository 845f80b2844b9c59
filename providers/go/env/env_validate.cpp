#include "providers/go/env/env_validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/policy/fit.h"
#include "providers/go/env/env_variables.h"
#include "providers/go/env/experiments.h"
#include "providers/go/env/flags.h"
#include "providers/go/env/sumdb.h"
#include "providers/go/env/toolchain_choice.h"
#include "providers/go/env/vcs.h"
#include "providers/read/go_text.h"

namespace gopol::providers::go {
namespace {

using dsl::Done;
using dsl::Result;
using dsl::Value;

template <class... Args>
dsl::Diagnostic bad(std::string help, fmt::format_string<Args...> text, Args&&... args) {
  return dsl::problem("P2004", fmt::format(text, std::forward<Args>(args)...), std::move(help));
}

const std::string& text_of(const Value& value) {
  static const std::string none;
  const auto* text = value.as<std::string>();
  return text != nullptr ? *text : none;
}

const std::vector<std::string>& items_of(const Value& value) {
  static const std::vector<std::string> none;
  const auto* list = value.as<dsl::List>();
  return list != nullptr ? list->items : none;
}

Result<Done> line_text(std::string_view text) {
  if (text.find_first_of(std::string_view("\0\n\r\v", 4)) == std::string_view::npos) return Done{};
  return bad("an env file has one line for each variable",
             "a value with a line break or NUL cannot be written");
}

/// Source: `go tool dist list` of 1.19, and the release notes since.
constexpr std::string_view pairs[] = {
    "aix/ppc64",       "android/386",   "android/amd64",   "android/arm",    "android/arm64",
    "darwin/amd64",    "darwin/arm64",  "dragonfly/amd64", "freebsd/386",    "freebsd/amd64",
    "freebsd/arm",     "freebsd/arm64", "freebsd/riscv64", "illumos/amd64",  "ios/amd64",
    "ios/arm64",       "js/wasm",       "linux/386",       "linux/amd64",    "linux/arm",
    "linux/arm64",     "linux/loong64", "linux/mips",      "linux/mips64",   "linux/mips64le",
    "linux/mipsle",    "linux/ppc64",   "linux/ppc64le",   "linux/riscv64",  "linux/s390x",
    "netbsd/386",      "netbsd/amd64",  "netbsd/arm",      "netbsd/arm64",   "openbsd/386",
    "openbsd/amd64",   "openbsd/arm",   "openbsd/arm64",   "openbsd/mips64", "openbsd/ppc64",
    "openbsd/riscv64", "plan9/386",     "plan9/amd64",     "plan9/arm",      "solaris/amd64",
    "wasip1/wasm",     "windows/386",   "windows/amd64",   "windows/arm",    "windows/arm64"};

/// Empty is the machine's own, which a policy says by `unset`.
template <class Part>
Result<Done> known_in_pairs(std::string_view name, std::string_view text, Part part) {
  const bool is_known = std::any_of(std::begin(pairs), std::end(pairs),
                                    [&](std::string_view pair) { return part(pair) == text; });
  if (is_known) return Done{};
  return bad(fmt::format("`go tool dist list` prints all; `unset {}` means this machine", name),
             "`{}` is no value of {}", text, name);
}

std::string joined(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, ","));
}

}  // namespace

Result<Done> valid_line(const Value& value) {
  for (const std::string& item : items_of(value)) {
    if (auto result = line_text(item); !result) return result;
  }
  if (const auto* path = value.as<dsl::Path>()) return line_text(path->text);
  return line_text(text_of(value));
}

Result<Done> valid_flags(const Value& value) {
  if (auto result = valid_line(value); !result) return result;
  if (auto joined_words = join_quoted(items_of(value)); !joined_words) return joined_words.error();
  return check_flags(items_of(value), 0);
}

Result<Done> valid_sumdb(const Value& value) { return check_sumdb(text_of(value)); }

Result<Done> valid_toolchain(const Value& value) { return check_toolchain_setting(text_of(value)); }

Result<Done> valid_vcs(const Value& value) {
  auto rules = parse_vcs(text_of(value));
  if (!rules) return rules.error();
  return Done{};
}

Result<Done> valid_experiments(const Value& value) {
  return check_experiments(joined(items_of(value)));
}

Result<Done> valid_auth(const Value& value) {
  const auto parts = split(text_of(value), ';');
  for (const std::string_view part : parts) {
    const std::string_view method = trimmed(part);
    if (method.empty()) return bad("remove the extra `;`", "GOAUTH has an empty entry");
    if (method == "off" && parts.size() > 1)
      return bad("write `off` alone", "`off` in GOAUTH stands alone");
    if (method == "git" ||
        (method.starts_with("git ") && !trimmed(method.substr(4)).starts_with('/'))) {
      return bad("write `git /absolute/folder`", "`git` in GOAUTH needs an absolute folder");
    }
  }
  return Done{};
}

Result<Done> valid_patterns(const Value& value) {
  if (auto result = valid_line(value); !result) return result;
  for (const std::string& glob : items_of(value)) {
    if (glob.find("://") != std::string::npos) {
      return bad("write the module path's beginning, such as `git.corp.example/*`",
                 "`{}` is a URL; a pattern has no scheme", glob);
    }
    if (glob.find_first_of(", \t\r\n") != std::string::npos) {
      return bad("write one pattern an element",
                 "`{}` holds a blank or comma, which Go would not trim", glob);
    }
    if (glob.starts_with("./") || glob.starts_with('/')) {
      return bad("module paths begin with a host name", "`{}` matches no module path", glob);
    }
  }
  return Done{};
}

Result<Done> valid_gopath(const Value& value) {
  for (const std::string_view entry : split(text_of(value), ':')) {
    if (entry.starts_with('~')) {
      return bad("write `${user.home}` for the home folder",
                 "GOPATH entry cannot start with shell metacharacter '~': \"{}\"", entry);
    }
    if (!entry.empty() && !entry.starts_with('/')) {
      return bad("write an absolute path",
                 "GOPATH entry is relative; must be absolute path: \"{}\"", entry);
    }
  }
  return valid_line(value);
}

Result<Done> valid_compiler(const Value& value) {
  const auto words = split_quoted(text_of(value));
  if (!words) return words.error();
  if (words->empty() && !text_of(value).empty()) return bad("name a program", "only blanks");
  if (words->empty()) return Done{};
  const std::string& program = words->front();
  if (program.find('/') != std::string::npos && program.front() != '/') {
    return bad("write an absolute path, or a bare name that PATH finds",
               "entry is relative; must be absolute path: \"{}\"", program);
  }
  return Done{};
}

// v8.0 to v8.9 or v9.0 to v9.5, then `,lse` and `,crypto` in any order, each once.
Result<Done> valid_arm64(const Value& value) {
  const auto parts = split(text_of(value), ',');
  const std::string_view level = parts.front();
  const bool shape = level.size() == 4 && level[0] == 'v' && level[2] == '.' && level[3] >= '0';
  const bool known =
      shape && ((level[1] == '8' && level[3] <= '9') || (level[1] == '9' && level[3] <= '5'));
  bool options = parts.size() <= 3;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool repeated = i == 2 && parts[1] == parts[2];
    options = options && !repeated && (parts[i] == "lse" || parts[i] == "crypto");
  }
  if (known && options) return Done{};
  return bad("write v8.0 to v8.9 or v9.0 to v9.5, then perhaps `,lse` and `,crypto`",
             "`{}` is no value of GOARM64", text_of(value));
}

Result<Done> valid_fips140(const Value& value) {
  const std::string& text = text_of(value);
  for (const std::string_view known : {"off", "latest", "inprocess", "certified"}) {
    if (text == known) return Done{};
  }
  const bool looks_like_version = text.size() > 1 && text.front() == 'v' &&
                                  text.find_first_not_of("0123456789.", 1) == std::string::npos;
  if (looks_like_version) return Done{};
  return bad("write off, latest, inprocess, certified or vX.Y.Z", "`{}` is no value of GOFIPS140",
             text);
}

Result<Done> valid_os(const Value& value) {
  return known_in_pairs("GOOS", text_of(value),
                        [](std::string_view pair) { return pair.substr(0, pair.find('/')); });
}

Result<Done> valid_arch(const Value& value) {
  return known_in_pairs("GOARCH", text_of(value),
                        [](std::string_view pair) { return pair.substr(pair.find('/') + 1); });
}

Result<Done> valid_workspace(const Value& value) {
  const std::string& text = text_of(value);
  if (text.empty() || text == "off" || text == "auto" || text.starts_with('/'))
    return valid_line(value);
  return bad("write off, auto or an absolute path", "invalid GOWORK: not an absolute path");
}

// 5, 6 or 7, then perhaps `,softfloat` or `,hardfloat`. Source: internal/buildcfg.goarm.
Result<Done> valid_arm(const Value& value) {
  std::string_view text = text_of(value);
  for (const std::string_view end : {",softfloat", ",hardfloat"}) {
    if (text.ends_with(end)) text.remove_suffix(end.size());
  }
  if (text.empty() || text == "5" || text == "6" || text == "7") return Done{};
  return bad("write 5, 6 or 7, then perhaps `,softfloat` or `,hardfloat`",
             "`{}` is no value of GOARM", text_of(value));
}

std::string pair_refusal(std::string_view os, std::string_view arch) {
  const std::string pair = fmt::format("{}/{}", os, arch);
  if (std::find(std::begin(pairs), std::end(pairs), pair) != std::end(pairs)) return {};
  return fmt::format("unsupported GOOS/GOARCH pair {}", pair);
}

std::optional<dsl::Diagnostic> refusal_of(const EnvVariable& variable, const Value& value,
                                          int minor) {
  dsl::AttributeSchema shape;
  shape.type = type_of(variable);
  shape.validate = variable.validate;
  if (auto why = misfit(shape, value)) return why;
  if (minor == 0 || !value.is_known()) return {};
  if (variable.name == "GOFLAGS") {
    if (const auto flags = check_flags(items_of(value), minor); !flags)
      return flags.error().front();
  }
  if (variable.name == "GOEXPERIMENT") {
    const auto set = parse_experiments(joined(items_of(value)), minor, "linux", "amd64");
    if (!set) return set.error().front();
  }
  return {};
}

}  // namespace gopol::providers::go

#include "providers/go/env/flag_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace gopol::providers::go {
namespace flag_names {
namespace {

/// What the value of a flag may be. Only flags of `go build` and `go list` are looked at so
/// closely: a wrong one of another command stops that command alone.
enum class Kind { any, text, boolean, integer, buildvcs, mod, covermode, compiler, mod_file };

struct Flag {
  std::string_view name;
  Kind kind = Kind::any;
  int since = 0;  ///< minor; 0: before 1.19
};

using enum Kind;

/// Every flag that a command of 1.19 to 1.27 has, found by asking each of them.
constexpr Flag flags[] = {{"C", text, 21},
                          {"a", boolean},
                          {"artifacts", any, 26},
                          {"asan", boolean},
                          {"asmflags", text},
                          {"bench"},
                          {"benchmem"},
                          {"benchtime"},
                          {"blockprofile"},
                          {"blockprofilerate"},
                          {"buildmode", text},
                          {"buildvcs", buildvcs},
                          {"c"},
                          {"cache"},
                          {"changed", any, 23},
                          {"compat"},
                          {"compiled", boolean},
                          {"compiler", compiler},
                          {"count"},
                          {"cover", boolean},
                          {"covermode", covermode},
                          {"coverpkg", any},
                          {"coverprofile"},
                          {"cpu"},
                          {"cpuprofile"},
                          {"d"},
                          {"debug-actiongraph", text},
                          {"debug-runtime-trace", text, 21},
                          {"debug-trace", text},
                          {"deps", boolean},
                          {"diff", any, 23},
                          {"dropexclude"},
                          {"dropgodebug", any, 23},
                          {"dropignore", any, 25},
                          {"dropreplace"},
                          {"droprequire"},
                          {"dropretract"},
                          {"droptool", any, 24},
                          {"dropuse"},
                          {"e", boolean},
                          {"exclude"},
                          {"exec"},
                          {"export", boolean},
                          {"f", text},
                          {"failfast"},
                          {"find", boolean},
                          {"fix"},
                          {"fmt"},
                          {"fullpath", any, 21},
                          {"fuzz"},
                          {"fuzzcache"},
                          {"fuzzminimizetime"},
                          {"fuzztime"},
                          {"gccgoflags", text},
                          {"gcflags", text},
                          {"go"},
                          {"godebug", any, 23},
                          {"i"},
                          {"ignore", any, 25},
                          {"insecure"},
                          {"installsuffix", text},
                          {"json"},
                          {"ldflags", text},
                          {"linkshared", boolean},
                          {"list"},
                          {"m", boolean},
                          {"memprofile"},
                          {"memprofilerate"},
                          {"mod", mod},
                          {"modcache"},
                          {"modcacherw", boolean},
                          {"modfile", mod_file},
                          {"module"},
                          {"msan", boolean},
                          {"mutexprofile"},
                          {"mutexprofilefraction"},
                          {"n", boolean},
                          {"o"},
                          {"outputdir"},
                          {"overlay", text},
                          {"p", integer},
                          {"parallel"},
                          {"pgo", text, 21},
                          {"pkgdir", text},
                          {"print"},
                          {"r"},
                          {"race", boolean},
                          {"replace"},
                          {"require"},
                          {"retract"},
                          {"retracted", boolean},
                          {"reuse", text},
                          {"run"},
                          {"short"},
                          {"shuffle"},
                          {"skip", any, 21},
                          {"t"},
                          {"tags", text},
                          {"test", boolean},
                          {"testcache"},
                          {"timeout"},
                          {"tool", any, 24},
                          {"toolchain", any, 21},
                          {"toolexec", text},
                          {"trace"},
                          {"trimpath", boolean},
                          {"u", boolean},
                          {"use"},
                          {"v", boolean},
                          {"vendor"},
                          {"versions", boolean},
                          {"vet"},
                          {"vettool"},
                          {"w"},
                          {"work", boolean},
                          {"x", boolean}};

/// `-test.run` is another name of `-run`.
constexpr std::string_view of_tests[] = {"artifacts",
                                         "bench",
                                         "benchmem",
                                         "benchtime",
                                         "blockprofile",
                                         "blockprofilerate",
                                         "count",
                                         "coverprofile",
                                         "cpu",
                                         "cpuprofile",
                                         "failfast",
                                         "fullpath",
                                         "fuzz",
                                         "fuzzminimizetime",
                                         "fuzztime",
                                         "list",
                                         "memprofile",
                                         "memprofilerate",
                                         "mutexprofile",
                                         "mutexprofilefraction",
                                         "outputdir",
                                         "parallel",
                                         "run",
                                         "short",
                                         "shuffle",
                                         "skip",
                                         "timeout",
                                         "trace",
                                         "v"};

template <class List>
bool is_among(const List& list, std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

bool is_boolean(std::string_view text) {
  constexpr std::string_view words[] = {"1",    "0",    "t",    "f",     "T",     "F",
                                        "true", "TRUE", "True", "false", "FALSE", "False"};
  return is_among(words, text);
}

bool is_positive(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos &&
         text.find_first_not_of('0') != std::string_view::npos;
}

const Flag* find_flag(std::string_view name) {
  constexpr std::string_view prefix = "test.";
  const bool by_test = name.starts_with(prefix);
  if (by_test) name.remove_prefix(prefix.size());
  if (by_test && !is_among(of_tests, name)) return nullptr;
  const auto* at = std::find_if(std::begin(flags), std::end(flags),
                                [&](const Flag& flag) { return flag.name == name; });
  return at == std::end(flags) ? nullptr : at;
}

/// What is wrong with a value, as `must be …`; empty: nothing.
std::string_view misfit_of(Kind kind, const std::optional<std::string_view>& value) {
  constexpr std::string_view mods[] = {"", "mod", "readonly", "vendor"};
  constexpr std::string_view modes[] = {"set", "count", "atomic"};
  if (!value) {
    const bool takes_none = kind == any || kind == boolean || kind == buildvcs || kind == covermode;
    return takes_none ? "" : "needs a value: write it behind `=`";
  }
  switch (kind) {
    case boolean: return is_boolean(*value) ? "" : "takes true or false";
    case buildvcs:
      return value->empty() || *value == "auto" || is_boolean(*value) ? ""
                                                                      : "takes auto, true or false";
    case integer: return is_positive(*value) ? "" : "takes a positive number";
    case mod: return is_among(mods, *value) ? "" : "takes mod, readonly or vendor";
    case covermode: return is_among(modes, *value) ? "" : "takes set, count or atomic";
    case compiler: return *value == "gc" || *value == "gccgo" ? "" : "takes gc or gccgo";
    case mod_file: return value->empty() || value->ends_with(".mod") ? "" : "takes a file `*.mod`";
    case any:
    case text: break;
  }
  return {};
}

}  // namespace
}  // namespace flag_names

std::string flag_refusal(std::string_view word, int minor) {
  using namespace flag_names;
  std::string_view name = word;
  while (name.starts_with('-')) name.remove_prefix(1);
  std::optional<std::string_view> value;
  if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
    value = name.substr(equals + 1);
    name = name.substr(0, equals);
  }
  const Flag* flag = find_flag(name);
  if (flag == nullptr || (minor != 0 && minor < flag->since))
    return fmt::format("unknown flag -{} in GOFLAGS", name);
  const std::string_view why = misfit_of(flag->kind, value);
  return why.empty() ? std::string() : fmt::format("-{} in GOFLAGS {}", name, why);
}

}  // namespace gopol::providers::go

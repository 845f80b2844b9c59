#include "providers/go/env/experiments.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "providers/read/go_text.h"

namespace gopol::providers::go {
namespace {

/// One experiment and its state in each minor from 1.19 to 1.27: - absent, k known, D on by
/// default.
struct Experiment {
  std::string_view name, states;
};

constexpr int first_minor = 19;

/// In the order of the toolchain's own list (internal/goexperiment.Flags).
constexpr Experiment experiments[] = {
    {"fieldtrack", "kkkkkkkkk"},
    {"preemptibleloops", "kkkkkkkkk"},
    {"staticlockranking", "kkkkkkkkk"},
    {"boringcrypto", "kkkkkkkkk"},
    {"unified", "kD-------"},
    {"regabiwrappers", "DDDDDDDDD"},
    {"regabiargs", "DDDDDDDDD"},
    {"heapminimum512kib", "kkkkkkkkk"},
    {"coverageredesign", "-DDDDD---"},
    {"arenas", "-kkkkkkkk"},
    {"pagetrace", "-kkk-----"},
    {"cgocheck2", "--kkkkkkk"},
    {"loopvar", "--kkkkkkk"},
    {"cacheprog", "--kkkkk--"},
    {"allocheaders", "---D-----"},
    {"range", "---k-----"},
    {"rangefunc", "---kkkk--"},
    {"exectracer2", "---D-----"},
    {"newinliner", "---kkkkkk"},
    {"swissmap", "-----DD--"},
    {"spinbitmutex", "-----D---"},
    {"synchashtriemap", "-----DD--"},
    {"aliastypeparams", "----kDD--"},
    {"synctest", "-----kk--"},
    {"dwarf5", "------kkk"},
    {"jsonv2", "------kkD"},
    {"greenteagc", "------kDD"},
    {"randomizedheapbase64", "-------DD"},
    {"runtimefreegc", "-------kk"},
    {"sizespecializedmalloc", "-------kD"},
    {"goroutineleakprofile", "-------k-"},
    {"simd", "-------kk"},
    {"runtimesecret", "-------kk"},
    {"mapsplitgroup", "--------k"},
};

char state_of(const Experiment& experiment, int minor) {
  const int last = static_cast<int>(experiment.states.size()) - 1;
  return experiment.states[static_cast<std::size_t>(std::clamp(minor - first_minor, 0, last))];
}

/// Since which minor a machine passes arguments in registers, and since which that cannot be
/// switched off. Source: internal/buildcfg.ParseGOEXPERIMENT of each.
struct RegisterMachine {
  std::string_view arch;
  int since, always;
};
constexpr RegisterMachine register_machines[] = {
    {"amd64", 0, 0},    {"arm64", 0, 0},     {"ppc64", 0, 0},  {"ppc64le", 0, 0},
    {"riscv64", 0, 21}, {"loong64", 22, 23}, {"s390x", 26, 27}};

const RegisterMachine* register_machine(std::string_view arch, int minor) {
  const auto* at = std::find_if(
      std::begin(register_machines), std::end(register_machines),
      [&](const RegisterMachine& one) { return one.arch == arch && minor >= one.since; });
  return at == std::end(register_machines) ? nullptr : at;
}

/// DWARF 5 is on but where the platform's tools cannot read it; register arguments need a known
/// machine.
bool is_default(const Experiment& experiment, int minor, std::string_view os,
                std::string_view arch) {
  if (experiment.name == "dwarf5") {
    return state_of(experiment, minor) != '-' && os != "darwin" && os != "ios" && os != "aix";
  }
  if (experiment.name.starts_with("regabi")) return register_machine(arch, minor) != nullptr;
  return state_of(experiment, minor) == 'D';
}

dsl::Diagnostic unknown(std::string_view name) {
  return dsl::problem("P2004", fmt::format("unknown GOEXPERIMENT {}", name),
                      "names are lower-case, without blanks, separated by commas");
}

const Experiment* find(std::string_view name) {
  const auto* at =
      std::find_if(std::begin(experiments), std::end(experiments),
                   [&](const Experiment& experiment) { return experiment.name == name; });
  return at == std::end(experiments) ? nullptr : at;
}

/// One item of the list: a name, and whether it switches on.
struct Switch {
  std::string_view name;
  bool on = true;
};

Switch read_switch(std::string_view item) {
  return item.starts_with("no") ? Switch{item.substr(2), false} : Switch{item, true};
}

}  // namespace

ExperimentState experiment_state(std::string_view name, int go_minor) {
  const Experiment* experiment = find(name);
  if (experiment == nullptr) return ExperimentState::absent;
  switch (state_of(*experiment, go_minor)) {
    case 'D': return ExperimentState::default_on;
    case 'k': return ExperimentState::known;
    default: return ExperimentState::absent;
  }
}

dsl::Result<ExperimentSet> parse_experiments(std::string_view value, int go_minor,
                                             std::string_view os, std::string_view arch) {
  constexpr std::size_t count = std::size(experiments);
  bool baseline[count], now[count];
  for (std::size_t i = 0; i < count; ++i)
    now[i] = baseline[i] = is_default(experiments[i], go_minor, os, arch);
  const RegisterMachine* registers = register_machine(arch, go_minor);
  for (const std::string_view item : split(value, ',')) {
    if (item.empty()) continue;
    if (item == "none") {
      std::fill(std::begin(now), std::end(now), false);
      continue;
    }
    const Switch wanted = read_switch(item);
    if (wanted.name == "regabi") {
      for (std::size_t i = 0; i < count; ++i) {
        if (experiments[i].name.starts_with("regabi")) now[i] = wanted.on;
      }
      continue;
    }
    const Experiment* experiment = find(wanted.name);
    if (experiment == nullptr || state_of(*experiment, go_minor) == '-')
      return unknown(wanted.name);
    now[experiment - std::begin(experiments)] = wanted.on;
  }
  ExperimentSet out;
  const bool always = registers != nullptr && go_minor >= registers->always;
  for (std::size_t i = 0; i < count; ++i) {
    if (!experiments[i].name.starts_with("regabi")) continue;
    now[i] = always || (registers != nullptr && now[i]);
  }
  const auto is_on = [&](std::string_view name) {
    return now[find(name) - std::begin(experiments)];
  };
  if (is_on("regabiargs") && !is_on("regabiwrappers"))
    return dsl::problem("P2004", "GOEXPERIMENT regabiargs requires regabiwrappers");
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name(experiments[i].name);
    if (now[i]) out.enabled.push_back(name);
    if (now[i] != baseline[i]) out.changed.push_back(now[i] ? name : "no" + name);
  }
  return out;
}

dsl::Result<dsl::Done> check_experiments(std::string_view value) {
  for (const std::string_view item : split(value, ',')) {
    if (item.empty() || item == "none") continue;
    const Switch wanted = read_switch(item);
    if (wanted.name != "regabi" && find(wanted.name) == nullptr) return unknown(wanted.name);
  }
  return dsl::Done{};
}

}  // namespace gopol::providers::go

#pragma once

#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/plan/provider.h"
#include "engine/real/programs.h"
#include "engine/real/real_disk.h"
#include "engine/real/real_network.h"
#include "engine/recorded/recorded_system.h"
#include "tests/faulty_disk.h"
#include "tests/make.h"
#include "tests/temp_folder.h"

namespace gopol::tests {

/// A machine whose disk is a temporary folder; the user `ann` is who runs the test.
struct Machine {
  TempFolder temp;
  engine::RecordedMachine is = {.platform = "linux",
                                .machine = "x86_64",
                                .host_name = "box",
                                .user_name = ::getuid() == 0 ? "root" : "ann",
                                .user_shell = "/bin/bash",
                                .user = {dsl::Path("/home/ann"), ::getuid(), ::getgid()},
                                .now = {},
                                .environment = {},
                                .sysctls = {}};

  engine::Host host(int fail_at = 0) const {
    auto disk =
        std::make_unique<FaultyDisk>(engine::rooted_disk(temp.path()), fail_at, fail_at > 0);
    return engine::Host(std::move(disk),
                        engine::recorded_programs(temp / "no-tools", temp.path(), {}),
                        engine::recorded_system(is), engine::net_client({}, nullptr));
  }
};

/// The value of one slot.
inline engine::Observation look(const engine::Provider& provider, const engine::Host& host,
                                const std::string& key, const std::string& attribute) {
  const engine::Slot slot{provider.schema().family, key, attribute, ""};
  return provider.observe({.slots = {slot}, .inputs = {}}, host).front();
}

/// A change that moves these attributes of one resource.
inline engine::Change change_of(const engine::Provider& provider, const std::string& key,
                                const std::vector<std::pair<std::string, dsl::Value>>& moves) {
  engine::Change out{provider.schema().family, key, {}, {}};
  for (const auto& [attribute, to] : moves) {
    out.assignments.push_back({{out.family, key, attribute, ""}, {}, to, {}});
  }
  out.wanted = out.assignments;
  return out;
}

/// Why it failed; empty if it did not.
template <class T>
std::string why(const dsl::Result<T>& result) {
  return result ? "" : result.error().front().message.text();
}

inline std::string reason(const dsl::Value& value) {
  const auto* unknown = value.as<dsl::Unknown>();
  return unknown == nullptr ? dsl::to_text(value) : unknown->reason.text();
}

}  // namespace gopol::tests

#include "cli/workspace/machine/mending_policy.h"

#include <fmt/format.h>
#include <unistd.h>

#include <set>

#include "cli/workspace/policy_file.h"
#include "dsl/policy/spell.h"

namespace gopol::cli {
namespace {

std::string indented(std::string_view lines) {
  std::string out = "  ";
  for (const char c : lines) out += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return out;
}

}  // namespace

std::string mending_policy(const providers::Ailments& all) {
  std::string rules;
  std::set<std::string> said;
  for (const providers::Ailment& one : all) {
    if (one.policy.empty() || !said.insert(one.policy).second) continue;
    rules += fmt::format("\nenforce mend_{} {{\n  because {}\n{}\n}}\n", said.size(),
                         dsl::quoted(one.what), indented(one.policy));
  }
  return rules.empty() ? rules : "gopol 1.0\n" + rules;
}

dsl::Result<std::string> write_mending_policy(const providers::Ailments& all,
                                              const std::string& output) {
  const std::string policy = mending_policy(all);
  if (policy.empty()) return std::string();
  const std::string file = output.empty() ? "doctor.policy" : output;
  if (output.empty() && ::access(file.c_str(), F_OK) == 0)
    return dsl::problem("P0001", fmt::format("`{}` is there already", file),
                        "name another file with `-o`");
  if (auto written = write_policy(file, policy); !written) return written.error();
  return file;
}

}  // namespace gopol::cli

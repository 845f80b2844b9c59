#include "providers/tcc/designated.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "providers/tcc/client_program.h"
#include "providers/tcc/requirement_blob.h"
#include "providers/tcc/requirement_text.h"

namespace gopol::providers::tcc {
namespace {

using engine::Host;

std::optional<std::string> embedded(const Candidate& one) {
  const auto& first = one.program.slices.front().signature;
  if (!first || first->designated.empty()) return {};
  for (const Slice& slice : one.program.slices) {
    if (!slice.signature || slice.signature->designated != first->designated) return {};
  }
  const auto requirement = decode_requirement(first->designated);
  if (!requirement) return {};
  return to_text(*requirement);
}

/// Of code that nobody signed: one hash for each architecture.
std::optional<Designated> by_hashes(const Candidate& one) {
  std::string out;
  for (const Slice& slice : one.program.slices) {
    if (!slice.signature || slice.signature->has_certificate || slice.signature->cdhash.empty())
      return {};
    if (!out.empty()) out += " or ";
    out += fmt::format("cdhash H\"{}\"", slice.signature->cdhash);
  }
  return Designated{out, true};
}

/// Its answer is `designated => TEXT`, after `# ` if the signature does not hold it.
std::optional<std::string> asked_of_codesign(const Candidate& one, const Host& host) {
  engine::Command command;
  command.argv = {"/usr/bin/codesign", "-d", "-r-", one.whole.text};
  command.deadline = std::chrono::seconds(30);
  const auto output = host.programs().query(command);
  if (!output || output->status != 0) return {};
  constexpr std::string_view mark = "designated => ";
  const std::size_t at = output->out.find(mark);
  if (at == std::string::npos) return {};
  const std::string_view rest = std::string_view(output->out).substr(at + mark.size());
  const auto requirement = parse_requirement(rest.substr(0, rest.find('\n')));
  if (!requirement) return {};
  return to_text(*requirement);
}

dsl::Result<Designated> designated_of(const Candidate& one, const Host& host) {
  if (!one.program.slices.empty()) {
    if (auto text = embedded(one)) return Designated{std::move(*text), false};
    const auto& signature = one.program.slices.front().signature;
    if (one.program.from_apple && signature)
      return Designated{fmt::format("identifier \"{}\" and anchor apple", signature->identifier),
                        false};
    if (auto hashes = by_hashes(one)) return *hashes;
  }
  if (auto text = asked_of_codesign(one, host)) return Designated{std::move(*text), false};
  return dsl::problem(
      "R4002",
      fmt::format("nothing says how `{}` shall be known: it is not signed", one.whole.text),
      fmt::format("look at `codesign -d -r- \"{}\"`", one.whole.text));
}

}  // namespace

dsl::Result<Designated> designated_requirement(const std::string& client, const Host& host) {
  const auto programs = programs_of(client, host);
  if (programs.empty())
    return dsl::problem("R4002", fmt::format("`{}` is not installed here", client),
                        "make the profile on a Mac that has it: its signature goes into it");
  std::optional<Designated> out;
  for (const Candidate& one : programs) {
    auto found = designated_of(one, host);
    if (!found) return found.error();
    if (out && out->requirement != found->requirement)
      return dsl::problem(
          "R4002",
          fmt::format("`{}` is installed twice, and the two are not the same: {} and "
                      "{}",
                      client, programs.front().whole.text, one.whole.text),
          "take the one away that is not meant");
    if (!out) out = std::move(*found);
  }
  return *out;
}

}  // namespace gopol::providers::tcc

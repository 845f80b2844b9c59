#include "providers/tcc/overrides.h"

#include <fmt/format.h>

#include <utility>

#include "providers/read/plist_tree.h"
#include "providers/tcc/requirement_text.h"

namespace gopol::providers::tcc {
namespace {

using Says = Override::Says;

constexpr std::string_view apple_events = "kTCCServiceAppleEvents";

/// `Authorization` since macOS 11, `Allowed` before.
Says says(const PlistNode& entry) {
  if (const PlistNode* authorization = entry.find("Authorization")) {
    if (authorization->kind != PlistNode::Kind::text) return Says::unclear;
    if (authorization->text == "Allow") return Says::allow;
    if (authorization->text == "Deny") return Says::deny;
    const bool handed = authorization->text == "AllowStandardUserToSetSystemService";
    return handed ? Says::user_decides : Says::unclear;
  }
  const PlistNode* allowed = entry.find("Allowed");
  if (allowed == nullptr || allowed->kind != PlistNode::Kind::truth) return Says::unclear;
  return allowed->truth ? Says::allow : Says::deny;
}

Override override_of(const std::string& service, std::string receiver, const PlistNode& entry) {
  return {service, std::move(receiver), says(entry),
          parse_requirement(entry.text_of("CodeRequirement"))};
}

}  // namespace

dsl::Result<std::vector<Override>> read_overrides(std::string_view plist, const Client& client) {
  const auto top = parse_plist(plist);
  if (!top || top->kind != PlistNode::Kind::dictionary)
    return dsl::problem("R4002", "it is no property list that gopol can read");
  std::vector<Override> out;
  const PlistNode* mine = top->find(client.name);
  if (mine == nullptr) return out;
  if (mine->kind != PlistNode::Kind::dictionary)
    return dsl::problem("R4002",
                        fmt::format("what it says of `{}` is not understood", client.name));
  for (const auto& [service, entry] : mine->entries) {
    if (service != apple_events || entry.kind != PlistNode::Kind::dictionary) {
      out.push_back(override_of(service, "", entry));
      continue;
    }
    for (const auto& [receiver, inner] : entry.entries)
      out.push_back(override_of(service, receiver, inner));
  }
  return out;
}

}  // namespace gopol::providers::tcc

#include "providers/tcc/overrides.h"

#include <utility>

#include "providers/read/plist_tree.h"
#include "providers/tcc/requirement_text.h"

namespace gopol::providers::tcc {
namespace {

using Says = Override::Says;

constexpr std::string_view apple_events = "kTCCServiceAppleEvents";

/// `Authorization` since macOS 11, `Allowed` before. What is neither decides nothing.
Says says(const PlistNode& entry) {
  const std::string authorization = entry.text_of("Authorization");
  if (authorization == "Allow") return Says::allow;
  if (authorization == "Deny") return Says::deny;
  const PlistNode* allowed = entry.find("Allowed");
  if (!authorization.empty() || allowed == nullptr || allowed->kind != PlistNode::Kind::truth)
    return Says::user_decides;
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
  for (const auto& [service, entry] : mine->entries) {
    if (service != apple_events) {
      out.push_back(override_of(service, "", entry));
      continue;
    }
    for (const auto& [receiver, inner] : entry.entries)
      out.push_back(override_of(service, receiver, inner));
  }
  return out;
}

}  // namespace gopol::providers::tcc

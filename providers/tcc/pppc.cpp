#include "providers/tcc/pppc.h"

#include <fmt/format.h>

#include "providers/machine/os.h"
#include "providers/tcc/designated.h"
#include "providers/tcc/responsible.h"
#include "providers/tcc/services.h"

namespace gopol::providers::tcc {
namespace {

using dsl::Result;
using Profile = Service::Profile;

dsl::Diagnostic refused(const Wish& wish, const std::string& why, const std::string& help) {
  return dsl::problem("R4002",
                      fmt::format("no profile can say that {} of `{}` is {}: {}", wish.service,
                                  wish.client, wish.decision, why),
                      help);
}

std::string only_a_person(const Wish& wish) {
  return fmt::format("only a person can decide it: `gopol guide {}` shows where",
                     slot_text(wish.client, wish.service));
}

Result<std::string> authorization(const Service& service, const Wish& wish, int macos) {
  if (service.profile == Profile::nothing)
    return refused(wish, "Apple's payload has no key for it", only_a_person(wish));
  if (macos != 0 && macos < service.profile_since)
    return refused(wish, fmt::format("macOS reads the key since {}", service.profile_since),
                   only_a_person(wish));
  if (wish.decision == "denied") return std::string("Deny");
  if (wish.decision != "allowed")
    return refused(wish, "a profile allows or denies", "leave it out of the policy's rule");
  if (grantable_by_profile(service, macos)) return std::string("Allow");
  if (service.profile == Profile::hand_over)
    return std::string("AllowStandardUserToSetSystemService");
  if (service.profile == Profile::deny)
    return refused(wish, "an MDM can only deny it", only_a_person(wish));
  return refused(wish, fmt::format("macOS {} has taken that from profiles", macos),
                 only_a_person(wish));
}

std::string note_of(const Wish& wish, const std::string& authorization, const Designated& known,
                    int macos) {
  constexpr int deprecated_since = 26;
  if (authorization == "AllowStandardUserToSetSystemService")
    return fmt::format("{} of {}: the user still has to turn the switch", wish.service,
                       wish.client);
  if (known.dies_on_change)
    return fmt::format(
        "{} of {}: nobody signed it, so the profile names its hash, which every upgrade changes",
        wish.service, wish.client);
  if (wish.service == "Accessibility" && authorization == "Allow" && macos >= deprecated_since)
    return fmt::format("{} of {}: macOS 27 takes it no more", wish.service, wish.client);
  return {};
}

}  // namespace

Result<PppcEntry> pppc_entry(const Wish& wish, const engine::Host& host) {
  const int macos = macos_number(host);
  const Service* service = find_service(wish.service);
  if (service == nullptr)
    return refused(wish, "TCC has no such service", "see `gopol explain tcc.grant`");
  auto says = authorization(*service, wish, macos);
  if (!says) return says.error();
  const auto known = designated_requirement(wish.client, host);
  if (!known) return known.error();
  PppcEntry out{wish.service,
                wish.client,
                known->requirement,
                *says,
                wish.comment,
                wish.receiver,
                "",
                note_of(wish, *says, *known, macos)};
  if (!service->has_receivers) return out;
  if (wish.receiver.empty())
    return refused(wish, "it names no program to automate", "name the receivers in the policy");
  const auto receiver = designated_requirement(wish.receiver, host);
  if (!receiver) return receiver.error();
  out.receiver_requirement = receiver->requirement;
  return out;
}

}  // namespace gopol::providers::tcc

#include "providers/tcc/weigh.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "providers/tcc/requirement_blob.h"
#include "providers/tcc/requirement_text.h"
#include "providers/tcc/row_state.h"

namespace gopol::providers::tcc {
namespace {

using dsl::Unknown;
using dsl::Value;
using engine::Host;

class Weighing {
 public:
  Weighing(const Service& service, const Evidence& evidence, const Host& host)
      : service_(service),
        name_(fmt::format("{}{}", service_prefix, service.name)),
        evidence_(evidence),
        host_(host) {}

  Conclusion conclude() {
    if (service_.has_receivers) return receivers();
    if (auto decided = by_profile("")) return *decided;
    return by_stores("");
  }

 private:
  /// Who may be reached: one decision for each receiver that any file names.
  Conclusion receivers() {
    Conclusion out{.value = {}, .origin = evidence_.user.path.text, .findings = {}};
    if (auto said = by_profile(""); said && said->value.is_unknown()) return *said;
    dsl::List allowed;
    for (const std::string& receiver : named_receivers()) {
      const auto profile = by_profile(receiver);
      Conclusion one = profile ? *profile : by_stores(receiver);
      if (const auto* why = one.value.as<Unknown>())
        return {Unknown{fmt::format("{}: {}", receiver, why->reason), why->remedy}, one.origin, {}};
      if (one.value == Value("allowed")) allowed.items.push_back(receiver);
      std::move(one.findings.begin(), one.findings.end(), std::back_inserter(out.findings));
    }
    const Value trouble = trouble_of(evidence_.user);
    out.value = trouble.is_unknown() ? trouble : Value(allowed);
    return out;
  }

  std::vector<std::string> named_receivers() const {
    std::vector<std::string> out;
    for (const Row& row : evidence_.user.content.rows) {
      if (row.service == name_ && !row.receiver.empty()) out.push_back(row.receiver);
    }
    for (const Override& one : evidence_.overrides.content) {
      if (one.service == name_ && !one.receiver.empty()) out.push_back(one.receiver);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  /// A profile outranks the user's decision, in both directions; nothing if it leaves that alone.
  std::optional<Conclusion> by_profile(const std::string& receiver) {
    Conclusion out =
        profile_decision(service_, receiver, evidence_.overrides, evidence_.macos,
                         [this](const Requirement& asked) { return is_client(asked); });
    if (out.value.is_absent() || out.value == Value("handed_over")) return {};
    return out;
  }

  Conclusion by_stores(const std::string& receiver) {
    constexpr int settled = 15;
    const bool is_unsettled =
        service_.store == Service::Store::system_since_15 && evidence_.macos < settled;
    if (service_.store == Service::Store::user) return by_store(evidence_.user, receiver);
    if (service_.store != Service::Store::either && !is_unsettled)
      return by_store(evidence_.system, receiver);
    Conclusion system = by_store(evidence_.system, receiver);
    const Conclusion user = by_store(evidence_.user, receiver);
    if (system.value.is_unknown()) return system;
    if (user.value.is_unknown() || user.value == system.value) return user;
    system.value = Unknown{
        fmt::format("the system's TCC.db says {}, the user's {}, and which of them macOS {} asks "
                    "is not known",
                    dsl::to_text(system.value), dsl::to_text(user.value), evidence_.macos),
        "look in System Settings, Privacy & Security"};
    return system;
  }

  /// Why a store cannot decide: it, or what would outrank it, cannot be read.
  Value trouble_of(const Source<Record>& store) const {
    if (!store.is_readable()) return store.trouble;
    if (!evidence_.overrides.is_readable()) return evidence_.overrides.trouble;
    const auto& managed = store.content.managed;
    if (std::find(managed.begin(), managed.end(), name_) == managed.end()) return {};
    return Unknown{
        "macOS 27 keeps a decision of an MDM in `managed_overrides`, whose meaning is "
        "not known",
        "ask whoever manages this Mac"};
  }

  Conclusion by_store(const Source<Record>& store, const std::string& receiver) {
    Conclusion out{.value = trouble_of(store), .origin = store.path.text, .findings = {}};
    if (out.value.is_unknown()) return out;
    const auto& off = store.content.switched_off;
    if (std::find(off.begin(), off.end(), name_) != off.end())
      return {"denied", store.path.text, {"the service is switched off for everybody"}};
    out.value = "undetermined";
    bool first = true;
    for (const Row& row : store.content.rows) {
      if (row.service != name_ || row.receiver != receiver) continue;
      Conclusion one = by_row(row, store.content);
      if (!first && !(one.value == out.value)) {
        out.value = Unknown{"two rows of TCC.db contradict each other", ""};
        return out;
      }
      first = false;
      out.value = std::move(one.value);
      out.findings = std::move(one.findings);
      out.is_stale = one.is_stale;
    }
    return out;
  }

  Conclusion by_row(const Row& row, const Record& record) {
    RowState state = state_of(row, record, evidence_.boot);
    Conclusion out{std::move(state.value), "", {}};
    if (!state.finding.empty()) out.findings.push_back(std::move(state.finding));
    if (!row.requirement || out.value == Value("undetermined") || out.value.is_unknown())
      return checked_receiver(row, std::move(out));
    const auto asked = decode_requirement(*row.requirement);
    const Verdict meant = asked ? is_client(*asked) : Verdict::undecided;
    if (meant == Verdict::yes) return checked_receiver(row, std::move(out));
    if (meant == Verdict::no) return {"undetermined", "", {dead(row, to_text(*asked))}, true};
    if (asked && out.value == Value("denied")) return out;  // it grants nothing in either case
    out.value = not_checkable(row, asked);
    return out;
  }

  /// The receiver of events has an identity too.
  Conclusion checked_receiver(const Row& row, Conclusion out) {
    if (!row.receiver_requirement || !(out.value == Value("allowed"))) return out;
    const auto asked = decode_requirement(*row.receiver_requirement);
    const Verdict meant =
        asked ? judge(*asked, programs_of(row.receiver, host_), host_) : Verdict::undecided;
    if (meant == Verdict::no) return {"undetermined", "", {dead(row, to_text(*asked))}};
    if (meant == Verdict::undecided)
      out.value = Unknown{"whether the receiver is the program that was meant cannot be told", ""};
    return out;
  }

  static std::string dead(const Row& row, const std::string& asked) {
    return fmt::format(
        "TCC.db says {}, but of another program: {}; System Settings may still show "
        "it as on",
        word_of(row), asked);
  }

  Value not_checkable(const Row& row, const std::optional<Requirement>& asked) {
    const std::string says = fmt::format("TCC.db says {} of a program", word_of(row));
    if (!asked) return Unknown{says + " by a requirement that gopol cannot read", ""};
    if (programs().empty())
      return Unknown{
          fmt::format("{}, and {} was not found in {}", says, evidence_.client.name,
                      searched_places),
          "install it there, or take the row away in System Settings, Privacy & Security"};
    return Unknown{fmt::format("{} that is `{}`; whether the one on disk is cannot be told", says,
                               to_text(*asked)),
                   fmt::format("run `codesign --verify -R='{}' \"{}\"`", to_text(*asked),
                               programs().front().whole.text)};
  }

  const std::vector<Candidate>& programs() {
    if (!programs_) programs_ = programs_of(evidence_.client.name, host_);
    return *programs_;
  }
  Verdict is_client(const Requirement& asked) { return judge(asked, programs(), host_); }

  const Service& service_;
  std::string name_;
  const Evidence& evidence_;
  const Host& host_;
  std::optional<std::vector<Candidate>> programs_;
};

/// Nothing: this override leaves the decision to others.
std::optional<Conclusion> decided_by(const Override& one, const Service& service, int macos,
                                     Verdict meant, Conclusion& out) {
  const auto unknown = [&](const std::string& why, const std::string& remedy) {
    return Conclusion{Unknown{why, remedy}, out.origin, {}};
  };
  const bool is_odd =
      one.says == Override::Says::user_decides && service.profile != Service::Profile::hand_over;
  if (one.says == Override::Says::unclear || is_odd)
    return unknown("a profile decides it in a form that gopol does not understand",
                   "ask whoever manages this Mac");
  if (one.says == Override::Says::allow && !grantable_by_profile(service, macos)) {
    out.findings.push_back(fmt::format("a profile allows it, which macOS {} does not take", macos));
    return {};
  }
  if (meant == Verdict::no) {
    out.findings.push_back("a profile decides it of another program of this name: " +
                           (one.requirement ? to_text(*one.requirement) : std::string()));
    return {};
  }
  if (one.says == Override::Says::allow && meant == Verdict::undecided)
    return unknown(
        "a profile allows it, but whether the program on disk is the one that it means "
        "cannot be told",
        "look at `codesign -d -r- PATH` of the program");
  const char* word = one.says == Override::Says::allow  ? "allowed"
                     : one.says == Override::Says::deny ? "denied"
                                                        : "handed_over";
  return Conclusion{word, out.origin, {}};
}

}  // namespace

Conclusion profile_decision(const Service& service, const std::string& receiver,
                            const Source<std::vector<Override>>& overrides, int macos,
                            const std::function<Verdict(const Requirement&)>& is_client) {
  const std::string name = fmt::format("{}{}", service_prefix, service.name);
  Conclusion out{dsl::Absent{}, overrides.path.text, {}};
  for (const Override& one : overrides.content) {
    if (one.service != name || one.receiver != receiver) continue;
    const Verdict meant = one.requirement ? is_client(*one.requirement) : Verdict::undecided;
    if (auto decided = decided_by(one, service, macos, meant, out)) return *decided;
  }
  return out;
}

Conclusion weigh(const Service& service, const Evidence& evidence, const Host& host) {
  return Weighing(service, evidence, host).conclude();
}

}  // namespace gopol::providers::tcc

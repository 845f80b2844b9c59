#include "cli/print/plan/json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "cli/workspace/plan/written_by.h"
#include "engine/encoding/json.h"
#include "engine/plan/disclosure.h"
#include "engine/plan/plan_report.h"

namespace gopol::cli {
namespace {

using engine::Cause;
using engine::Item;
using engine::ItemState;
using Json = nlohmann::ordered_json;

std::string_view word(Cause cause) {
  switch (cause) {
    case Cause::fresh: return "new";
    case Cause::policy: return "policy";
    case Cause::drift: return "drift";
    case Cause::given_back: return "gives back";
  }
  return "new";
}

Json place_json(const dsl::Label& label, const PlanView& view) {
  return {{"file", view.sources.name(label.span.source)},
          {"line", view.sources.locate(label.span.source, label.span.begin).line},
          {"text", label.text}};
}

/// What keeps an item from being written, with all places that have part in it.
Json problems_json(const Item& item, const PlanView& view) {
  Json out = Json::array();
  for (const dsl::Diagnostic& why : item.why) {
    Json one = {{"code", why.code}, {"message", why.message}, {"places", Json::array()}};
    if (!why.help.empty()) one["help"] = why.help;
    if (why.primary) one["places"].push_back(place_json(*why.primary, view));
    for (const dsl::Label& label : why.related) one["places"].push_back(place_json(label, view));
    out.push_back(std::move(one));
  }
  return out;
}

Json summary_json(const engine::PlanReport& report) {
  return {{"ok", report.ok},
          {"change", report.change},
          {"by_hand", report.by_hand},
          {"warning", report.warning},
          {"waived", report.waived},
          {"unknown", report.unknown},
          {"conflict", report.conflict},
          {"failed", report.failed},
          {"blocked", report.blocked},
          {"kept", report.kept},
          {"held", report.held},
          {"defeated", report.defeated},
          {"in_force_unknown", report.untold}};
}

/// Where a value that is written has no effect, or may have none.
Json elsewhere_json(const Item& item) {
  Json out = Json::array();
  for (const auto* all : {&item.out_of_force.defeated, &item.out_of_force.untold}) {
    for (const engine::Elsewhere& one : *all) {
      Json place = {{"in", one.where.text()}};
      if (!one.origin.empty()) place["by"] = one.origin.text();
      place["value"] = engine::detail::json_of(engine::shown(item.slot, one.value));
      out.push_back(std::move(place));
    }
  }
  return out;
}

Json item_json(const Item& item, const PlanView& view) {
  Json out = {{"state", engine::word(item.state)},
              {"slot", dsl::to_text(item.slot)},
              {"current", engine::detail::json_of(engine::shown_current(item))}};
  if (!item.origin.empty()) out["origin"] = item.origin;
  out["wanted"] = dsl::to_text(engine::shown_wanted(item));
  if (item.state == ItemState::change) {
    out["target"] = engine::detail::json_of(engine::shown_target(item));
    out["cause"] = word(item.cause);
    if (item.held_at != 0) out["held_at"] = item.held_at;
    out["needs_root"] = item.demands.needs_root;
    out["irreversible"] = item.demands.irreversible;
    if (item.demands.needs_person) out["needs_person"] = true;
    if (!item.note.empty()) out["note"] = item.note;
  }
  if (item.state == ItemState::unknown) {
    out["reason"] = item.reason;
    if (!item.remedy.empty()) out["remedy"] = item.remedy;
  }
  if (item.state == ItemState::blocked || item.state == ItemState::kept)
    out["reason"] = item.reason;
  if (item.state == ItemState::held) out["held_at"] = item.held_at;
  if (const Json elsewhere = elsewhere_json(item); !elsewhere.empty()) {
    out["in_force"] = item.out_of_force.defeated.empty() ? "unknown" : "no";
    out["not_in_force"] = elsewhere;
  }
  if (!item.why.empty()) out["problems"] = problems_json(item, view);
  if (item.waiver != nullptr) {
    out["waiver"] = {{"until", dsl::to_text(dsl::Value(item.waiver->until))},
                     {"because", item.waiver->because},
                     {"owner", item.waiver->owner}};
  }
  if (!item.findings.empty()) out["findings"] = item.findings;
  out["rule"] = engine::rule_name(item, view.policy);
  if (item.rule == engine::no_rule) return out;
  const auto& rule = view.policy.rules[item.rule];
  const auto at = view.sources.locate(item.place.source, item.place.begin);
  out["because"] = rule.because;
  out["file"] = view.sources.name(item.place.source);
  out["line"] = at.line;
  const auto* commit = view.written ? view.written(item.place) : nullptr;
  if (commit != nullptr) out["written"] = authorship_json(*commit);
  const auto tickets = tickets_of(rule.because, commit);
  if (!tickets.empty()) out["tickets"] = tickets;
  return out;
}

std::string_view word(dsl::Claim::Kind kind) {
  switch (kind) {
    case dsl::Claim::Kind::assertion: return "assert";
    case dsl::Claim::Kind::assumption: return "assume";
    case dsl::Claim::Kind::cover: return "cover";
  }
  return "assert";
}

std::string_view word(engine::ClaimState state) {
  switch (state) {
    case engine::ClaimState::holds: return "holds";
    case engine::ClaimState::refuted: return "refuted";
    case engine::ClaimState::unknown: return "unknown";
    case engine::ClaimState::elsewhere: return "elsewhere";
  }
  return "holds";
}

Json claims_json(const PlanView& view) {
  Json out = Json::array();
  for (std::size_t i = 0; i < view.plan.claims.size(); ++i) {
    const dsl::Claim& claim = view.policy.claims[i];
    out.push_back({{"claim", word(claim.kind)},
                   {"name", claim.name},
                   {"text", view.sources.text(claim.span)},
                   {"state", word(view.plan.claims[i].state)},
                   {"message", claim.message},
                   {"file", view.sources.name(claim.span.source)},
                   {"line", view.sources.locate(claim.span.source, claim.span.begin).line}});
  }
  return out;
}

Json afterwards_json(const Consequences& all) {
  Json out = Json::array();
  for (const Consequence& one : all) {
    Json json = {{"kind", to_text(one.kind)},
                 {"about", to_text(one.about)},
                 {"subject", one.subject},
                 {"then", one.then}};
    if (!one.now.empty()) json["now"] = one.now;
    out.push_back(std::move(json));
  }
  return out;
}

}  // namespace

std::string plan_json(const PlanView& view) {
  Json out = {{"schema", 1}};
  out["policy"] = {
      {"name", view.origin.name}, {"commit", view.origin.commit}, {"trust", view.origin.trust}};
  if (!view.origin.age.empty()) out["policy"]["age"] = view.origin.age;
  out["items"] = Json::array();
  for (const Item& item : view.plan.items) out["items"].push_back(item_json(item, view));
  if (!view.plan.claims.empty()) out["claims"] = claims_json(view);
  if (view.afterwards != nullptr && !view.afterwards->empty())
    out["afterwards"] = afterwards_json(*view.afterwards);
  out["summary"] = summary_json(engine::report_of(view.plan));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gopol::cli

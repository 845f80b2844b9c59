#include "providers/tcc/requirement_match.h"

#include <algorithm>

#include "providers/tcc/requirement_text.h"

namespace gopol::providers::tcc {
namespace {

using Op = Requirement::Op;

Verdict verdict(bool holds) { return holds ? Verdict::yes : Verdict::no; }

Verdict opposite(Verdict of) { return of == Verdict::undecided ? of : verdict(of == Verdict::no); }

/// What asks for a certificate: code that has none cannot have it.
Verdict certified(const CodeIdentity& code) {
  return code.has_certificate ? Verdict::undecided : Verdict::no;
}

/// A valid signature has the team of its leaf certificate, so another team is decisive.
Verdict match_field(const Requirement& asked, const CodeIdentity& code) {
  const bool team = asked.op == Op::field && asked.slot == Requirement::leaf &&
                    asked.name == "subject.OU" && asked.match == Requirement::Match::equal;
  if (team && !code.team.empty() && code.team != asked.data) return Verdict::no;
  return asked.match == Requirement::Match::absent ? Verdict::undecided : certified(code);
}

Verdict match_code(const Requirement& asked, const CodeIdentity& code, bool from_apple) {
  const auto part = [&](std::size_t i) { return match_code(asked.parts[i], code, from_apple); };
  switch (asked.op) {
    case Op::never: return Verdict::no;
    case Op::always: return Verdict::yes;
    case Op::identifier: return verdict(code.identifier == asked.name);
    case Op::cdhash:
      return code.cdhash.empty() ? Verdict::undecided : verdict(code.cdhash == hex(asked.data));
    case Op::apple_anchor:
    case Op::generic_anchor: return from_apple ? Verdict::yes : certified(code);
    case Op::named_anchor:
    case Op::certificate_hash:
    case Op::trusted:
    case Op::all_trusted: return certified(code);
    case Op::field:
    case Op::extension:
    case Op::policy:
    case Op::timestamp: return match_field(asked, code);
    case Op::both: return std::min(part(0), part(1));
    case Op::either: return std::max(part(0), part(1));
    case Op::negated: return opposite(part(0));
    case Op::info:
    case Op::entitlement:
    case Op::named_code:
    case Op::platform:
    case Op::notarized:
    case Op::legacy: return Verdict::undecided;
  }
  return Verdict::undecided;
}

}  // namespace

Verdict match(const Requirement& requirement, const Program& program) {
  Verdict least = Verdict::yes, most = Verdict::no;
  for (const Slice& slice : program.slices) {
    // tccd keeps detached signatures of its own for code without one.
    const Verdict one = slice.signature
                            ? match_code(requirement, *slice.signature, program.from_apple)
                            : Verdict::undecided;
    least = std::min(least, one);
    most = std::max(most, one);
  }
  return !program.slices.empty() && least == most ? least : Verdict::undecided;
}

}  // namespace gopol::providers::tcc

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gopol::providers::tcc {

/// What a code requirement asks of a program: a tree, as Security framework compiles it. Two
/// requirements that mean the same may nest differently. Source: libsecurity_codesigning,
/// requirement.h.
struct Requirement {
  enum class Op {
    never,
    always,
    identifier,        ///< `name`
    apple_anchor,      ///< signed by Apple itself
    generic_anchor,    ///< by Apple or somebody whom Apple certifies
    named_anchor,      ///< `name`
    certificate_hash,  ///< `slot`, `data` raw
    cdhash,            ///< `data` raw
    info,              ///< `name`: a key of Info.plist
    entitlement,       ///< `name`
    field,             ///< `slot`, `name`: subject.OU
    extension,         ///< `slot`, `name`: a dotted OID
    policy,            ///< the same, a policy of the certificate
    timestamp,         ///< the same, a date
    trusted,           ///< `slot`
    all_trusted,
    named_code,  ///< `name`
    platform,    ///< `slot` is the number
    notarized,
    legacy,
    both,    ///< two parts
    either,  ///< two parts
    negated  ///< one part
  };
  enum class Match {
    exists,
    equal,
    contains,
    begins,
    ends,
    less,
    greater,
    at_most,
    at_least,
    absent
  };
  static constexpr std::int32_t leaf = 0, root = -1;  ///< slots of a chain of certificates

  Op op = Op::never;
  std::int32_t slot = 0;
  std::string name, data;
  Match match = Match::exists;  ///< of info, entitlement, field, extension, policy; against `data`
  std::vector<Requirement> parts;

  bool operator==(const Requirement&) const = default;
};

/// More levels than any signer writes; a damaged requirement has more.
inline constexpr int deepest_requirement = 64;

}  // namespace gopol::providers::tcc

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsl/check/scope.h"
#include "dsl/value/dense_index.h"

namespace gopol::dsl::checking {

/// The names of rules and profiles, each given once. An override has the name of what it replaces,
/// so one name may stand for several rules.
class Names {
 public:
  explicit Names(Context& context) : context_(context) {}

  /// False, and P2009 with both places, if the name is taken.
  bool add(Name name, SourceSpan span);
  void add_rule(Name name, std::uint32_t rule);

  /// Room for so many, so that none is moved.
  void reserve(std::size_t count) {
    entries_.reserve(count);
    index_.reserve(count);
  }

  /// The rules that `written` means inside of `profile`: its own, else the whole name. None is
  /// P2009 with the nearest name.
  SharedList<std::uint32_t> rules(const QName& written, const std::string& profile);

 private:
  void report_unknown(const QName& written, const std::string& profile);

  struct Entry {
    Name name;
    SourceSpan place;
    std::optional<std::uint32_t> rule;  ///< none: a profile, a claim or a test
    SharedList<std::uint32_t> overrides;
  };
  const Entry* find(Name name) const;

  Context& context_;
  std::vector<Entry> entries_;  ///< in the order of the texts
  DenseIndex index_;
  std::size_t unknown_ = 0;
};

}  // namespace gopol::dsl::checking

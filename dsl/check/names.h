#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "dsl/check/scope.h"

namespace gopol::dsl::checking {

/// The names of rules and profiles, each given once. An override has the name of what it replaces,
/// so one name may stand for several rules.
class Names {
 public:
  explicit Names(Context& context) : context_(context) {}

  /// False, and P2009 with both places, if the name is taken.
  bool add(const std::string& name, SourceSpan span);
  void add_rule(const std::string& name, std::uint32_t rule) {
    entries_[name].rules.push_back(rule);
  }

  /// The rules that `written` means inside of `profile`: its own, else the whole name. None is
  /// P2009 with the nearest name, and nullptr.
  const std::vector<std::uint32_t>* rules(const QName& written, const std::string& profile);

 private:
  void report_unknown(const QName& written, const std::string& profile);

  struct Entry {
    SourceSpan place;
    std::vector<std::uint32_t> rules;  ///< none: a profile, a claim or a test
  };

  Context& context_;
  std::unordered_map<std::string, Entry> entries_;
  std::size_t unknown_ = 0;
};

}  // namespace gopol::dsl::checking

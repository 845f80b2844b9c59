#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dsl/check/names.h"
#include "dsl/check/rule.h"
#include "dsl/syntax/module.h"

namespace gopol::dsl::checking {

/// An item that waits until all rules are known: `override`, `waive`, `assert`, `cover`, `assume`.
struct Statement {
  View item;
  Frame frame;
};

/// One text with the names it declares.
struct ModuleNames {
  const Module* module = nullptr;
  Scope scope;
  std::unordered_map<std::string_view, Profile> profiles;
};

/// Adds `let`s to a scope, checked against the types they declare. Reports P2009.
void read_lets(View::Range<View> items, Scope& scope, Context& context);

/// Turns profiles into rules: parameters bound, `extends` followed through the texts, conditions
/// conjoined.
class Profiles {
 public:
  Profiles(std::deque<ModuleNames>& modules, Names& names, Context& context)
      : modules_(modules), names_(names), context_(context) {}

  /// Makes the rules of an acting profile, those it inherits first.
  void activate(Profile profile, std::size_t module);

  /// The same for one whose parameters all have values of their own; others are left out.
  void rehearse(Profile profile, std::size_t module);

  /// P2011, as warnings: parameters that nothing has read, now that everything was read.
  void report_unused() const;

  std::vector<Waiting> waiting;
  std::vector<Statement> statements;

 private:
  struct Found {
    Profile profile;
    std::size_t module = 0;
    explicit operator bool() const { return static_cast<bool>(profile); }
  };

  void expand(Profile profile, std::size_t module, Scope& scope, Frame frame);
  void extend(Extension extension, std::size_t module, const Scope& scope, const Frame& frame);
  Found find(const QName& name, std::size_t module);
  void bind(Extension extension, Profile profile, const Scope& from, Scope& scope);
  void bind_preset(Param param, SourceSpan call, Scope& scope);
  void report_unknown_argument(Argument argument, Profile profile);
  void report_unused(const Scope& scope, Profile profile) const;
  Guard share(Guard guard);

  std::deque<ModuleNames>& modules_;
  Names& names_;
  Context& context_;
  std::deque<Scope> scopes_;  ///< of expanded profiles; statements read them later
  std::vector<std::pair<const Scope*, Profile>> expanded_;
  std::vector<SourceSpan> open_;  ///< the profiles being expanded
};

}  // namespace gopol::dsl::checking

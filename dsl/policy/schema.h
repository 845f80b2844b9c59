#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/policy/demands.h"
#include "dsl/value/name.h"
#include "dsl/value/result.h"
#include "dsl/value/value.h"
#include "dsl/value/version.h"

namespace gopol::dsl {

enum class TypeKind {
  boolean,
  integer,
  text,
  word,
  version,
  date,
  duration,
  path,
  list,
  set,
  chain,
  secret
};

/// The type of a fact, an attribute or a key.
struct Type {
  TypeKind kind = TypeKind::text;
  VersionScheme scheme = VersionScheme::go;  ///< of a version
  std::vector<std::string>
      words;  ///< of a word: its closed list; of a text: bare words that may stand for it
  TypeKind element = TypeKind::text;  ///< of a list or set: text, word or path
  bool operator==(const Type&) const = default;
};

/// Whether values of the kind can be compared by `<`, and stand in ranges.
bool is_ordered(TypeKind kind);

std::string to_text(const Type& type);  ///< `version (go)`, `list of text`, `one of arm64, x86_64`

struct Slot;

/// Which value a range or a list of values prefers when the current one is not allowed.
enum class Preference { newest, oldest, first };

/// One fact, or one attribute that a policy may assert. Both are the same thing seen from two
/// sides: a slot that can be read, and perhaps written.
struct AttributeSchema {
  Name name;
  Type type;
  std::string doc;
  bool writable = false;    ///< false: a fact, or verify-only (P2007 under `enforce`)
  bool assertable = false;  ///< may stand in a resource body
  bool optional = false;    ///< may be absent
  bool unknowable = false;  ///< may be unknown although everything works; `doc` says why
  bool input = false;       ///< says how or where; never compared, handed to the provider
  bool indexed = false;     ///< a map: `reaches["host"]`
  bool unsettable = false;  ///< `unset NAME` has a meaning
  Preference preference = Preference::newest;
  std::string read_only_help;  ///< what to do instead of `enforce`
  /// What an `enforce` rule that asserts something of the resource means by default (`default NAME
  /// = ...`).
  std::optional<Value> implied;
  std::string implied_for;           ///< the one key that it is implied for; empty: every key
  std::vector<std::string> affects;  ///< other attributes of the family that a write may change
  /// Whether a value makes other programs run code (`-toolexec`): never from an unsigned policy.
  bool (*runs_code)(const Slot&, const Value&) = nullptr;
  /// Rules beyond the type (GOSUMDB's grammar, say); the message becomes a P2004 at the value.
  Result<Done> (*validate)(const Value&) = nullptr;
};

/// Everything a provider knows, as plain data: the only source of names for checker, documents and
/// completion. A family without a key has one instance (`go.env`, `os`).
struct Schema {
  Name family;  ///< `go.toolchain`
  std::string doc;
  std::optional<Type> key;  ///< `go.toolchain["default"]`: text
  std::vector<AttributeSchema> attributes;
  std::optional<AttributeSchema>
      any_attribute;       ///< the shape of names not listed (`shell.profile`)
  bool existence = false;  ///< `present` and `absent` may be asserted
  bool context = false;    ///< facts fixed during a run: a guard may always read them
  /// What a change of it mostly takes, said before a machine is looked at.
  Demands demands = {};
  std::vector<std::string> after;  ///< families that converge before this one
  /// Names that people look for among the attributes in vain, and what to tell them.
  std::vector<std::pair<std::string, std::string>> not_there = {};
};

/// All families of a run, sorted by name.
struct Schemas {
  std::vector<Schema> families;
  const Schema* find(std::string_view family) const;
};

/// The schema of an attribute by name: listed, `exists`, or the open shape; nullptr if there is
/// none.
const AttributeSchema* find_attribute(const Schema& schema, std::string_view name);

/// The name of one piece of state: `family["key"].attribute["index"]`; a context fact is one too.
/// `exists` is the attribute that `present` and `absent` assert.
struct Slot {
  Name family, key, attribute, index;
  auto operator<=>(const Slot&) const = default;
};

struct SlotHash {
  std::size_t operator()(const Slot& slot) const;
};

/// `go.toolchain["default"].version`, texts escaped: what dsl::parse_slot reads.
std::string to_text(const Slot& slot);

}  // namespace gopol::dsl

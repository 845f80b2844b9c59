#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/policy/allowed.h"
#include "dsl/policy/demands.h"
#include "dsl/policy/schema.h"
#include "dsl/value/value.h"
#include "engine/host/file_edit.h"
#include "engine/host/host.h"

namespace gopol::engine {

using dsl::Slot;
using dsl::Value;

/// What is asked of a provider: slots of its family, and what the policy says by the way about the
/// same resources (attributes that are `input`: where a tree shall lie, which hash an archive has).
struct Query {
  std::vector<Slot> slots;
  std::map<std::string, std::map<std::string, Value>> inputs;  ///< by key, then by attribute

  const Value* input(const std::string& key, const std::string& attribute) const;
};

/// What a slot is where somebody works, if that is not what is written.
struct Elsewhere {
  dsl::Prose where = {};   ///< `terminals`, `login shells`
  Value value = {};        ///< Unknown: files cannot tell
  dsl::Prose origin = {};  ///< FILE:LINE that makes the difference
};

/// One answer of `observe`. `origin` says where the value comes from (a file, a layer);
/// `findings` say what a user should know beyond it (a variable that hides it): never drift.
struct Observation {
  Slot slot;
  Value value = {};
  dsl::Prose origin = {};
  bool inherited = false;  ///< a default shows through: nothing is set, `unset` holds
  dsl::SharedList<std::string> findings = {};
  dsl::SharedList<Elsewhere> elsewhere = {};  ///< empty: what is written is in force
  bool misplaced = false;  ///< it would be in force, or surely so, if it were written anew
};
using Observed = std::vector<Observation>;

/// One slot to be moved. `to` is chosen by the engine from what the policy allows; Absent means
/// `unset`; Unknown leaves the choice to the provider (a version range).
struct Assignment {
  Slot slot;
  Value from, to;
  dsl::Allowed allowed = {};
};

/// Everything one rule wants moved on one resource, at once: a file is written once.
struct Change {
  std::string family, key;
  std::vector<Assignment> assignments;  ///< in slot order
  /// What all rules assert of the resource, inputs and what is right already included.
  std::vector<Assignment> wanted;
  bool takes_back = false;  ///< of an undo: each slot becomes again what it was

  const Assignment* find(std::string_view attribute) const;     ///< among `assignments`
  const Value* wanted_value(std::string_view attribute) const;  ///< the target among `wanted`
};

/// What a change will do, said before it is done.
struct Prepared {
  struct Write {
    Path path;
    bool whole = false;  ///< replaces all of the file, not only its own part
  };
  std::vector<FileEdit> edits;    ///< made by the engine, in this order, before `Provider::apply`
  std::vector<Write> writes;      ///< made by the provider itself
  std::vector<FileImage> images;  ///< of `writes`, for the journal; edits have theirs taken
  dsl::Demands demands = {};
  std::string note;  ///< for the plan: `sha256 from the mirror's index`

  std::vector<Write> all_writes() const;  ///< of the engine and of the provider
  void append(Prepared more);             ///< what else the same change does
  void add_note(const std::string& more);
};

/// What only a person can do, step by step; commands stand in backquotes.
struct Guide {
  std::vector<std::string> steps;
  std::string blind = {};  ///< why gopol will never see that it is done; empty: it will
};

/// What a provider may ask of the configuration; filled by the caller, plain values.
struct Settings {
  std::string download_go = "https://go.dev/dl";
  bool trust_index = false;
  Path share;  ///< data files shipped with gopol
};

/// What is known of a change that is made on a copy of the machine.
enum class Foresight { all, unknown };

/// Knows one family: what its slots are now and how to move them. The engine compares, so check and
/// apply cannot disagree. Laws: `observe` never writes; once a change is made, `observe` gives what
/// was asked; making it twice changes nothing; one that failed leaves the slot as it was, or
/// unknown.
class Provider {
 public:
  virtual ~Provider() = default;
  virtual const dsl::Schema& schema() const = 0;
  /// The keys of what is there, for a listing: paths of toolchains, say. Families without keys:
  /// none.
  virtual std::vector<std::string> keys(const Host&) const { return {}; }
  /// Answers every slot asked for, Unknown included.
  virtual Observed observe(const Query& query, const Host& host) const = 0;
  /// What the change writes: new bytes for files, which the engine writes, and the rest by name.
  virtual Result<Prepared> prepare(const Change& change, const Host& host) const = 0;
  /// Moves what is not in files, once the edits are made. A provider of files has nothing to add.
  virtual Result<Done> apply(const Change&, Host&) const { return Done{}; }
  /// The same of a change that takes back.
  virtual Result<Done> undo(const Change& back, Host& host) const { return apply(back, host); }
  /// What a change that takes back would bring back from where this provider put it aside: folders
  /// and files. None: it keeps nothing aside.
  virtual std::vector<Path> kept_aside(const Change&, const Host&) const { return {}; }
  /// Does to a copy of the machine, on which the edits are made already and no program runs, what
  /// `apply` would do to the machine beside them. Errors: those that `apply` would end with.
  virtual Result<Foresight> rehearse(const Change&, Host&) const { return Foresight::unknown; }
  /// How a person makes a slot what is wanted, where no program may. Nothing: there is no way, or
  /// gopol goes it.
  virtual std::optional<Guide> guide(const Slot&, const dsl::Allowed&, const Host&) const {
    return {};
  }
};

/// A provider of facts alone inherits the refusal to write.
class FactProvider : public Provider {
 public:
  Result<Prepared> prepare(const Change& change, const Host& host) const final;
};

using Providers = std::vector<std::unique_ptr<Provider>>;

/// nullptr: nobody knows the family.
const Provider* provider_of(const Providers& providers, std::string_view family);

/// The schemas of all providers, sorted by family.
dsl::Schemas schemas_of(const Providers& providers);

}  // namespace gopol::engine

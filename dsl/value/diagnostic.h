#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/value/prose.h"
#include "dsl/value/source.h"

namespace gopol::dsl {

enum class Severity { error, warning, note };

/// A place and at most six words about it.
struct Label {
  SourceSpan span;
  std::string text;
};

/// Replaces `span` by `text`.
struct Edit {
  SourceSpan span;
  std::string text;
};

/// safe: meaning is certain, `--fix` applies it; unsafe: a person chooses; display: a hint in
/// words.
enum class Safety { safe, unsafe, display };

/// What `check --fix` and an editor can do about a diagnostic.
struct Fix {
  std::string title;
  Safety safety = Safety::display;
  std::vector<Edit> edits;
};

/// Something the user should know and can act on. Codes are stable (LANGUAGE.md section 9);
/// messages are one lower-case sentence without a full stop, names in backquotes.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;
  Prose message, help;
  std::optional<Label> primary;  ///< none: about the run, not about text
  std::vector<Label> related;    ///< why both apply
  std::vector<Fix> fixes;
  std::string about;  ///< the one name it is about, a variable or a host; empty: not told
  std::string mend;   ///< of a lint: what mends it on a machine; empty: as `help` says
};

using Diagnostics = std::vector<Diagnostic>;

/// An error without a place in a text.
Diagnostic problem(std::string code, std::string message, std::string help = {});
/// An error at a place.
Diagnostic problem(std::string code, SourceSpan at, std::string message, std::string label = {},
                   std::string help = {});

bool has_errors(const Diagnostics& diagnostics);

/// What a diagnostic means to whoever goes on after it.
enum class DiagnosticKind {
  finding,      ///< about a policy, a configuration, a machine
  usage,        ///< gopol was called so that it cannot do anything
  untrusted,    ///< a policy or its source is not to be believed
  failed,       ///< the run could not do what it was asked
  unreachable,  ///< a server did not answer: there may be an older answer to go on with
};
/// Told from the code, which never changes its meaning.
DiagnosticKind kind_of(const Diagnostic& diagnostic);

/// Sorts, and keeps one of those that tell a person the same about the same place.
void unite(Diagnostics& diagnostics);

/// By source, then place, then code: two runs print the same.
void sort(Diagnostics& diagnostics);

struct RenderStyle {
  bool colour = false;
  bool ascii = true;  ///< carets and bars stay ASCII in any case; false allows `→` in messages
};

/// The text form of STYLE.md section 4: code, message, excerpt with carets, related places, help.
std::string render(const Diagnostic& diagnostic, const SourceMap& sources, RenderStyle style = {});

}  // namespace gopol::dsl

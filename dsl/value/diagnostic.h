#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  std::string code, message, help;
  std::optional<Label> primary;  ///< none: about the run, not about text
  std::vector<Label> related;    ///< why both apply
  std::vector<Fix> fixes;
};

using Diagnostics = std::vector<Diagnostic>;

/// An error without a place in a text.
Diagnostic problem(std::string code, std::string message, std::string help = {});
/// An error at a place.
Diagnostic problem(std::string code, SourceSpan at, std::string message, std::string label = {},
                   std::string help = {});

bool has_errors(const Diagnostics& diagnostics);

/// By source, then place, then code: two runs print the same.
void sort(Diagnostics& diagnostics);

struct RenderStyle {
  bool colour = false;
  bool ascii = true;  ///< carets and bars stay ASCII in any case; false allows `→` in messages
};

/// The text form of STYLE.md section 4: code, message, excerpt with carets, related places, help.
std::string render(const Diagnostic& diagnostic, const SourceMap& sources, RenderStyle style = {});

}  // namespace gopol::dsl

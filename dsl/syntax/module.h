#pragma once

#include <deque>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "dsl/syntax/tree.h"
#include "dsl/value/diagnostic.h"
#include "dsl/value/result.h"

namespace gopol::dsl {

/// One text of a policy. A root's own rules and parameterless profiles act; an imported text acts
/// only through `extends`.
struct Module {
  const Tree* tree = nullptr;
  bool root = true;
  std::unordered_map<std::string, std::size_t> imports;  ///< name in this text → index of a module
};

/// All texts of a policy, roots first, each once however often it is imported.
struct Program {
  std::deque<Tree> trees;  ///< never moved: views point into them
  std::vector<Module> modules;
};

struct Import;

/// What an import is called in its text: the word after `as`, else `mac_go` of `std/mac_go@1`,
/// `base` of `a/base.policy`.
std::string name_of(const Import& import);

/// A text that an `import` names: `name` says which one it is, and is what diagnostics print.
struct ImportedText {
  std::string name, text;
};

/// Finds what `path` means in the text called `importer`. Its errors are shown at the import.
using FindImport =
    std::function<Result<ImportedText>(std::string_view importer, const std::string& path)>;

/// Parses the roots and everything they import. Errors: those of parse(), P2009 for two imports of
/// one name, P2010 for texts that import each other in a circle, and those of `find`.
Result<Program> load(std::span<const SourceId> roots, SourceMap& sources, const FindImport& find,
                     Diagnostics& warnings);

}  // namespace gopol::dsl

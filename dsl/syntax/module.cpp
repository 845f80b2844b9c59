#include "dsl/syntax/module.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "dsl/syntax/parse.h"
#include "dsl/syntax/views.h"

namespace gopol::dsl {
namespace {

bool is_name(std::string_view text) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) == 0 &&
         std::all_of(text.begin(), text.end(), fits);
}

class Loader {
 public:
  Loader(SourceMap& sources, const FindImport& find, Program& into, Diagnostics& out)
      : sources_(sources), find_(find), into_(into), out_(out) {}

  void add_root(SourceId id) { index_.emplace(sources_.name(id), add(id, true)); }

  /// Reads what module `at` imports, and what that imports.
  void follow(std::size_t at) {
    if (state_[at] != State::fresh) return;
    state_[at] = State::open;
    if (into_.modules[at].tree->broken) return;
    for (const View item : File(*into_.modules[at].tree).items()) {
      if (const auto import = item.as<Import>()) read(import, at);
    }
    state_[at] = State::done;
  }

 private:
  enum class State { fresh, open, done };

  std::size_t add(SourceId id, bool root) {
    into_.trees.push_back(parse(id, sources_, out_));
    into_.modules.push_back({&into_.trees.back(), root, {}});
    state_.push_back(State::fresh);
    return into_.modules.size() - 1;
  }

  void read(Import import, std::size_t importer) {
    const std::string path = import.path().decoded();
    const std::string name = name_of(import);
    if (!is_name(name)) {
      out_.push_back(problem("P2009", import.path().span(),
                             fmt::format("`{}` gives no name to import it by", path), "no name",
                             fmt::format("write `import \"{}\" as name`", path)));
      return;
    }
    const auto found = module_of(import, importer, path);
    if (!found) return;
    if (!into_.modules[importer].imports.emplace(name, *found).second) {
      out_.push_back(problem("P2009", import.span(),
                             fmt::format("two imports are called `{}`", name), "named again",
                             "give one of them another name with `as`"));
      return;
    }
    if (state_[*found] == State::open) {
      out_.push_back(problem("P2010", import.span(),
                             fmt::format("`{}` imports itself, perhaps through others",
                                         sources_.name(into_.modules[*found].tree->source)),
                             "a circle", "move what both need into a third file"));
      return;
    }
    follow(*found);
  }

  std::optional<std::size_t> module_of(Import import, std::size_t importer,
                                       const std::string& path) {
    auto text = find_(sources_.name(into_.modules[importer].tree->source), path);
    if (!text) {
      for (Diagnostic error : text.error()) {
        error.primary = Label{import.path().span(), "imported here"};
        out_.push_back(std::move(error));
      }
      return {};
    }
    const auto known = index_.find(text->name);
    if (known != index_.end()) return known->second;
    const SourceId id = sources_.add(text->name, std::move(text->text));
    const std::size_t out = add(id, false);
    index_.emplace(text->name, out);
    return out;
  }

  SourceMap& sources_;
  const FindImport& find_;
  Program& into_;
  Diagnostics& out_;
  std::vector<State> state_;
  std::unordered_map<std::string, std::size_t> index_;  ///< by the text's name
};

}  // namespace

std::string name_of(const Import& import) {
  if (import.alias()) return std::string(import.alias().text);
  const std::string path = import.path().decoded();
  const std::size_t start = path.rfind('/') + 1;  // npos + 1 is 0
  return path.substr(start, path.find_first_of(".@", start) - start);
}

Result<Program> load(std::span<const SourceId> roots, SourceMap& sources, const FindImport& find,
                     Diagnostics& warnings) {
  Program out;
  Diagnostics found;
  Loader loader(sources, find, out, found);
  for (const SourceId root : roots) loader.add_root(root);
  for (std::size_t i = 0; i < roots.size(); ++i) loader.follow(i);
  if (has_errors(found)) {
    sort(found);
    return found;
  }
  warnings.insert(warnings.end(), found.begin(), found.end());
  return out;
}

}  // namespace gopol::dsl

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dsl/policy/schema.h"

namespace gopol::cli {

/// The codes that share/explain has a page on, sorted.
std::vector<std::string> explained_codes();

/// The words of plans that have a page of their own, sorted: `defeated`, `in-force`.
std::vector<std::string> explained_words();

/// The page on a code or a word, in Markdown: `# NAME: what it is`, then more. Nothing: there is
/// none.
std::optional<std::string> explain_page(const std::string& name);

/// What follows the name in the page's first line; empty if there is no page.
std::string explain_title(const std::string& name);

/// What a person may mean: a word of plans as it is filed (`in force` is `in-force`); else a code,
/// in capitals, of a lint that is an error the error's.
struct AskedCode {
  std::string asked, code;
};
AskedCode asked_code(const std::string& text);

/// What helps who asked for a page that is not there: the nearest code, word or family, else where
/// the lists are.
std::string help_on(const std::string& topic, const dsl::Schemas& schemas);

}  // namespace gopol::cli

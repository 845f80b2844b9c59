#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gopol::cli {

/// The codes that share/explain has a page on, sorted.
std::vector<std::string> explained_codes();

/// The page on a code, in Markdown: `# CODE: what it is`, then more. Nothing: there is none.
std::optional<std::string> explain_page(const std::string& code);

/// What follows the code in the page's first line; empty if there is no page.
std::string explain_title(const std::string& code);

/// The code that a person may mean by a word: in capitals; of a lint that is an error, the error's.
struct AskedCode {
  std::string asked, code;
};
AskedCode asked_code(const std::string& word);

}  // namespace gopol::cli

#include "cli/print/fail_on.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "cli/print/explain_pages.h"
#include "cli/terminal/terminal.h"
#include "dsl/value/near_miss.h"

namespace gopol::cli {

bool FailOn::operator()(const dsl::Diagnostic& diagnostic) const {
  return diagnostic.severity <= level ||
         std::find(codes.begin(), codes.end(), diagnostic.code) != codes.end();
}

dsl::Result<FailOn> parse_fail_on(const std::string& text) {
  FailOn out;
  const std::vector<std::string> pages = explained_codes();
  std::istringstream words(text);
  for (std::string word; std::getline(words, word, ',');) {
    if (word == "error") continue;
    if (word == "warning") {
      out.level = std::max(out.level, dsl::Severity::warning);
    } else if (word == "note") {
      out.level = dsl::Severity::note;
    } else if (std::find(pages.begin(), pages.end(), word) != pages.end()) {
      out.codes.push_back(word);
    } else {
      std::vector<std::string> all = pages;
      all.insert(all.end(), {"error", "warning", "note"});
      const auto near = dsl::near_miss(word, all);
      return dsl::problem("P0001", fmt::format("`--fail-on` knows no `{}`", presentable(word)),
                          near ? fmt::format("did you mean `{}`?", *near)
                               : "it takes error, warning, note, or codes such as L409");
    }
  }
  return out;
}

}  // namespace gopol::cli

#include "providers/go/env/flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "providers/go/env/flag_names.h"

namespace gopol::providers::go {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

dsl::Result<std::vector<std::string>> split_quoted(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    if (text.empty()) return words;
    const char quote = text.front();
    if (quote == '"' || quote == '\'') {
      const std::size_t close = text.find(quote, 1);
      if (close == std::string_view::npos) {
        return dsl::problem("P2004", fmt::format("unterminated {} string", quote),
                            "close the quote");
      }
      words.emplace_back(text.substr(1, close - 1));
      text.remove_prefix(close + 1);
      continue;
    }
    const auto end = std::find_if(text.begin(), text.end(), is_blank);
    const auto length = static_cast<std::size_t>(end - text.begin());
    words.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
}

dsl::Result<std::string> join_quoted(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    const bool single = word.find('\'') != std::string::npos;
    const bool twofold = word.find('"') != std::string::npos;
    const bool plain =
        !word.empty() && std::none_of(word.begin(), word.end(), is_blank) && !single && !twofold;
    if (plain) {
      out += word;
    } else if (!single) {
      out += "'" + word + "'";
    } else if (!twofold) {
      out += "\"" + word + "\"";
    } else {
      return dsl::problem(
          "P2004", fmt::format("`{}` holds both kinds of quotes, which Go cannot read", word));
    }
  }
  return out;
}

dsl::Result<dsl::Done> check_flags(const std::vector<std::string>& words, int minor) {
  const char* help = "every word begins with `-` and joins its value with `=`";
  for (const std::string& word : words) {
    const std::string_view name = std::string_view(word).substr(word.starts_with("--") ? 2 : 1);
    const bool bad =
        !word.starts_with('-') || name.empty() || name.front() == '-' || name.front() == '=';
    if (bad) return dsl::problem("P2004", fmt::format("`{}` in GOFLAGS is not a flag", word), help);
    if (std::string why = flag_refusal(word, minor); !why.empty())
      return dsl::problem("P2004", std::move(why), "`go help build` lists the flags");
  }
  return dsl::Done{};
}

}  // namespace gopol::providers::go

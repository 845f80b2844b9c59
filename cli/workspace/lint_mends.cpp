#include "cli/workspace/lint_mends.h"

#include <string_view>

namespace gopol::cli {
namespace {

struct Mend {
  std::string_view code, text;  ///< `@` stands for a name in backquotes of the message
};

constexpr Mend mends[] = {
    {"L401", "`go env -w @=HOSTS` with hosts of your own, or `go env -u @`"},
    {"L402", "`go env -u GOSUMDB`; GOPRIVATE keeps private modules out of the database"},
    {"L403", "add the hosts of private modules to GOPRIVATE: `go env -w GOPRIVATE=HOSTS`"},
    {"L407", "`go env -u GOEXPERIMENT`, or move to a Go that knows it"},
    {"L408", "`go env -u GOROOT`: go finds its own tree"},
    {"L410", "`go env -u GO111MODULE`"},
    {"L411",
     "put it into ~/.netrc, which GOAUTH reads, change it, and `go env -w GOPROXY=` the rest"},
    {"L413", "take it out with `go env -w GOFLAGS=...`, unless you know who keeps the program"},
    {"L414", "`go env -w GOPROXY=https://@`, if it answers there"},
    {"L416", "install an older Go, or update macOS"},
    {"L417", "install the Go for arm64 from https://go.dev/dl, and take this one away"},
};

/// The variable that a message names in backquotes, else the first name there.
std::string named_in(std::string_view message) {
  std::string first;
  while (true) {
    const std::size_t open = message.find('`');
    const std::size_t close = open == message.npos ? open : message.find('`', open + 1);
    if (close == message.npos) return first;
    const std::string name(message.substr(open + 1, close - open - 1));
    if (name.starts_with("GO")) return name;
    if (first.empty()) first = name;
    message.remove_prefix(close + 1);
  }
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

std::string mend_of(const dsl::Diagnostic& lint) {
  for (const Mend& mend : mends) {
    if (mend.code != lint.code) continue;
    std::string out(mend.text);
    replace(out, "@", named_in(lint.message));
    return out;
  }
  std::string out = lint.help;
  replace(out, "remove it, or write `unset ", "`go env -u ");
  replace(out, "write `unset ", "`go env -u ");
  replace(out, "leave GOPATH out", "`go env -u GOPATH`");
  return out;
}

}  // namespace gopol::cli

#include "cli/terminal/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "cli/terminal/door.h"
#include "dsl/value/harmless.h"
#include "dsl/value/ink.h"
#include "dsl/value/secret.h"

namespace gopol::cli {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool names_utf8(std::string_view locale) {
  return locale.find("UTF-8") != std::string_view::npos ||
         locale.find("utf8") != std::string_view::npos ||
         locale.find("UTF8") != std::string_view::npos ||
         locale.find("utf-8") != std::string_view::npos;
}

/// LC_ALL, else LC_CTYPE, else LANG. Source: locale(7).
bool is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = environment(name);
    if (!value.empty()) return names_utf8(value);
  }
  return false;
}

bool write_out(std::string_view text, std::FILE* stream) {
  return std::fwrite(text.data(), 1, text.size(), stream) == text.size();
}

/// The only way out. A document of JSON is known by its brackets; a text that had them too would
/// lose no more than the beauty of its escapes.
bool send(std::string_view text, std::FILE* stream, const Terminal& terminal) {
  const std::string_view mark = terminal.utf8 ? dsl::secret_mark : "...";
  const bool json = text.starts_with('{') && text.ends_with("}\n");
  return write_out(json ? json_fit_to_print(text, dsl::secret_mark) : fit_to_print(text, mark),
                   stream);
}

}  // namespace

Terminal terminal_of(std::FILE* stream) {
  Terminal out;
  out.is_terminal = ::isatty(::fileno(stream)) == 1;
  out.colour = out.is_terminal && environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  out.utf8 = is_utf8();
  return out;
}

bool is_person() { return terminal_of(stdout).is_terminal && ::isatty(STDIN_FILENO) == 1; }

std::string Terminal::paint(std::string_view text, const char* code) const {
  return colour ? dsl::inked(text, code) : std::string(text);
}

bool print(std::string_view text) {
  static const Terminal terminal = terminal_of(stdout);
  return send(text, stdout, terminal) && std::fflush(stdout) == 0;
}

void print_error(std::string_view text) {
  static const Terminal terminal = terminal_of(stderr);
  static_cast<void>(send(text, stderr, terminal));
}

void print_progress(std::string_view text) {
  constexpr std::string_view to_begin = "\r", clear_rest = "\x1b[K";
  write_out(to_begin, stderr);
  print_error(text);
  write_out(clear_rest, stderr);
}

bool ask(std::string_view question) {
  print(question);
  char answer[16] = {};
  if (std::fgets(answer, sizeof answer, stdin) == nullptr) return false;
  return answer[0] == 'y' || answer[0] == 'Y';
}

std::string presentable(std::string_view text, std::size_t most) {
  constexpr std::size_t longest_secret = 4096;  // that is looked for behind what is shown
  const std::size_t line_end = std::min(text.find('\n'), text.size());
  const std::string line =
      dsl::without_secrets(text.substr(0, std::min(line_end, most + longest_secret)));
  std::size_t length = line.size();
  const bool cut = length > most || line_end < text.size();
  if (length > most) {
    length = most;
    while (length > 0 && (static_cast<unsigned char>(line[length]) & 0xc0U) == 0x80U) --length;
  }
  std::string out = dsl::harmless_line(std::string_view(line).substr(0, length));
  if (cut) out += fmt::format("... ({} bytes)", text.size());
  return out;
}

}  // namespace gopol::cli

#include "dsl/value/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "dsl/value/display_width.h"
#include "dsl/value/harmless.h"
#include "dsl/value/ink.h"
#include "dsl/value/secret.h"

namespace gopol::dsl {
namespace {

constexpr std::size_t widest_excerpt = 120;  // bytes of a source line that are shown

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "error";
}

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "1;31";
    case Severity::warning: return "1;33";
    case Severity::note: return "1;36";
  }
  return "";
}

/// One excerpt: the line, and carets under the part of the span that lies on it.
struct Excerpt {
  std::string text, carets;
};

/// A text in a line, without its secrets.
std::string printable(std::string_view text) { return harmless_line(without_secrets(text)); }

/// Of a line of the source: a tab takes one column, as the caret below it.
std::string in_excerpt(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\t', ' ');
  return harmless_line(out);
}

/// A line without its secrets, and where the marked part of it is now.
struct Shown {
  std::string line;
  std::size_t begin, end;
};

Shown shown_part(std::string_view line, std::size_t begin, std::size_t end) {
  Shown out{{}, begin, end};
  std::size_t from = 0;
  for (const TextPart& part : secrets_in(line)) {
    out.line.append(line.substr(from, part.begin - from));
    const auto moved = [&](std::size_t at, std::size_t now) {
      if (at <= part.begin) return now;
      if (at < part.end) return out.line.size();
      return now + secret_mark.size() - (part.end - part.begin);
    };
    out.begin = moved(begin, out.begin);
    out.end = std::max(moved(end, out.end), out.begin);
    out.line += secret_mark;
    from = part.end;
  }
  out.line.append(line.substr(from));
  return out;
}

bool is_inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
}

Excerpt excerpt(SourceSpan span, LineColumn at, const SourceMap& sources) {
  const std::string_view whole = sources.line(span.source, at.line);
  const std::size_t first = std::min<std::size_t>(at.column - 1, whole.size());
  const Shown shown =
      shown_part(whole, first,
                 std::min(whole.size(), first + std::max<std::size_t>(1, span.end - span.begin)));
  std::string_view line = shown.line;
  std::size_t from = std::min(shown.begin, line.size());
  std::size_t length = std::max<std::size_t>(1, shown.end - from);
  bool cut_front = false;
  if (from > widest_excerpt / 2) {
    std::size_t drop = from - widest_excerpt / 2;
    while (is_inside_character(line, drop)) ++drop;
    line.remove_prefix(drop);
    from -= drop;
    cut_front = true;
  }
  std::size_t most = std::min(line.size(), widest_excerpt);
  while (is_inside_character(line, most)) --most;
  const bool cut_back = line.size() > most;
  line = line.substr(0, most);
  from = std::min(from, line.size());
  length = std::max<std::size_t>(1, std::min(length, line.size() - from));
  const std::string before = in_excerpt(line.substr(0, from));
  const std::string marked = in_excerpt(line.substr(from, length));
  Excerpt out;
  out.text = (cut_front ? "..." : "") + in_excerpt(line) + (cut_back ? "..." : "");
  out.carets = std::string(display_width(before) + (cut_front ? 3 : 0), ' ') +
               std::string(std::max<std::size_t>(1, display_width(marked)), '^');
  return out;
}

void append_label(std::string& out, const Label& label, const SourceMap& sources, bool primary) {
  const LineColumn at = sources.locate(label.span.source, label.span.begin);
  const std::string number = std::to_string(at.line);
  const std::string gutter(number.size(), ' ');
  const Excerpt shown = excerpt(label.span, at, sources);
  auto to = std::back_inserter(out);
  fmt::format_to(to, "{}{} {}:{}:{}\n", gutter,
                 primary ? "-->" : ":::", printable(sources.name(label.span.source)), at.line,
                 at.column);
  fmt::format_to(to, "{} |\n{} | {}\n{} | {}", gutter, number, shown.text, gutter, shown.carets);
  if (!label.text.empty()) fmt::format_to(to, " {}", printable(label.text));
  out += '\n';
}

/// Whether a person would read the same about the same place.
bool is_repeated(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.message.text() == b.message.text() && a.primary && b.primary &&
         a.primary->span == b.primary->span;
}

}  // namespace

Diagnostic problem(std::string code, std::string message, std::string help) {
  Diagnostic out;
  out.code = std::move(code);
  out.message = std::move(message);
  out.help = std::move(help);
  return out;
}

Diagnostic problem(std::string code, SourceSpan at, std::string message, std::string label,
                   std::string help) {
  Diagnostic out = problem(std::move(code), std::move(message), std::move(help));
  out.primary = Label{at, std::move(label)};
  return out;
}

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort(Diagnostics& diagnostics) {
  const auto key = [](const Diagnostic& d) {
    const SourceSpan span = d.primary ? d.primary->span : SourceSpan{};
    return std::tuple(d.primary.has_value(), span.source.index, span.begin,
                      std::string_view(d.code));
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

DiagnosticKind kind_of(const Diagnostic& diagnostic) {
  const std::string& code = diagnostic.code;
  if (code == "P0001") return DiagnosticKind::usage;
  if (code == "R4007") return DiagnosticKind::unreachable;
  if (code.starts_with('T')) return DiagnosticKind::untrusted;
  return code.starts_with('R') ? DiagnosticKind::failed : DiagnosticKind::finding;
}

void unite(Diagnostics& diagnostics) {
  sort(diagnostics);
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(), is_repeated),
                    diagnostics.end());
}

std::string render(const Diagnostic& diagnostic, const SourceMap& sources, RenderStyle style) {
  std::string out;
  std::string head(word(diagnostic.severity));
  if (!diagnostic.code.empty()) head += "[" + diagnostic.code + "]";
  out += style.colour ? inked(head, colour_of(diagnostic.severity)) : head;
  out += ": " + printable(diagnostic.message) + "\n";
  if (diagnostic.primary) append_label(out, *diagnostic.primary, sources, true);
  for (const Label& label : diagnostic.related) append_label(out, label, sources, false);
  if (!diagnostic.help.empty()) out += "  = help: " + printable(diagnostic.help) + "\n";
  for (const Fix& fix : diagnostic.fixes) {
    if (fix.title != diagnostic.help.text()) out += "  = fix: " + printable(fix.title) + "\n";
  }
  return out;
}

}  // namespace gopol::dsl

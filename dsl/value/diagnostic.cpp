#include "dsl/value/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "dsl/value/display_width.h"
#include "dsl/value/utf8.h"

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
    case Severity::error: return "\x1b[1;31m";
    case Severity::warning: return "\x1b[1;33m";
    case Severity::note: return "\x1b[1;36m";
  }
  return "";
}

/// One excerpt: the line, and carets under the part of the span that lies on it.
struct Excerpt {
  std::string text, carets;
};

/// Control bytes and invalid UTF-8 would disturb a terminal; `?` stands for each such byte.
std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\t') {
      out += ' ';
    } else if (byte < 0x20 || byte == 0x7f) {
      out += '?';
    } else if (byte < 0x80) {
      out += text[i];
    } else {
      const std::size_t length = utf8_sequence(text.substr(i));
      if (length != 0) {
        out += text.substr(i, length);
        i += length - 1;
      } else {
        out += '?';
      }
    }
  }
  return out;
}

Excerpt excerpt(SourceSpan span, LineColumn at, const SourceMap& sources) {
  std::string_view line = sources.line(span.source, at.line);
  std::size_t from = at.column - 1;
  std::size_t length = std::max<std::uint32_t>(1, span.end - span.begin);
  bool cut_front = false;
  if (from > widest_excerpt / 2) {
    const std::size_t drop = std::min(line.size(), from - widest_excerpt / 2);
    line.remove_prefix(drop);
    from -= drop;
    cut_front = true;
  }
  const bool cut_back = line.size() > widest_excerpt;
  line = line.substr(0, widest_excerpt);
  from = std::min(from, line.size());
  length = std::max<std::size_t>(1, std::min(length, line.size() - from));
  const std::string before = printable(line.substr(0, from));
  const std::string marked = printable(line.substr(from, length));
  Excerpt out;
  out.text = (cut_front ? "..." : "") + printable(line) + (cut_back ? "..." : "");
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
  if (!label.text.empty()) fmt::format_to(to, " {}", label.text);
  out += '\n';
}

/// Whether a person would read the same about the same place.
bool is_repeated(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.message == b.message && a.primary && b.primary &&
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
  if (style.colour) out += colour_of(diagnostic.severity);
  out += word(diagnostic.severity);
  if (!diagnostic.code.empty()) out += "[" + diagnostic.code + "]";
  if (style.colour) out += "\x1b[0m";
  out += ": " + printable(diagnostic.message) + "\n";
  if (diagnostic.primary) append_label(out, *diagnostic.primary, sources, true);
  for (const Label& label : diagnostic.related) append_label(out, label, sources, false);
  if (!diagnostic.help.empty()) out += "  = help: " + printable(diagnostic.help) + "\n";
  for (const Fix& fix : diagnostic.fixes) {
    if (fix.title != diagnostic.help) out += "  = fix: " + printable(fix.title) + "\n";
  }
  return out;
}

}  // namespace gopol::dsl

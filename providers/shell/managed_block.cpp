#include "providers/shell/managed_block.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "providers/read/lines.h"

namespace gopol::providers::shell {
namespace {

/// Says inside a block that the newline before it is gopol's too.
constexpr std::string_view open_line_note = "# gopol: the line above had no end\n";

std::string opening(std::string_view name) { return fmt::format("# >>> gopol {} >>>\n", name); }
std::string closing(std::string_view name) { return fmt::format("# <<< gopol {} <<<\n", name); }

/// The name in a marker line, or empty.
std::string_view name_in(std::string_view line, std::string_view before, std::string_view after) {
  line = without_end(line);
  if (line.size() <= before.size() + after.size() || !line.starts_with(before) ||
      !line.ends_with(after))
    return {};
  line.remove_prefix(before.size());
  line.remove_suffix(after.size());
  return line;
}

class Scan {
 public:
  Scan(const NamedText& file, std::string_view name) : file_(file), name_(name) {}

  dsl::Result<std::optional<Block>> run() {
    std::size_t at = 0;
    for (const std::string_view line : lines_with_ends(file_.text)) {
      ++line_;
      if (auto done = take(line, at); !done) return done.error();
      at += line.size();
    }
    if (!open_.empty()) return wrong(open_line_, "is never closed");
    return std::move(found_);
  }

 private:
  dsl::Result<dsl::Done> take(std::string_view line, std::size_t at) {
    const std::string_view opens = name_in(line, "# >>> gopol ", " >>>");
    const std::string_view closes = name_in(line, "# <<< gopol ", " <<<");
    if (!opens.empty()) {
      if (!open_.empty()) return wrong(line_, fmt::format("begins inside the block `{}`", open_));
      const auto [before, is_new] = seen_.emplace(opens, line_);
      if (!is_new) return wrong(line_, fmt::format("is there already, at line {}", before->second));
      open_ = opens;
      open_line_ = line_;
      begin_ = at;
      body_ = at + line.size();
    } else if (!closes.empty()) {
      if (closes != open_)
        return wrong(line_, fmt::format("closes `{}`, which is not open", closes));
      if (closes == name_) keep(at, at + line.size());
      open_ = {};
    }
    return dsl::Done{};
  }

  void keep(std::size_t body_end, std::size_t end) {
    Block block;
    block.begin = begin_;
    block.end = end;
    block.line = open_line_;
    block.last_line = line_;
    std::string_view body = file_.text.substr(body_, body_end - body_);
    if (body.starts_with(open_line_note)) {
      block.after_open_line = true;
      body.remove_prefix(open_line_note.size());
    }
    block.body = body;
    found_ = std::move(block);
  }

  dsl::Diagnostic wrong(std::uint32_t line, std::string_view what) const {
    return dsl::problem("R4002", fmt::format("{}:{}: this gopol block {}", file_.path, line, what),
                        "mend the markers by hand; gopol leaves the file as it is");
  }

  NamedText file_;
  std::string_view name_, open_;
  std::size_t begin_ = 0, body_ = 0;
  std::uint32_t line_ = 0, open_line_ = 0;
  std::map<std::string_view, std::uint32_t> seen_;
  std::optional<Block> found_;
};

}  // namespace

dsl::Result<std::optional<Block>> find_block(const NamedText& file, std::string_view name) {
  return Scan(file, name).run();
}

dsl::Result<std::string> put_block(const NamedText& file, std::string_view name,
                                   std::string_view body) {
  const auto found = find_block(file, name);
  if (!found) return found.error();
  const std::string_view text = file.text;
  const bool open_line = *found ? (*found)->after_open_line : !text.empty() && text.back() != '\n';
  std::string block = opening(name);
  if (open_line) block += open_line_note;
  block += body;
  block += closing(name);
  if (*found)
    return std::string(text.substr(0, (*found)->begin)) + block +
           std::string(text.substr((*found)->end));
  return std::string(text) + (open_line ? "\n" : "") + block;
}

dsl::Result<std::string> remove_block(const NamedText& file, std::string_view name) {
  const auto found = find_block(file, name);
  if (!found) return found.error();
  if (!*found) return std::string(file.text);
  std::string_view before = file.text.substr(0, (*found)->begin);
  const std::string_view after = file.text.substr((*found)->end);
  // Only while nothing follows: else the end is needed between the two lines.
  if ((*found)->after_open_line && after.empty() && before.ends_with('\n')) before.remove_suffix(1);
  return std::string(before) + std::string(after);
}

dsl::Result<std::string> with_block(const NamedText& file, std::string_view name,
                                    std::string_view body) {
  return body.empty() ? remove_block(file, name) : put_block(file, name, body);
}

}  // namespace gopol::providers::shell

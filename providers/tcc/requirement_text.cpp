#include "providers/tcc/requirement_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace gopol::providers::tcc {
namespace {

using Op = Requirement::Op;
using Match = Requirement::Match;

/// How tightly an operation binds, as in reqdumper.cpp.
enum class Level { primary, both, either };

constexpr std::string_view keywords[] = {
    "guest",    "host",      "library",   "plugin",      "or",         "and",
    "always",   "true",      "never",     "false",       "identifier", "cdhash",
    "platform", "notarized", "anchor",    "apple",       "generic",    "certificate",
    "cert",     "trusted",   "info",      "entitlement", "exists",     "absent",
    "leaf",     "root",      "timestamp", "designated",  "legacy"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A text without quotes if it can stand so.
std::string word(std::string_view text) {
  const bool bare =
      !text.empty() && !is_digit(text.front()) &&
      std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); }) &&
      std::find(std::begin(keywords), std::end(keywords), text) == std::end(keywords);
  if (bare) return std::string(text);
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) != 0x7f;
  });
  if (!printable) return "0x" + hex(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string slot_text(std::int32_t slot) {
  if (slot == Requirement::leaf) return "leaf";
  return slot == Requirement::root ? "root" : std::to_string(slot);
}

std::string match_text(const Requirement& of) {
  switch (of.match) {
    case Match::exists: return " /* exists */";
    case Match::absent: return " absent";
    case Match::equal: return " = " + word(of.data);
    case Match::contains: return " ~ " + word(of.data);
    case Match::begins: return " = " + word(of.data) + "*";
    case Match::ends: return " = *" + word(of.data);
    case Match::less: return " < " + word(of.data);
    case Match::greater: return " > " + word(of.data);
    case Match::at_most: return " <= " + word(of.data);
    case Match::at_least: return " >= " + word(of.data);
  }
  return "";
}

std::string print(const Requirement& of, Level level);

/// Two parts with `and` or `or` between them.
std::string joined(const Requirement& of, Level mine, std::string_view between, Level level) {
  std::string out;
  for (const Requirement& part : of.parts) {
    if (!out.empty()) out += between;
    out += print(part, mine);
  }
  return level < mine ? "(" + out + ")" : out;
}

std::string certificate(const Requirement& of, std::string_view kind) {
  return fmt::format("certificate {}[{}{}]{}", slot_text(of.slot), kind, of.name, match_text(of));
}

std::string print(const Requirement& of, Level level) {
  switch (of.op) {
    case Op::never: return "never";
    case Op::always: return "always";
    case Op::identifier: return "identifier " + word(of.name);
    case Op::apple_anchor: return "anchor apple";
    case Op::generic_anchor: return "anchor apple generic";
    case Op::named_anchor: return "anchor apple " + word(of.name);
    case Op::certificate_hash:
      return fmt::format("certificate {} = H\"{}\"", slot_text(of.slot), hex(of.data));
    case Op::cdhash: return fmt::format("cdhash H\"{}\"", hex(of.data));
    case Op::info: return fmt::format("info[{}]{}", of.name, match_text(of));
    case Op::entitlement: return fmt::format("entitlement[{}]{}", word(of.name), match_text(of));
    case Op::field: return certificate(of, "");
    case Op::extension: return certificate(of, "field.");
    case Op::policy: return certificate(of, "policy.");
    case Op::timestamp: return certificate(of, "timestamp.");
    case Op::trusted: return fmt::format("certificate {} trusted", slot_text(of.slot));
    case Op::all_trusted: return "anchor trusted";
    case Op::named_code: return "(" + word(of.name) + ")";
    case Op::platform: return fmt::format("platform = {}", of.slot);
    case Op::notarized: return "notarized";
    case Op::legacy: return "legacy";
    case Op::both: return joined(of, Level::both, " and ", level);
    case Op::either: return joined(of, Level::either, " or ", level);
    case Op::negated: return "! " + print(of.parts.front(), Level::primary);
  }
  return "";
}

}  // namespace

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return out;
}

std::string to_text(const Requirement& requirement) { return print(requirement, Level::either); }

}  // namespace gopol::providers::tcc

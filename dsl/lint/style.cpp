#include "dsl/lint/style.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "dsl/lint/edit.h"
#include "dsl/lint/lint.h"
#include "dsl/syntax/views.h"

namespace gopol::dsl::lint {
namespace {

constexpr std::ptrdiff_t longest_profile = 300;  // lines

/// What a text refers to: the first words of its references, and the imports it extends.
std::unordered_set<std::string_view> used_names(const Tree& tree) {
  std::unordered_set<std::string_view> out;
  for (std::uint32_t at = 0; at < tree.nodes.size(); ++at) {
    const View view(tree, at);
    if (const auto reference = view.as<Ref>()) out.insert(reference.head().text);
    const auto extension = view.as<Extension>();
    if (!extension) continue;
    const auto parts = extension.name().parts();
    if (parts.size() > 1) out.insert(parts.front().text);
  }
  return out;
}

Diagnostic unused(const View& item, SourceSpan at, std::string_view what, std::string_view name) {
  return fixed(finding(at, fmt::format("nothing uses the {} `{}`", what, name), "used by nothing"),
               "remove it", {{whole_lines(item.tree(), item.span()), ""}});
}

void find_unused(const Tree& tree, Diagnostics& out) {
  if (!has_token(tree, TokenKind::kw_let) && !has_token(tree, TokenKind::kw_import)) return;
  const auto used = used_names(tree);
  for (std::uint32_t at = 0; at < tree.nodes.size(); ++at) {
    const View view(tree, at);
    if (const auto let = view.as<Let>()) {
      if (!used.contains(let.name().text))
        out.push_back(unused(let, let.name().span, "variable", let.name().text));
    } else if (const auto import = view.as<Import>()) {
      const std::string name = name_of(import);
      if (!used.contains(name)) out.push_back(unused(import, import.span(), "import", name));
    }
  }
}

bool is_snake_case(std::string_view name) {
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// `goToolchain` → go_toolchain.
std::string snake_case(std::string_view name) {
  std::string out;
  bool after_lower = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && after_lower) out += '_';
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    after_lower = !upper && c != '_';
  }
  return out;
}

/// The name that an item gives; nothing if it gives none.
Word given_name(const View& view) {
  switch (view.kind()) {
    case NodeKind::rule: return view.as<Rule>().name();
    case NodeKind::profile: return view.as<Profile>().name();
    case NodeKind::let: return view.as<Let>().name();
    case NodeKind::param: return view.as<Param>().name();
    case NodeKind::label: return view.as<LabelDeclaration>().name();
    case NodeKind::assert_item: return view.as<Assert>().name();
    case NodeKind::import: return view.as<Import>().alias();
    case NodeKind::for_each: return view.as<For>().variable();
    default: return {};
  }
}

}  // namespace

Diagnostics unused_names(const Subject& subject) {
  Diagnostics out;
  for (const Module& module : subject.program.modules) {
    if (module.root) find_unused(*module.tree, out);
  }
  return out;
}

Diagnostics odd_names(const Subject& subject) {
  Diagnostics out;
  for_all<View>(subject.program, [&](const View& view) {
    const Word name = given_name(view);
    if (!name || is_snake_case(name.text)) return;
    out.push_back(finding(name.span, fmt::format("`{}` is not in snake_case", name.text), "",
                          fmt::format("call it `{}`", snake_case(name.text))));
  });
  return out;
}

Diagnostics long_profiles(const Subject& subject) {
  Diagnostics out;
  for_all<Profile>(subject.program, [&](Profile profile) {
    const std::string_view text = profile.text();
    const auto lines = std::count(text.begin(), text.end(), '\n') + 1;
    if (lines <= longest_profile) return;
    out.push_back(finding(profile.name().span,
                          fmt::format("`{}` has {} lines", profile.name().text, lines),
                          fmt::format("more than {}", longest_profile),
                          "split it into profiles that `extends` joins"));
  });
  return out;
}

}  // namespace gopol::dsl::lint

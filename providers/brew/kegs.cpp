#include "providers/brew/kegs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "engine/encoding/json.h"
#include "providers/read/go_text.h"
#include "providers/read/reading.h"

namespace gopol::providers::brew {
namespace {

using dsl::Path;
using dsl::Version;
using engine::FileStatus;
using engine::Host;
using engine::detail::Json;

Version keg_version(std::string_view folder) {
  return {std::string(folder), dsl::VersionScheme::brew};
}

/// Folders that hold something: brew ignores files and what an aborted removal left empty.
dsl::Result<std::vector<Version>> kegs_in(const Path& rack, const Host& host) {
  const auto names = host.disk().list(rack);
  if (!names) return names.error();
  std::vector<Version> out;
  for (const std::string& name : *names) {
    const auto status = host.disk().stat(rack / name);
    if (!status) return status.error();
    if (status->type != FileStatus::Type::folder || name.starts_with('.')) continue;
    const auto inside = host.disk().list(rack / name);
    if (!inside) return inside.error();
    if (!inside->empty()) out.push_back(keg_version(name));
  }
  std::sort(out.begin(), out.end(),
            [](const Version& a, const Version& b) { return dsl::compare(a, b) < 0; });
  return out;
}

/// The keg that a link of brew's leads to: the last part of its target.
std::optional<Version> keg_behind(const Path& link, Formula& formula, const Host& host) {
  const auto target = host.disk().read_link(link);
  if (!target) formula.trouble = unknown(target.error());
  if (!target || !*target) return {};
  const Version keg = keg_version(Path(**target).name());
  const auto same = [&](const Version& one) { return one.text == keg.text; };
  if (std::any_of(formula.kegs.begin(), formula.kegs.end(), same)) return keg;
  if (!formula.kegs.empty())
    formula.dead_links.push_back(
        fmt::format("{} leads to {}, which is not installed", link.text, keg.text));
  return {};
}

/// opt has a link for each alias too: `opt/golang` leads into the rack of `go`.
std::string rack_behind(const Path& link, const Host& host) {
  const auto real = host.disk().resolve(link);
  return real && *real ? std::string((*real)->parent().name()) : std::string();
}

void read_pin(const Path& link, const Host& host, Formula& out) {
  const auto status = host.disk().stat(link);
  if (!status) out.trouble = unknown(status.error());
  out.pinned = status && status->type == FileStatus::Type::symlink;
  if (!out.pinned) return;
  const auto real = host.disk().resolve(link);
  if (real && !*real) out.findings.push_back(fmt::format("the pin {} leads nowhere", link.text));
}

/// A key of another kind than Homebrew writes is trouble; one that is missing or null is not.
std::optional<bool> flag_in(const Json& top, const char* name, dsl::Value& trouble) {
  const Json* found = engine::detail::find(top, name);
  if (found == nullptr || found->is_null()) return {};
  if (found->is_boolean()) return found->get<bool>();
  trouble =
      dsl::Unknown{fmt::format("`{}` in its INSTALL_RECEIPT.json is not understood", name), ""};
  return {};
}

std::optional<std::string> text_in(const Json& top, const char* name, dsl::Value& trouble) {
  const Json* found = engine::detail::find(top, name);
  if (found == nullptr || found->is_null()) return {};
  if (found->is_string() && !found->get<std::string>().empty()) return found->get<std::string>();
  trouble =
      dsl::Unknown{fmt::format("`{}` in its INSTALL_RECEIPT.json is not understood", name), ""};
  return {};
}

}  // namespace

bool is_formula_name(std::string_view name) {
  const auto parts = go::split(name, '/');
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  const auto good = [&](std::string_view part) {
    return !part.empty() && is_letter(part.front()) &&
           std::all_of(part.begin(), part.end(), [&](char c) {
             return is_letter(c) || std::string_view("@+._-").find(c) != std::string_view::npos;
           });
  };
  return (parts.size() == 1 || parts.size() == 3) && std::all_of(parts.begin(), parts.end(), good);
}

std::string short_name(std::string_view name) { return std::string(Path(name).name()); }

Formula read_formula(const Prefix& prefix, std::string_view name, const Host& host) {
  const std::string folder = short_name(name);
  Formula out;
  auto kegs = kegs_in(prefix.path / "Cellar" / folder, host);
  if (!kegs) {
    out.trouble = unknown(kegs.error());
    return out;
  }
  out.kegs = std::move(*kegs);
  const Path opt = prefix.path / "opt" / folder;
  if (out.kegs.empty()) {
    out.other_name = rack_behind(opt, host);
    if (out.other_name == folder) out.other_name.clear();
  }
  out.linked = keg_behind(prefix.path / "var/homebrew/linked" / folder, out, host);
  const auto in_opt = keg_behind(opt, out, host);
  out.active = out.linked ? out.linked : in_opt;
  if (!out.active && !out.kegs.empty()) out.active = out.kegs.back();
  read_pin(prefix.path / "var/homebrew/pinned" / folder, host, out);
  return out;
}

std::vector<std::string> installed_formulae(const Prefix& prefix, const Host& host) {
  const auto racks = host.disk().list(prefix.path / "Cellar");
  if (!racks) return {};
  std::vector<std::string> out;
  for (const std::string& rack : *racks) {
    const auto kegs = kegs_in(prefix.path / "Cellar" / rack, host);
    if (kegs && !kegs->empty()) out.push_back(rack);
  }
  return out;
}

KegReceipt parse_receipt(std::string_view json) {
  const auto top = engine::detail::parse_json(json);
  KegReceipt out;
  if (!top || !top->is_object()) {
    out.trouble = dsl::Unknown{"its INSTALL_RECEIPT.json is no receipt", "install it again"};
    return out;
  }
  out.arch = text_in(*top, "arch", out.trouble);
  out.on_request = flag_in(*top, "installed_on_request", out.trouble);
  out.from_bottle = flag_in(*top, "poured_from_bottle", out.trouble);
  if (const Json* source = engine::detail::find(*top, "source"))
    out.tap = text_in(*source, "tap", out.trouble);
  return out;
}

KegReceipt read_receipt(const Prefix& prefix, std::string_view name, const Version& keg,
                        const Host& host) {
  const FileText text = read_text(
      host, prefix.path / "Cellar" / short_name(name) / keg.text / "INSTALL_RECEIPT.json");
  if (text.there) return parse_receipt(text.text);
  KegReceipt out;
  if (text.why_not.is_unknown()) out.trouble = text.why_not;
  return out;
}

std::optional<Path> kept_bottle(std::string_view name, const Version& keg, const Host& host) {
  const Path cache = host.system().user().home / "Library/Caches/Homebrew/downloads";
  const auto files = host.disk().list(cache);
  if (!files) return {};
  const std::string folder = short_name(name);
  for (const std::string& file : *files) {
    const std::string_view rest = std::string_view(file).substr(std::min(
        file.find("--") == std::string::npos ? file.size() : file.find("--") + 2, file.size()));
    const bool named = rest.starts_with(fmt::format("{}--{}.", folder, keg.text)) ||
                       rest.starts_with(fmt::format("{}-{}.", folder, keg.text));
    if (named && rest.find(".bottle.") != std::string_view::npos && rest.ends_with(".tar.gz"))
      return cache / file;
  }
  return {};
}

}  // namespace gopol::providers::brew

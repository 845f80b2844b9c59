#include "providers/machine/binary.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "providers/go/run/binary_arch.h"
#include "providers/macho/code_signature.h"
#include "providers/macho/image.h"
#include "providers/read/fact_schema.h"
#include "providers/read/mac.h"
#include "providers/read/reading.h"
#include "providers/read/slot_provider.h"

namespace gopol::providers {
namespace {

using dsl::Absent;
using dsl::Unknown;

constexpr const char* binary_advice =
    "build or install the program anew; gopol changes no binaries";

dsl::AttributeSchema said(std::string name, dsl::Type type, std::string doc) {
  return may_be_unknown(
      may_be_absent(verified(std::move(name), std::move(type), std::move(doc), binary_advice)));
}

dsl::Schema binary_schema() {
  const dsl::Type apple = version(dsl::VersionScheme::apple);
  dsl::Schema out = family(
      "binary",
      "what a program's file claims; of a universal one, of the part that this machine would run. "
      "Whether a signature is valid only macOS can say",
      path());
  out.attributes = {
      said("arch", list(), "what it is built for, in the file's order: [arm64, x86_64]"),
      said("cdhash", text(), "the hash that an ad-hoc signature is known by"),
      said("format", word({"macho", "elf", "other"}), "what kind of file it is"),
      said("identifier", text(), "the name in its signature; `a.out` of what Go's linker signs"),
      said("minos", apple, "the oldest macOS that starts it"),
      said("sdk", apple, "the SDK it was linked with"),
      said("signed", boolean(), "whether it carries a signature, of whatever kind"),
      said("signature", word({"none", "linker", "adhoc", "certificate"}),
           "`linker`: made by a linker; `adhoc`: by nobody in particular"),
      said("team", text(), "the team that its signature names; proves nothing by itself"),
      said("uuid", text(), "LC_UUID; without one macOS 15 and 26 make trouble")};
  return out;
}

/// One file, as far as it could be read.
struct Seen {
  Value trouble;  ///< Unknown, or Absent for all: not there
  bool there = false;
  std::string format = "other";
  dsl::List archs = {};
  std::optional<macho::Image> image = {};  ///< the one that this machine would run
  std::optional<tcc::CodeIdentity> signature = {};
  bool was_changed = false;  ///< its pages are others than the signature says
};

/// Whether anything that rests on the signature is asked for: then all of the file is read.
bool asks_for_signature(const engine::Query& query) {
  return std::any_of(query.slots.begin(), query.slots.end(), [](const Slot& slot) {
    const std::string& name = slot.attribute;
    return name == "cdhash" || name == "identifier" || name == "signature" || name == "team";
  });
}

bool is_elf(std::string_view head) {
  return head.starts_with(
      "\x7f"
      "ELF");
}

/// Of the architectures of a universal file, the one that this machine would run; a file of one is
/// described wherever it runs.
std::optional<macho::Image> chosen(const std::vector<macho::Image>& images, const Host& host) {
  if (images.size() == 1) return images.front();
  std::vector<macho::Slice> parts;
  for (const macho::Image& one : images) parts.push_back(one.slice);
  const std::string machine = is_apple_silicon(host) ? "arm64" : host.system().machine();
  const auto at = macho::part_that_runs(parts, machine == "aarch64" ? "arm64" : machine);
  return at ? std::optional(images[*at]) : std::nullopt;
}

Seen look_into(const Path& file, bool whole, const Host& host) {
  Seen out;
  const auto status = host.disk().stat_target(file);
  if (!status) return {.trouble = unknown(status.error())};
  if (status->type == engine::FileStatus::Type::absent) return out;
  out.there = true;
  if (status->type != engine::FileStatus::Type::regular) return out;
  const auto head = host.disk().read(file, {0, go::binary_head});
  if (!head) return {.trouble = unknown(head.error())};
  if (*head && is_elf(**head)) {
    out.format = "elf";
    for (const std::string& arch : go::binary_archs(**head, status->size))
      out.archs.items.push_back(arch == "amd64" ? "x86_64" : arch == "386" ? "i386" : arch);
    return out;
  }
  const auto images = macho::read_images(host.disk(), file);
  if (!images) return {.trouble = unknown(images.error())};
  if (images->empty()) return out;
  out.format = "macho";
  for (const macho::Image& one : *images) out.archs.items.push_back(macho::arch_name(one.slice));
  out.image = chosen(*images, host);
  if (const auto content = macho::content_of(host.disk(), file); content && out.image) {
    out.signature = tcc::read_signature(*content, *out.image);
    out.was_changed = whole && tcc::has_intact_pages(*content, *out.image) == false;
  }
  return out;
}

Value version_or_absent(const std::optional<dsl::Version>& version) {
  return version ? Value(*version) : Value(Absent{});
}

Value text_or_absent(const std::string& text) {
  return text.empty() ? Value(Absent{}) : Value(text);
}

Value of_build(const std::string& attribute, const macho::Image& image) {
  for (const macho::Build& build : image.builds) {
    if (build.platform == macho::platform_macos)
      return version_or_absent(attribute == "sdk" ? build.sdk : build.minos);
  }
  return Absent{};
}

Value kind_of(const Seen& seen) {
  if (!seen.image->signature) return "none";
  if (!seen.signature) return Unknown{"its signature is damaged, or of a form not known here", ""};
  if (seen.was_changed) return Unknown{"it was changed after it was signed", ""};
  if (seen.signature->has_certificate) return "certificate";
  return (seen.signature->flags & tcc::flag_linker_signed) != 0 ? "linker" : "adhoc";
}

Value not_looked_at(const macho::Image& image) {
  if (image.form == macho::Image::Form::archive)
    return Unknown{"it is a static library, an archive of object files", ""};
  return Unknown{"it is for a processor that no Mac has had since 2006", ""};
}

Value value_of(const std::string& attribute, const Seen& seen) {
  if (!seen.there || seen.trouble.is_unknown()) return seen.trouble;
  if (attribute == "format") return seen.format;
  if (attribute == "arch") return seen.format == "other" ? Value(Absent{}) : Value(seen.archs);
  if (!seen.image && seen.format == "macho")
    return Unknown{"this machine runs none of its parts", "look at `arch`"};
  if (!seen.image) return Absent{};
  if (seen.image->form != macho::Image::Form::image) return not_looked_at(*seen.image);
  if (attribute == "minos" || attribute == "sdk") return of_build(attribute, *seen.image);
  if (attribute == "uuid") return text_or_absent(seen.image->uuid);
  if (attribute == "signed") return seen.image->signature.has_value();
  if (attribute == "signature") return kind_of(seen);
  if (!seen.signature || seen.was_changed)
    return kind_of(seen).is_unknown() ? kind_of(seen) : Value(Absent{});
  if (attribute == "identifier") return text_or_absent(seen.signature->identifier);
  if (attribute == "team") return text_or_absent(seen.signature->team);
  return text_or_absent(seen.signature->cdhash);
}

Seen open_binary(const std::string& key, const engine::Query& query, const Host& host) {
  return look_into(Path(key), asks_for_signature(query), host);
}

Observation read_binary(const Slot& slot, const Seen& seen, const Host&) {
  return {.slot = slot, .value = value_of(slot.attribute, seen), .origin = slot.key};
}

}  // namespace

std::unique_ptr<engine::Provider> binary_provider() {
  return facts<SharedByKey<open_binary, read_binary>>(binary_schema());
}

}  // namespace gopol::providers

#include "cli/workspace/import_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "dsl/policy/fit.h"
#include "dsl/policy/spell.h"
#include "dsl/value/secret.h"
#include "engine/plan/disclosure.h"

namespace gopol::cli {
namespace {

using dsl::AttributeSchema;
using dsl::Schema;
using engine::Slot;

/// One comment may hold one line of a schema's text.
std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

class Import {
 public:
  Import(const engine::World& world, engine::Facts& facts)
      : providers_(world.providers), host_(world.host), facts_(facts) {}

  std::string text() {
    const std::string body = rules();
    std::string out = fmt::format(
        "gopol 1.0\n"
        "# What {} was on {}: {} {}, {}. Made by `gopol import`; applying it there changes\n"
        "# nothing. Say why in each rule, and make `when` as wide as it shall be.\n",
        text_of({"machine", "", "name", ""}), text_of({"run", "", "date", ""}),
        text_of({"os", "", "family", ""}), text_of({"os", "", "version", ""}),
        text_of({"cpu", "", "arch", ""}));
    return out +
           fmt::format("profile machine {{\n  when os.family == {} and cpu.arch == {}\n\n{}}}\n",
                       text_of({"os", "", "family", ""}), text_of({"cpu", "", "arch", ""}), body);
  }

  /// For this very machine, with the Go that runs at home as its pin.
  std::string exactly() {
    const std::string version = text_of({"os", "", "version", ""}), body = rules();
    return fmt::format(
        "gopol 1.0\nprofile machine {{\n  when os.family == {} and cpu.arch == {} and os.version "
        "in {} "
        ".. {}\n\n{}{}}}\n",
        text_of({"os", "", "family", ""}), text_of({"cpu", "", "arch", ""}), version, version, body,
        running_go());
  }

 private:
  std::string rules() {
    home_ = text_of({"user", "", "home", ""});
    std::string out;
    for (const auto& provider : providers_) out += family(*provider);
    return out;
  }

  std::string running_go() {
    const Slot version{"go.effective", home_, "version", ""},
        path{"go.effective", home_, "path", ""};
    const auto* seen = look(version);
    if (seen == nullptr || !seen->value.is_known()) return {};
    std::string arch;
    const auto program = host_.disk().resolve(dsl::Path(text_of(path)));
    for (const auto& provider : providers_) {
      if (provider->schema().family != "go.toolchain") continue;
      for (const std::string& key : provider->keys(host_)) {
        if (!program || !*program || !(*program)->is_within(dsl::Path(key))) continue;
        const auto* built_for = look({"go.toolchain", key, "arch", ""});
        if (built_for != nullptr && built_for->value.is_known())
          arch = "  arch = " + dsl::to_text(built_for->value);
      }
    }
    return fmt::format("  enforce runs {{ go.toolchain \"default\" {{ version = {}{} }} }}\n",
                       text_of(version), arch);
  }

  const engine::Observation* look(const Slot& slot) {
    const engine::Wish wish{slot};
    engine::collect(std::span(&wish, 1), providers_, host_, facts_);
    return facts_.find(slot);
  }

  std::string text_of(const Slot& slot) {
    const auto* seen = look(slot);
    return seen != nullptr && seen->value.is_known() ? dsl::to_text(seen->value) : "unknown";
  }

  /// The keys that a policy can name: those of the listing that are no places of their own.
  std::vector<std::string> keys_of(const engine::Provider& provider) const {
    const Schema& schema = provider.schema();
    if (!schema.key) return {""};
    std::vector<std::string> out;
    for (std::string& key : provider.keys(host_)) {
      const bool place = schema.key->kind == dsl::TypeKind::text && key.starts_with('/');
      if (!place) out.push_back(std::move(key));
    }
    return out;
  }

  /// What is there beside what a policy can name, for whoever writes one.
  std::string others(const engine::Provider& provider) {
    const Schema& schema = provider.schema();
    std::string out;
    if (!schema.key || schema.key->kind != dsl::TypeKind::text) return out;
    for (const std::string& key : provider.keys(host_)) {
      if (!key.starts_with('/')) continue;
      std::string line = fmt::format("  # {} {}", schema.family, key);
      for (const AttributeSchema& attribute : schema.attributes) {
        const auto* seen = look({schema.family, key, attribute.name, ""});
        if (seen == nullptr || !seen->value.is_known() || seen->value.as<dsl::Path>() != nullptr)
          continue;
        line += fmt::format(", {} {}", attribute.name, one_line(dsl::to_text(seen->value)));
      }
      out += line + "\n";
    }
    return out;
  }

  /// Of a family with a default resource, what its resources are says more.
  static bool is_told_by_presence(const Schema& schema) {
    return schema.existence &&
           std::none_of(schema.attributes.begin(), schema.attributes.end(),
                        [](const auto& one) { return !one.implied_for.empty(); });
  }

  std::string family(const engine::Provider& provider) {
    const Schema& schema = provider.schema();
    std::string enforced;
    std::vector<std::string> present;
    for (const std::string& key : keys_of(provider)) {
      if (is_told_by_presence(schema)) {
        const auto* seen = look({schema.family, key, "exists", ""});
        if (seen != nullptr && seen->value == dsl::Value(true)) present.push_back(key);
        continue;
      }
      enforced += resource(schema, key);
    }
    if (!present.empty()) enforced += presence(schema, present);
    const std::string seen = others(provider);
    return rule(schema, enforced) + seen + (seen.empty() ? "" : "\n");
  }

  static std::string presence(const Schema& schema, const std::vector<std::string>& keys) {
    if (!schema.key) return fmt::format("    {} present\n", schema.family);
    std::vector<std::string> quoted;
    for (const std::string& key : keys) quoted.push_back(dsl::quoted(key));
    return fmt::format("    {} [{}] present\n", schema.family, fmt::join(quoted, ", "));
  }

  static std::string rule(const Schema& schema, const std::string& body) {
    if (body.empty()) return {};
    std::string name = schema.family;
    std::replace(name.begin(), name.end(), '.', '_');
    return fmt::format("  # {}\n  enforce {} {{\n    because \"as it was found\"\n{}  }}\n\n",
                       one_line(schema.doc), name, body);
  }

  /// What is set of one resource, as far as a rule could set it.
  std::string resource(const Schema& schema, const std::string& key) {
    std::string out;
    bool there = false;  // a resource of which all is false is none
    for (const AttributeSchema& attribute : schema.attributes) {
      if (!attribute.assertable || attribute.input || attribute.indexed) continue;
      if (!attribute.writable) continue;
      const auto* seen = look({schema.family, key, attribute.name, ""});
      if (seen == nullptr || !seen->value.is_known() || seen->inherited) continue;
      const std::string value = dsl::spelled(seen->value, attribute.type, home_);
      if (value.empty()) continue;
      if (holds_secret(seen->slot, seen->value)) {
        out += fmt::format("      # {} is left out: it may hold a secret\n", attribute.name);
        continue;
      }
      if (const auto why = misfit(attribute, seen->value)) {
        out += fmt::format("      # {} is {}: {}\n", attribute.name,
                           one_line(dsl::to_text(seen->value)), one_line(why->message));
        continue;
      }
      there = there || seen->value != dsl::Value(false);
      out += fmt::format("      {} {} {}{}\n", attribute.name, sign_of(attribute), value,
                         seen->origin.empty() ? "" : "  # " + one_line(seen->origin));
    }
    if (!there) return {};
    const std::string name =
        schema.key ? fmt::format("{} {}", schema.family, dsl::quoted(key)) : schema.family.text();
    return fmt::format("    {} {{\n{}    }}\n", name, out);
  }

  /// A policy is read by many: what may hold a secret stays on the machine.
  static bool holds_secret(const Slot& slot, const dsl::Value& value) {
    return !(engine::shown(slot, value) == value) ||
           !dsl::secrets_in(dsl::to_text(value)).empty() ||
           !dsl::secrets_in(slot.key.text()).empty();
  }

  /// Apple's software moves on by itself: what was found is the least there shall be.
  static std::string_view sign_of(const AttributeSchema& attribute) {
    const bool apple = attribute.type.kind == dsl::TypeKind::version &&
                       attribute.type.scheme == dsl::VersionScheme::apple;
    return apple ? ">=" : "=";
  }

  const engine::Providers& providers_;
  const engine::Host& host_;
  engine::Facts& facts_;
  std::string home_;
};

}  // namespace

std::string import_text(const engine::World& world, engine::Facts& facts) {
  return Import(world, facts).text();
}

std::string exact_import_text(const engine::World& world, engine::Facts& facts) {
  return Import(world, facts).exactly();
}

}  // namespace gopol::cli

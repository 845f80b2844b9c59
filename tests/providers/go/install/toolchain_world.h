#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/encoding/sha256.h"
#include "providers/go/install/toolchain.h"
#include "tests/go_mirror.h"
#include "tests/made_up_host.h"
#include "tests/make.h"

namespace gopol::tests {

using dsl::Path;
using dsl::Value;
using dsl::Version;
using engine::Change;
using engine::Host;

inline const std::string own = "home/ann/.local/share/gopol/go";

inline Version go_version(const std::string& bare) { return {bare, dsl::VersionScheme::go}; }

inline engine::Assignment assignment(const std::string& attribute, Value from, Value to) {
  dsl::Allowed allowed;
  if (to.is_known()) allowed.one_of = std::vector<Value>{to};
  return {{"go.toolchain", "default", attribute, ""},
          std::move(from),
          std::move(to),
          std::move(allowed)};
}

/// A change of `version`, with inputs.
inline Change pin(const std::string& version, const std::map<std::string, Value>& inputs = {}) {
  Change out{
      "go.toolchain", "default", {assignment("version", dsl::Absent{}, go_version(version))}, {}};
  out.wanted = out.assignments;
  for (const auto& [name, value] : inputs) out.wanted.push_back(assignment(name, value, value));
  return out;
}

inline Value seen(const engine::Provider& provider, const Host& host, const std::string& attribute,
                  const std::string& key = "default") {
  return provider.observe({{{"go.toolchain", key, attribute, ""}}, {}}, host).front().value;
}

inline std::string message(const dsl::Result<Made>& result) {
  return result ? "" : result.error().front().message.text();
}

/// A machine, a file mirror with one Go, and the provider that uses it.
struct GoWorld {
  TempFolder temp;
  std::unique_ptr<engine::Provider> provider;
  std::string hash;

  explicit GoWorld(const TinyGo& go = {}, const TinyGo& inside = {}) {
    const std::string archive = archive_of(inside, temp);
    hash = engine::sha256(archive);
    temp.write("mirror/" + file_name(go), archive);
    temp.write("mirror/index.json", index_of(go, hash));
    temp.write("root/etc/hostname", "anns\n");
    set(true);
  }
  void set(bool trust_index, const Path& share = {}) {
    provider =
        providers::go::toolchain_provider({"file://" + (temp / "mirror").text, trust_index, share});
  }
  Host host(MadeUpSystem system = {}) const {
    return made_up_host(temp / "root", std::move(system));
  }
  std::string read(const std::string& name) const { return temp.read("root/" + name); }
  bool has(const std::string& name) const { return temp.has("root/" + name); }
};

}  // namespace gopol::tests

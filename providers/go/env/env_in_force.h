#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "providers/go/env/env_variables.h"
#include "providers/go/env/env_view.h"
#include "providers/path/in_force.h"

namespace gopol::providers::go {

/// What go makes of its variables in a session, given what its files say. Borrows all it is made
/// of.
class EnvInSessions {
 public:
  EnvInSessions(const engine::Host& host, const GoRelease& go, AskLogin login, const EnvView& files)
      : host_(host), go_(go), login_(std::move(login)), files_(files) {}

  /// Nothing: it is `written` there too, or what the files make of it.
  std::optional<Met> met(const shell::LoginPath& session, const EnvVariable& variable,
                         const dsl::Value& written) const;

 private:
  std::vector<std::string_view> deciding(std::string_view name) const;
  const EnvView& view(const shell::LoginPath& session) const;
  std::string origin(const shell::LoginPath& session, std::string_view name) const;

  const engine::Host& host_;
  const GoRelease& go_;
  AskLogin login_;
  const EnvView& files_;
  mutable std::map<const shell::LoginPath*, EnvView> views_;  ///< those that were needed
};

}  // namespace gopol::providers::go

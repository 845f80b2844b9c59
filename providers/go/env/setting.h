#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/host/host.h"
#include "providers/go/env/env_file.h"
#include "providers/go/env/env_view.h"
#include "providers/read/reading.h"
#include "providers/shell/session/login_path.h"

namespace gopol::providers::go {

/// What one layer says of a variable of go.
struct SettingLayer {
  std::string name;                 ///< process, login shell, user file, go.env, built in
  std::optional<std::string> text;  ///< nothing: the layer does not say
  std::string place;                ///< FILE or FILE:LINE; empty: none has one
  bool wins = false;
};

/// A variable of go as a command has it, and every layer that was asked, in order.
struct Setting {
  std::string value, place;
  std::vector<SettingLayer> layers;
  std::optional<dsl::Unknown> unknown = {};  ///< given: a layer cannot be read

  const SettingLayer& winner() const;
};

/// The variables of go on a machine: the process environment and what a login shell's files export
/// (an empty one counts as unset), then the user's env file, then the toolchain's go.env.
/// Source: cmd/go/internal/cfg.Getenv and EnvFile.
class Variables {
 public:
  /// `goroot`: the tree of the go that is started; empty if it is not known.
  Variables(const engine::Host& host, const shell::LoginPath& login, const dsl::Path& goroot);

  /// `built_in` is what go takes where nothing is said, or an empty line of a variable that cannot
  /// be empty.
  Setting find(std::string_view name, std::string_view built_in) const;
  /// Of the environment alone: what other programs than go read.
  std::optional<SettingLayer> environment(std::string_view name) const;
  const dsl::Path& goroot() const { return goroot_; }
  int minor() const { return go_.minor; }  ///< of the go that is started; 0: not known

 private:
  struct File {
    std::string layer;
    dsl::Path path;
    FileText text;
    EnvFile kind;
  };
  void read_files();
  static SettingLayer layer_of(const File& file, std::string_view name);

  const engine::Host& host_;
  const shell::LoginPath& login_;
  GoRelease go_;
  dsl::Path goroot_;  ///< its own, or the one that is set by hand
  std::vector<File> files_;
};

/// Where go keeps what it downloads. Unknown if a file that may say so cannot be read.
dsl::Value module_cache(const Variables& variables, const engine::Host& host);

}  // namespace gopol::providers::go

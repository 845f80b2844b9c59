#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/host/host.h"
#include "providers/read/reading.h"
#include "providers/shell/session/login_path.h"

namespace gopol::providers::go {

/// A Go by its tree, as far as the meaning of its variables depends on it.
struct GoRelease {
  dsl::Path root;    ///< empty: no Go is known
  std::string name;  ///< go1.22.4
  int minor = 0;     ///< 22; 0: not known
};

/// 22 of `go1.22.4`; 0 if it is no version from 1.16 on.
int go_minor(std::string_view name);

/// Up to 1.20 there was no `$GOROOT/go.env`: go knew its defaults. Not so of a Go that is not
/// known.
bool is_before_go_env(const GoRelease& go);

/// Of `$GOROOT/VERSION`.
GoRelease release_in(const engine::Host& host, const dsl::Path& root);

/// PATH of a login shell, read when it is first asked for: most variables do not depend on it.
using AskLogin = std::function<const shell::LoginPath&()>;

/// The Go whose variables are meant: behind gopol's link, else the one that a login shell starts.
GoRelease release_of_user(const engine::Host& host, const AskLogin& login);

/// Since 1.21 the variable has its default in `$GOROOT/go.env` alone: an empty line hides it, and
/// without that file there is none.
bool is_set_by_toolchain(std::string_view name);

/// Where a variable is set.
struct EnvSaid {
  enum class Layer { process, user_file, toolchain };
  Layer layer = Layer::user_file;
  std::string text;  ///< may be empty
  dsl::Path file;    ///< none of the process
};

/// The variables of go as one process of it has them. Source: cmd/go/internal/cfg (Getenv, EnvOr,
/// initEnvCache, findGOROOT), cmd/go/internal/envcmd.MkEnv.
class EnvView {
 public:
  using Environment = std::function<std::string(std::string_view)>;  ///< empty: it is not set

  EnvView(const engine::Host& host, AskLogin login, GoRelease go, Environment environment);

  std::optional<EnvSaid> said(std::string_view name) const;  ///< the layer that wins
  /// What go takes: what is said, or its default. Of some variables an empty text, or one that is
  /// no value at all, is the default too.
  std::string text(std::string_view name) const;
  /// What go takes where nothing is said, or an empty line.
  std::string fallback(std::string_view name) const;
  const FileText& user_file() const { return user_; }
  const dsl::Path& user_path() const { return user_path_; }
  const dsl::Path& toolchain_path() const { return toolchain_path_; }

 private:
  std::string compiler(std::string_view of_clang, std::string_view of_gcc) const;
  std::string cgo() const;
  std::string in_first_gopath(std::string_view name) const;
  std::string cache() const;

  const engine::Host& host_;
  AskLogin login_;
  GoRelease go_;
  Environment environment_;
  FileText user_, toolchain_;
  dsl::Path user_path_, toolchain_path_;
};

}  // namespace gopol::providers::go

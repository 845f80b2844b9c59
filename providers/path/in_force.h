#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/plan/provider.h"
#include "providers/shell/path_edits.h"
#include "providers/shell/session/login_path.h"

namespace gopol::providers {

/// What a session makes of a slot, and the FILE:LINE that does it.
struct Met {
  dsl::Value value;  ///< Unknown: files cannot tell
  std::string origin;
};
/// Of one session; nothing: what is written reaches it.
using AskSession = std::function<std::optional<Met>(const shell::LoginPath&)>;

/// Where somebody works: the user's login shell, and a terminal's. Each is read when it is first
/// asked for; `host` must outlive it. Who asks whether something is in force asks here.
class WorkSessions {
 public:
  explicit WorkSessions(const engine::Host& host) : host_(host) {}

  const shell::LoginPath& login() const;
  const shell::LoginPath& terminal() const;
  /// Where a slot is not what is written; both as one if they agree.
  dsl::SharedList<engine::Elsewhere> elsewhere(const AskSession& ask) const;
  /// Only in a terminal.
  dsl::SharedList<engine::Elsewhere> elsewhere_in_terminal(const AskSession& ask) const;

 private:
  const engine::Host& host_;
  mutable std::optional<shell::LoginPath> login_, terminal_;
};

/// How much of it is out of force: what is defeated counts more than what cannot be told.
std::size_t weight_of(const dsl::SharedList<engine::Elsewhere>& places);

/// Of a variable of a session that is not known. If it is any variable, because code ran that
/// nobody followed, no name stands in the reason, many slots share it, and there is no origin.
Met untold(const shell::LoginPath& session, const shell::ShellVariable& variable);

/// A variable that a block sets, or (Absent) does not.
AskSession asks_variable(std::string_view name, dsl::Value written);

/// The folder in which a program is found before any other, given that it is in `folder`.
AskSession asks_first_with(std::string_view program, dsl::Path folder, const engine::Host& host);

/// `first`, `before` or `absent` of what a block does to PATH; `others`: a folder that another
/// block of gopol's puts in front does not count.
AskSession asks_path(std::string_view attribute, shell::PathEdits edits,
                     std::optional<dsl::Path> others);

}  // namespace gopol::providers

#pragma once

#include <git2.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gopol::engine::net {

/// What one connection tries when a server asks who we are, each thing once: $GOPOL_TOKEN and then
/// git's own credential helpers over https; the ssh agent and then the keys in ~/.ssh over ssh.
/// Nothing is sent over a wire that anybody can read, nor to another host than the address names.
class Credentials {
 public:
  explicit Credentials(std::string url);

  /// libgit2's git_credential_acquire_cb; `self` is a Credentials.
  static int acquire(git_credential** out, const char* url, const char* user, unsigned allowed,
                     void* self);

 private:
  int answer(git_credential** out, const std::string& url, const char* user, unsigned allowed);
  int key(git_credential** out, const std::string& user);
  int password(git_credential** out, const std::string& url, const char* user);
  int give_up(const std::string& url) const;

  std::string url_;
  std::vector<std::string> tried_;
};

/// `git.example:8443` of https://ann@git.example:8443/x; empty if there is none.
std::string host_in(std::string_view url);

}  // namespace gopol::engine::net

#include "engine/net/git/credentials.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "dsl/value/address.h"
#include "engine/net/route.h"
#include "engine/net/stop.h"
#include "engine/real/programs.h"

namespace gopol::engine::net {
namespace {

constexpr std::chrono::seconds helper_patience{60};  // a helper may ask its person

struct Login {
  std::string user, secret;
};

std::string user_in(std::string_view url) {
  const auto address = dsl::split_address(url);
  if (!address || !address->login) return "";
  return std::string(address->login->substr(0, address->login->find(':')));
}

bool exists(const std::string& file) { return ::access(file.c_str(), X_OK) == 0; }

/// On a Mac without developer tools /usr/bin/git is a stub that opens a window.
bool is_stub(const std::string& file) {
  return file == "/usr/bin/git" && exists("/System/Library/CoreServices") &&
         !exists("/Library/Developer/CommandLineTools/usr/bin/git") &&
         !exists("/Applications/Xcode.app/Contents/Developer/usr/bin/git");
}

std::string git_program() {
  std::string_view path = "/usr/bin:/usr/local/bin:/opt/homebrew/bin";
  const std::string own = variable("PATH");
  if (!own.empty()) path = own;
  while (!path.empty()) {
    const std::size_t colon = path.find(':');
    const std::string file = std::string(path.substr(0, colon)) + "/git";
    if (file.front() == '/' && exists(file) && !is_stub(file)) return file;
    path = colon == std::string_view::npos ? "" : path.substr(colon + 1);
  }
  return "";
}

std::string field(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.starts_with(name)) return std::string(line.substr(name.size()));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return "";
}

/// What the user's helpers know, without asking at a terminal. No repository's configuration has a
/// say: git is started where there is none.
std::optional<Login> ask_helpers(const std::string& url, const std::string& user) {
  const std::string git = git_program();
  if (git.empty()) return {};
  Command command;
  command.argv = {git, "-c", "core.askPass=", "credential", "fill"};
  command.input = fmt::format("protocol=https\nhost={}\n", host_in(url));
  if (!user.empty()) command.input += fmt::format("username={}\n", user);
  command.input += "\n";
  for (const char* name :
       {"PATH", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM", "DBUS_SESSION_BUS_ADDRESS"}) {
    if (std::string value = variable(name); !value.empty())
      command.environment.emplace_back(name, std::move(value));
  }
  command.environment.emplace_back("GIT_TERMINAL_PROMPT", "0");
  command.environment.emplace_back("GIT_CEILING_DIRECTORIES", "/");
  command.deadline = helper_patience;
  wait_for_person();
  const auto output = real_programs()->query(command);
  is_alive();
  if (!output || output->status != 0) return {};
  Login out{field(output->out, "username="), field(output->out, "password=")};
  if (out.secret.empty()) return {};
  return out;
}

}  // namespace

std::string host_in(std::string_view url) {
  const auto address = dsl::split_address(url);
  return address ? std::string(address->place) : "";
}

Credentials::Credentials(std::string url) : url_(std::move(url)) {}

int Credentials::acquire(git_credential** out, const char* url, const char* user, unsigned allowed,
                         void* self) {
  return static_cast<Credentials*>(self)->answer(out, url, user, allowed);
}

int Credentials::answer(git_credential** out, const std::string& url, const char* user,
                        unsigned allowed) {
  if ((allowed & GIT_CREDENTIAL_SSH_KEY) != 0) return key(out, user != nullptr ? user : "git");
  if ((allowed & GIT_CREDENTIAL_USERNAME) != 0) return git_credential_username_new(out, "git");
  if ((allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT) != 0) return password(out, url, user);
  return give_up(url);
}

int Credentials::key(git_credential** out, const std::string& user) {
  const auto is_new = [&](const std::string& what) {
    return std::find(tried_.begin(), tried_.end(), what) == tried_.end();
  };
  const std::string agent = "the ssh agent";
  if (!variable("SSH_AUTH_SOCK").empty() && is_new(agent)) {
    tried_.push_back(agent);
    return git_credential_ssh_key_from_agent(out, user.c_str());
  }
  for (const char* name : {"id_ed25519", "id_ecdsa", "id_rsa"}) {
    const std::string file = variable("HOME") + "/.ssh/" + name;
    if (::access(file.c_str(), R_OK) != 0 || !is_new(file)) continue;
    tried_.push_back(file);
    return git_credential_ssh_key_new(out, user.c_str(), (file + ".pub").c_str(), file.c_str(), "");
  }
  return give_up(url_);
}

int Credentials::password(git_credential** out, const std::string& url, const char* user) {
  const bool safe = url.starts_with("https://") && host_in(url) == host_in(url_);
  if (!safe) return give_up(url);
  const std::string own = user != nullptr ? user : user_in(url_);
  const auto is_new = [&](const std::string& what) {
    return std::find(tried_.begin(), tried_.end(), what) == tried_.end();
  };
  if (const std::string token = variable("GOPOL_TOKEN"); !token.empty() && is_new("GOPOL_TOKEN")) {
    tried_.emplace_back("GOPOL_TOKEN");
    const std::string name = own.empty() ? "x-access-token" : own;  // of no meaning to a token
    return git_credential_userpass_plaintext_new(out, name.c_str(), token.c_str());
  }
  const std::string helpers = "git's credential helpers";
  if (is_new(helpers)) {
    if (const auto login = ask_helpers(url_, own)) {
      tried_.push_back(helpers);
      return git_credential_userpass_plaintext_new(out, login->user.c_str(), login->secret.c_str());
    }
  }
  return give_up(url);
}

int Credentials::give_up(const std::string& url) const {
  const std::string asked =
      fmt::format("{} asks who we are", host_in(url).empty() ? url_ : host_in(url));
  git_error_set_str(GIT_ERROR_HTTP,
                    (tried_.empty() ? asked + ", and nothing here may tell it"
                                    : fmt::format("{}, and refused {}", asked,
                                                  fmt::join(tried_.begin(), tried_.end(), ", ")))
                        .c_str());
  return GIT_EAUTH;
}

}  // namespace gopol::engine::net

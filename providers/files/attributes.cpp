#include "providers/files/attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "providers/read/fact_schema.h"
#include "providers/read/lines.h"

namespace gopol::providers::files {
namespace {

using dsl::Value;
using engine::Host;

dsl::Result<dsl::Done> valid_mode(const Value& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr || parse_mode(*text)) return dsl::Done{};
  const bool short_form = text->size() == 3 && parse_mode("0" + *text);
  return dsl::problem(
      "P2004", fmt::format("`{}` is no file mode", *text),
      short_form ? fmt::format("write `0{}`", *text) : "write four octal digits: `0644`");
}

dsl::Result<dsl::Done> valid_owner(const Value& value) {
  const auto* text = value.as<std::string>();
  if (text == nullptr || (!text->empty() && text->find_first_of(":\n \t") == std::string::npos))
    return dsl::Done{};
  return dsl::problem("P2004", fmt::format("`{}` is no user name", *text),
                      "write a name or a number: `root`");
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return {};
  return out;
}

struct Account {
  std::string_view name;
  std::uint32_t uid = 0;
};

/// One line of passwd(5): `name:password:uid:…`.
std::optional<Account> account_of(std::string_view line) {
  const std::size_t name = line.find(':');
  if (name == std::string_view::npos || line.starts_with('#')) return {};
  const std::size_t password = line.find(':', name + 1);
  if (password == std::string_view::npos) return {};
  const auto uid =
      parse_number(line.substr(password + 1, line.find(':', password + 1) - password - 1));
  if (!uid) return {};
  return Account{line.substr(0, name), *uid};
}

template <class Fits>
std::optional<std::pair<std::string, std::uint32_t>> find_account(const Host& host, Fits fits) {
  const auto& user = host.system().user();
  if (const std::string name = host.system().user_name();
      !name.empty() && fits(Account{name, user.uid})) {
    return std::pair(name, user.uid);
  }
  if (fits(Account{"root", 0})) return std::pair(std::string("root"), 0u);
  const auto passwd = host.disk().read(dsl::Path("/etc/passwd"));
  if (!passwd || !*passwd) return {};
  for (const std::string_view line : lines_with_ends(**passwd)) {
    const auto account = account_of(line);
    if (account && fits(*account)) return std::pair(std::string(account->name), account->uid);
  }
  return {};
}

/// What a change asks of an attribute; of a new file, also what was asserted and needed no move.
const std::string* wanted_text(const engine::Change& change, std::string_view name, bool is_new) {
  const engine::Assignment* moved = change.find(name);
  const Value* value = moved != nullptr ? &moved->to : is_new ? change.wanted_value(name) : nullptr;
  return value == nullptr ? nullptr : value->as<std::string>();
}

}  // namespace

dsl::AttributeSchema mode_attribute() {
  auto out = writable("mode", text(), "permission bits, four octal digits");
  out.optional = true;
  out.validate = valid_mode;
  return out;
}

dsl::AttributeSchema owner_attribute() {
  auto out =
      writable("owner", text(), "the user who owns it: a name, or a number that has no name");
  out.optional = true;
  out.validate = valid_owner;
  return out;
}

std::string mode_text(std::uint32_t mode) { return fmt::format("{:04o}", mode & 07777); }

std::optional<std::uint32_t> parse_mode(std::string_view text) {
  if (text.size() != 4) return {};
  std::uint32_t out = 0;
  for (const char c : text) {
    if (c < '0' || c > '7') return {};
    out = out * 8 + static_cast<std::uint32_t>(c - '0');
  }
  return out;
}

std::string owner_name(std::uint32_t uid, const Host& host) {
  const auto found = find_account(host, [&](const Account& account) { return account.uid == uid; });
  return found ? found->first : fmt::format("{}", uid);
}

dsl::Result<std::uint32_t> owner_number(const std::string& name, const Host& host) {
  const auto found =
      find_account(host, [&](const Account& account) { return account.name == name; });
  if (found) return found->second;
  const auto number = parse_number(name);
  if (!number) return dsl::problem("R4002", fmt::format("this machine has no user `{}`", name));
  const std::string called = owner_name(*number, host);
  if (called == name) return *number;
  return dsl::problem("R4002", fmt::format("user {} is called `{}` here", name, called),
                      fmt::format("write `owner = \"{}\"`", called));
}

dsl::Result<engine::Attributes> wanted_attributes(const engine::Change& change, bool is_new,
                                                  const Host& host) {
  engine::Attributes out;
  if (const std::string* mode = wanted_text(change, "mode", is_new)) {
    out.mode = parse_mode(*mode);
    if (!out.mode) return dsl::problem("R4002", fmt::format("`{}` is no file mode", *mode));
  }
  if (const std::string* owner = wanted_text(change, "owner", is_new)) {
    auto uid = owner_number(*owner, host);
    if (!uid) return uid.error();
    out.uid = *uid;
  }
  return out;
}

bool owner_needs_root(const engine::Attributes& want, const engine::FileStatus& status,
                      const Host& host) {
  if (!want.uid) return false;
  const std::uint32_t mine = host.system().user().uid;
  const std::uint32_t now = status.type == engine::FileStatus::Type::absent ? mine : status.uid;
  return *want.uid != now && mine != 0;
}

}  // namespace gopol::providers::files

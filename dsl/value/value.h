#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/value/path.h"
#include "dsl/value/prose.h"
#include "dsl/value/version.h"

namespace gopol::dsl {

/// Looked for and not there.
struct Absent {
  bool operator==(const Absent&) const = default;
};

/// Exists perhaps, cannot be read. Equal to nothing, itself included.
struct Unknown {
  Prose reason, remedy;
  bool elsewhere = false;  ///< there can be none on such a system: nothing is wrong
  bool operator==(const Unknown&) const { return false; }
};

/// A day, UTC.
struct Date {
  std::int32_t year = 0, month = 0, day = 0;
  auto operator<=>(const Date&) const = default;
};

struct Duration {
  std::int64_t seconds = 0;
  auto operator<=>(const Duration&) const = default;
};

/// Ordered texts; paths in a list are texts too.
struct List {
  std::vector<std::string> items;
  bool operator==(const List&) const = default;
};

/// Texts without order or repetition: kept sorted by byte.
struct Set {
  std::vector<std::string> items;
  bool operator==(const Set&) const = default;
};

/// A GOPROXY chain. The separator *after* an element decides when the next is asked:
/// `,` on 404 and 410, `|` on any error. The last one's separator means nothing.
struct Chain {
  struct Link {
    std::string text;
    bool on_any_error = false;  ///< followed by `|`
  };
  std::vector<Link> links;
  bool operator==(const Chain& other) const;  ///< all but the last separator
};

/// Where a secret is kept; its content never passes through the engine.
struct SecretRef {
  std::string reference;
  bool operator==(const SecretRef&) const = default;
};

/// What a fact or an attribute can be. A word of an enumeration is a text.
struct Value {
  using Data = std::variant<Absent, Unknown, bool, std::int64_t, std::string, Version, Date,
                            Duration, Path, List, Set, Chain, SecretRef>;
  Data data;

  Value() = default;
  template <class T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, Value>) Value(T&& any)
      : data(std::forward<T>(any)) {}
  Value(const char* text) : data(std::string(text)) {}
  Value(std::string_view text) : data(std::string(text)) {}

  bool is_absent() const { return std::holds_alternative<Absent>(data); }
  bool is_unknown() const { return std::holds_alternative<Unknown>(data); }
  bool is_known() const { return !is_absent() && !is_unknown(); }  ///< has a content
  template <class T>
  const T* as() const& {
    return std::get_if<T>(&data);
  }
  template <class T>
  const T* as() const&& = delete;  ///< of what is gone before anybody looks

  bool operator==(const Value&) const = default;
};

/// Order of two values of one ordered kind; nothing if they have none (a text, two schemes).
std::optional<std::strong_ordering> order(const Value& a, const Value& b);

/// What a plan prints: `1.22.2`, `direct`, `[a, b]`, `absent`, `unknown`, `""` for an empty text.
std::string to_text(const Value& value);

std::optional<Date> parse_date(std::string_view text);          ///< 2026-12-31, a real day only
std::optional<Duration> parse_duration(std::string_view text);  ///< 90s 15m 12h 7d 2w
std::string to_text(Date date);

/// Days from 1970-01-01, for ages and clocks.
std::int64_t days(Date date);
Date date_from_days(std::int64_t days);

}  // namespace gopol::dsl

#include "dsl/value/value.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

namespace gopol::dsl {
namespace {

std::optional<std::int64_t> number(std::string_view digits) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty()) return {};
  return out;
}

bool is_leap(std::int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

std::int32_t days_in(std::int32_t year, std::int32_t month) {
  constexpr std::int32_t length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

std::string bracketed(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) {
    if (out.size() > 1) out += ", ";
    out += item;
  }
  return out + "]";
}

std::string chain_text(const Chain& chain) {
  std::string out;
  for (std::size_t i = 0; i < chain.links.size(); ++i) {
    if (i > 0) out += chain.links[i - 1].on_any_error ? '|' : ',';
    out += chain.links[i].text;
  }
  return out;
}

std::string duration_text(Duration duration) {
  struct Unit {
    std::int64_t seconds;
    char letter;
  };
  constexpr Unit units[] = {{604800, 'w'}, {86400, 'd'}, {3600, 'h'}, {60, 'm'}};
  for (const Unit& unit : units) {
    if (duration.seconds != 0 && duration.seconds % unit.seconds == 0) {
      return fmt::format("{}{}", duration.seconds / unit.seconds, unit.letter);
    }
  }
  return fmt::format("{}s", duration.seconds);
}

struct Text {
  std::string operator()(const Absent&) const { return "absent"; }
  std::string operator()(const Unknown&) const { return "unknown"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(const std::string& value) const { return value.empty() ? "\"\"" : value; }
  std::string operator()(const Version& value) const { return value.text; }
  std::string operator()(const Date& value) const { return to_text(value); }
  std::string operator()(const Duration& value) const { return duration_text(value); }
  std::string operator()(const Path& value) const { return value.text; }
  std::string operator()(const List& value) const { return bracketed(value.items); }
  std::string operator()(const Set& value) const { return bracketed(value.items); }
  std::string operator()(const Chain& value) const { return chain_text(value); }
  std::string operator()(const SecretRef&) const { return "secret"; }
};

}  // namespace

bool Chain::operator==(const Chain& other) const {
  if (links.size() != other.links.size()) return false;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (links[i].text != other.links[i].text) return false;
    const bool last = i + 1 == links.size();
    if (!last && links[i].on_any_error != other.links[i].on_any_error) return false;
  }
  return true;
}

std::optional<std::strong_ordering> order(const Value& a, const Value& b) {
  if (a.data.index() != b.data.index()) return {};
  if (const auto* number_a = a.as<std::int64_t>()) return *number_a <=> *b.as<std::int64_t>();
  if (const auto* date_a = a.as<Date>()) return *date_a <=> *b.as<Date>();
  if (const auto* duration_a = a.as<Duration>()) return *duration_a <=> *b.as<Duration>();
  if (const auto* version_a = a.as<Version>()) {
    const auto* version_b = b.as<Version>();
    if (version_a->scheme != version_b->scheme) return {};
    return compare(*version_a, *version_b);
  }
  return {};
}

std::string to_text(const Value& value) { return std::visit(Text{}, value.data); }

std::string to_text(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (text[i] < '0' || text[i] > '9') return {};
  }
  const auto part = [&](std::size_t from, std::size_t length) {
    return static_cast<std::int32_t>(*number(text.substr(from, length)));
  };
  const Date date{part(0, 4), part(5, 2), part(8, 2)};
  if (date.month < 1 || date.month > 12) return {};
  if (date.day < 1 || date.day > days_in(date.year, date.month)) return {};
  return date;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.size() < 2) return {};
  const auto amount = number(text.substr(0, text.size() - 1));
  if (!amount || *amount < 0) return {};
  std::int64_t unit = 0;
  switch (text.back()) {
    case 's': unit = 1; break;
    case 'm': unit = 60; break;
    case 'h': unit = 3600; break;
    case 'd': unit = 86400; break;
    case 'w': unit = 604800; break;
    default: return {};
  }
  if (*amount > std::numeric_limits<std::int64_t>::max() / unit) return {};
  return Duration{*amount * unit};
}

// Source of both: the civil calendar counted in 400-year eras that begin in March, so that the
// leap day is the last of its year.
std::int64_t days(Date date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month = date.month + (date.month > 2 ? -3 : 9);
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date date_from_days(std::int64_t days) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
  const std::int64_t civil_month = month + (month < 10 ? 3 : -9);
  const std::int64_t year = year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0);
  return {static_cast<std::int32_t>(year), static_cast<std::int32_t>(civil_month),
          static_cast<std::int32_t>(day)};
}

}  // namespace gopol::dsl

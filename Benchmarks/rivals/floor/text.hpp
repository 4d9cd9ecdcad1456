// Reads what events say: moments, and identifiers in one form for all spellings.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Types of identifiers, the strongest first.
constexpr std::array<std::string_view, 7> kIdentifiers = {"customer_id", "email",     "phone",       "loyalty_id",
                                                          "marketplace_id", "social_id", "anonymous_id"};
constexpr size_t kEmail = 1, kPhone = 2;
/// Values that name nobody, in lower case.
constexpr std::array<std::string_view, 14> kNobody = {
    "",          "null", "undefined", "none", "nan",   "n/a",             "unknown",
    "anonymous", "guest", "test",     "true", "false", "[object object]", "-1"};
constexpr size_t kNobodyLongest = 15;

inline int64_t digits(std::string_view text, size_t from, size_t count) {
  int64_t number = 0;
  for (size_t i = from; i < from + count; i++) number = number * 10 + (text[i] - '0');
  return number;
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. March begins a year, so that leap days end one.
inline int64_t days(int64_t year, int64_t month, int64_t day) {
  if (month < 3) year--, month += 12;
  int64_t ofYear = (153 * (month - 3) + 2) / 5 + day - 1;
  return 365 * year + year / 4 - year / 100 + year / 400 + ofYear - 719468;
}

/// RFC 3339 as milliseconds since 1970.
inline int64_t milliseconds(std::string_view text) {
  int64_t seconds = days(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)) * 86400 +
                    digits(text, 11, 2) * 3600 + digits(text, 14, 2) * 60 + digits(text, 17, 2);
  int64_t fraction = 0, place = 100;
  size_t at = 19;
  if (text[at] == '.')
    for (at++; text[at] >= '0' && text[at] <= '9'; at++, place /= 10) fraction += place * (text[at] - '0');
  if (text[at] == 'Z') return seconds * 1000 + fraction;
  int64_t offset = digits(text, at + 1, 2) * 3600 + digits(text, at + 4, 2) * 60;
  return (text[at] == '-' ? seconds + offset : seconds - offset) * 1000 + fraction;
}

inline std::string_view trimmed(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// Lower case of the letters a to z.
inline void lower(std::string_view text, std::string &into) {
  into.assign(text);
  for (char &c : into)
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
}

inline bool namesNobody(std::string_view value) {
  if (value.find_first_not_of("0-") == value.npos) return true;
  if (value.size() > kNobodyLongest) return false;
  static thread_local std::string small;
  lower(value, small);
  for (std::string_view nobody : kNobody)
    if (small == nobody) return true;
  return false;
}

inline bool normaliseEmail(std::string_view said, std::string &into) {
  lower(said, into);
  size_t at = into.find('@');
  return at != into.npos && at > 0 && at + 1 < into.size() && into.find('@', at + 1) == into.npos && into.find(' ') == into.npos;
}

/// Vietnamese numbers: +84 and nine digits.
inline bool normalisePhone(std::string_view said, std::string &into) {
  std::string bare;
  for (char c : said)
    if (std::string_view(" .()/-").find(c) == std::string_view::npos) bare.push_back(c);
  size_t prefix = bare.rfind("+84", 0) == 0 ? 3 : bare.rfind("84", 0) == 0 ? 2 : bare.rfind("0", 0) == 0 ? 1 : 0;
  into.assign("+84").append(bare, prefix);
  return prefix > 0 && into.size() == 12 && into.find_first_not_of("0123456789", 1) == into.npos;
}

/// Whether the value names somebody; then `into` has its one form.
inline bool normalise(size_t type, std::string_view value, std::string &into) {
  std::string_view said = trimmed(value);
  if (namesNobody(said)) return false;
  if (type == kEmail) return normaliseEmail(said, into);
  if (type == kPhone) return normalisePhone(said, into);
  into.assign(said);
  return true;
}

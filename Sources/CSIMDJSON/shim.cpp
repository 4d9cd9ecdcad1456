#include "CSIMDJSON.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <simdjson.h>
#include <string_view>
#include <vector>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

using namespace simdjson;

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trim_end(std::string_view token) {
  while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
  return token;
}

// RFC 8259, section 6. simdjson would convert to a double and refuse integers beyond 64 bits; Hoso keeps the text.
bool is_number(std::string_view s) {
  const char *p = s.data(), *end = p + s.size();
  auto digits = [&] { const char *first = p; while (p < end && is_digit(*p)) p++; return p > first; };
  if (p < end && *p == '-') p++;
  if (p < end && *p == '0') p++;
  else if (!digits()) return false;
  if (p < end && *p == '.') { p++; if (!digits()) return false; }
  if (p < end && (*p == 'e' || *p == 'E')) {
    p++;
    if (p < end && (*p == '+' || *p == '-')) p++;
    if (!digits()) return false;
  }
  return p == end;
}

hoso_json_status status_of(error_code error) {
  switch (error) {
  case SUCCESS: return hoso_json_ok;
  case EMPTY: return hoso_json_empty;
  case UTF8_ERROR: return hoso_json_utf8;
  case UNCLOSED_STRING: return hoso_json_unclosed_string;
  case UNESCAPED_CHARS: return hoso_json_control_character;
  case STRING_ERROR: return hoso_json_escape;
  case NUMBER_ERROR: return hoso_json_number_form;
  case DEPTH_ERROR: return hoso_json_depth;
  case TRAILING_CONTENT: return hoso_json_trailing;
  case MEMALLOC: case CAPACITY: return hoso_json_memory;
  default: return hoso_json_syntax;
  }
}

} // namespace

struct hoso_json_parser {
  ondemand::parser simd;
  std::vector<hoso_json_node> nodes;
  std::vector<uint8_t> strings;
  std::vector<uint32_t> keys;      // key nodes of the objects that are open, innermost last
  const char *text = nullptr;
  uint32_t depth_max = 0;
  size_t error_offset = 0;
  // Bytes that the document would have without blanks between tokens.
  size_t token_bytes = 0;
  bool has_escapes = false;

  [[gnu::always_inline]] inline uint32_t add(hoso_json_kind kind, size_t offset, size_t length) {
    uint32_t index = (uint32_t)nodes.size();
    nodes.push_back({(uint32_t)offset, (uint32_t)length, index + 1, (uint8_t)kind, 0, 0});
    return index;
  }

  hoso_json_status fail(hoso_json_status status, const char *at) {
    error_offset = at ? (size_t)(at - text) : 0;
    return status;
  }

  // A string token with its quotes. simdjson has already checked UTF-8 and control characters.
  template <typename Unescape>
  hoso_json_status add_string(std::string_view token, Unescape unescape) {
    std::string_view inner = token.substr(1, token.size() - 2);
    if (!memchr(inner.data(), '\\', inner.size())) {
      add(hoso_json_string, (size_t)(inner.data() - text), inner.size());
      return hoso_json_ok;
    }
    std::string_view content;
    if (unescape().get(content) != SUCCESS) return fail(hoso_json_escape, token.data());
    uint32_t index = add(hoso_json_string, strings.size(), content.size());
    nodes[index].unescaped = 1;
    has_escapes = true;
    strings.insert(strings.end(), content.begin(), content.end());
    return hoso_json_ok;
  }

  std::string_view content(uint32_t index) const {
    const hoso_json_node &n = nodes[index];
    const char *base = n.unescaped ? (const char *)strings.data() : text;
    return {base + n.offset, n.length};
  }

  // Most keys differ in length or in their first byte.
  bool is_same_content(uint32_t a, uint32_t b) const {
    if (nodes[a].length != nodes[b].length) return false;
    std::string_view one = content(a), other = content(b);
    return one.empty() || (one.front() == other.front() && one == other);
  }

  // The members of one object are few, so pairs are compared; a large object is sorted.
  bool has_duplicate_key(size_t first) {
    size_t count = keys.size() - first;
    if (count <= 24) {
      for (size_t i = first; i < keys.size(); i++)
        for (size_t j = first; j < i; j++)
          if (is_same_content(keys[i], keys[j])) return duplicate(keys[i]);
      return false;
    }
    auto less = [this](uint32_t a, uint32_t b) { return content(a) < content(b); };
    std::sort(keys.begin() + (ptrdiff_t)first, keys.end(), less);
    for (size_t i = first + 1; i < keys.size(); i++)
      if (content(keys[i]) == content(keys[i - 1])) return duplicate(std::max(keys[i], keys[i - 1]));
    return false;
  }

  bool duplicate(uint32_t key) {
    error_offset = nodes[key].unescaped ? 0 : nodes[key].offset;
    return true;
  }

  template <typename Value> hoso_json_status scalar(Value &value, std::string_view token) {
    token_bytes += token.size();
    switch (token.empty() ? '\0' : token.front()) {
    case '"':
      if (token.size() < 2 || token.back() != '"') return fail(hoso_json_syntax, token.data());
      return add_string(token, [&] { return value.get_string(); });
    case 't': return atom(token, "true", hoso_json_true);
    case 'f': return atom(token, "false", hoso_json_false);
    case 'n': return atom(token, "null", hoso_json_null);
    default:
      if (token.empty() || !(token.front() == '-' || is_digit(token.front()))) return fail(hoso_json_syntax, token.data());
      if (!is_number(token)) return fail(hoso_json_number_form, token.data());
      add(hoso_json_number, (size_t)(token.data() - text), token.size());
      return hoso_json_ok;
    }
  }

  hoso_json_status atom(std::string_view token, std::string_view expected, hoso_json_kind kind) {
    if (token != expected) return fail(hoso_json_syntax, token.data());
    add(kind, (size_t)(token.data() - text), token.size());
    return hoso_json_ok;
  }

  template <typename Container> hoso_json_status elements(Container &&array, uint32_t self, uint32_t depth) {
    for (auto element : array) {
      ondemand::value value;
      if (auto e = std::move(element).get(value)) return fail(status_of(e), text + nodes[self].offset);
      nodes[self].length++;
      if (auto s = walk(value, depth)) return s;
    }
    close(self);
    return hoso_json_ok;
  }

  template <typename Container> hoso_json_status members(Container &&object, uint32_t self, uint32_t depth) {
    size_t first_key = keys.size();
    for (auto item : object) {
      ondemand::field field;
      if (auto e = std::move(item).get(field)) return fail(status_of(e), text + nodes[self].offset);
      nodes[self].length++;
      keys.push_back((uint32_t)nodes.size());
      if (auto s = add_key(field)) return s;
      ondemand::value value = field.value();
      if (auto s = walk(value, depth)) return s;
    }
    if (has_duplicate_key(first_key)) return hoso_json_duplicate_key;
    keys.resize(first_key);
    close(self);
    return hoso_json_ok;
  }

  // Brackets, and commas between the children.
  void close(uint32_t self) {
    nodes[self].next = (uint32_t)nodes.size();
    token_bytes += 2 + (nodes[self].length > 1 ? nodes[self].length - 1 : 0);
  }

  hoso_json_status add_key(ondemand::field &field) {
    const char *start = field.key().raw();
    const char *end = start;
    while (*end != '"') end += *end == '\\' ? 2 : 1;
    token_bytes += (size_t)(end - start) + 3; // quotes and colon
    return add_string({start - 1, (size_t)(end - start) + 2}, [&] { return field.unescaped_key(); });
  }

  hoso_json_status walk(ondemand::value &value, uint32_t depth) {
    std::string_view raw = value.raw_json_token();
    std::string_view token = trim_end(raw);
    char first = token.empty() ? '\0' : token.front();
    // A string that is not read is passed over by simdjson, as a key where a colon follows: then a wrong text such as
    // ["a":1]] would be taken for ["a"]. The raw token ends where the next one begins.
    if (first == '"' && raw.data()[raw.size()] == ':') return fail(hoso_json_syntax, token.data());
    if (first != '[' && first != '{') return scalar(value, token);
    if (depth >= depth_max) return fail(hoso_json_depth, token.data());
    uint32_t self = add(first == '[' ? hoso_json_array : hoso_json_object, (size_t)(token.data() - text), 0);
    if (first == '[') {
      ondemand::array array;
      if (auto e = value.get_array().get(array)) return fail(status_of(e), token.data());
      return elements(array, self, depth + 1);
    }
    ondemand::object object;
    if (auto e = value.get_object().get(object)) return fail(status_of(e), token.data());
    return members(object, self, depth + 1);
  }

  // Documents without blanks and escapes, as the log holds them, are read in one pass: a document is short, and simdjson's
  // two passes are made for long ones. False for all others, well-formed or not: simdjson judges those from the start.
  bool plain_document(size_t length) {
    const char *p = text, *end = text + length;
    if (p == end || (*p != '{' && *p != '[')) return false;
    return plain_value(p, end, 0) && p == end && validate_utf8(text, length);
  }

  // All of these take `p` behind what they read.
  bool plain_value(const char *&p, const char *end, uint32_t depth) {
    if (p >= end) return false;
    switch (*p) {
    case '"': return plain_string(p, end);
    case '{': return depth < depth_max && plain_object(p, end, depth + 1);
    case '[': return depth < depth_max && plain_array(p, end, depth + 1);
    case 't': return plain_atom(p, end, "true", hoso_json_true);
    case 'f': return plain_atom(p, end, "false", hoso_json_false);
    case 'n': return plain_atom(p, end, "null", hoso_json_null);
    default: return plain_number(p, end);
    }
  }

  bool plain_object(const char *&p, const char *end, uint32_t depth) {
    uint32_t self = add(hoso_json_object, (size_t)(p++ - text), 0);
    size_t first_key = keys.size();
    if (p < end && *p == '}') { p++; return true; }
    for (char next = ','; next == ','; ) {
      if (p >= end || *p != '"') return false;
      keys.push_back((uint32_t)nodes.size());
      if (!plain_string(p, end) || p >= end || *p++ != ':' || !plain_value(p, end, depth) || p >= end) return false;
      nodes[self].length++;
      next = *p++;
      if (next != ',' && next != '}') return false;
    }
    if (has_duplicate_key(first_key)) return false;
    keys.resize(first_key);
    nodes[self].next = (uint32_t)nodes.size();
    return true;
  }

  bool plain_array(const char *&p, const char *end, uint32_t depth) {
    uint32_t self = add(hoso_json_array, (size_t)(p++ - text), 0);
    if (p < end && *p == ']') { p++; return true; }
    for (char next = ','; next == ','; ) {
      if (!plain_value(p, end, depth) || p >= end) return false;
      nodes[self].length++;
      next = *p++;
      if (next != ',' && next != ']') return false;
    }
    nodes[self].next = (uint32_t)nodes.size();
    return true;
  }

  bool plain_string(const char *&p, const char *end) {
    const char *start = p + 1;
    const char *quote = special(start, end);
    if (quote >= end || *quote != '"') return false;
    add(hoso_json_string, (size_t)(start - text), (size_t)(quote - start));
    p = quote + 1;
    return true;
  }

  // The first quotation mark, backslash or control character, or something behind `end`. More bytes can be read there
  // than are looked at here: the padding.
  static const char *special(const char *p, const char *end) {
#ifdef __SSE2__
    const __m128i quotes = _mm_set1_epi8('"'), backslashes = _mm_set1_epi8('\\'), controls = _mm_set1_epi8(0x1F);
    for (; p < end; p += 16) {
      __m128i bytes = _mm_loadu_si128((const __m128i *)p);
      __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, backslashes));
      found = _mm_or_si128(found, _mm_cmpeq_epi8(_mm_min_epu8(bytes, controls), bytes));
      if (int mask = _mm_movemask_epi8(found)) return p + __builtin_ctz((unsigned)mask);
    }
#else
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20) p++;
#endif
    return p;
  }

  bool plain_atom(const char *&p, const char *end, std::string_view expected, hoso_json_kind kind) {
    if ((size_t)(end - p) < expected.size() || memcmp(p, expected.data(), expected.size()) != 0) return false;
    add(kind, (size_t)(p - text), expected.size());
    p += expected.size();
    return true;
  }

  bool plain_number(const char *&p, const char *end) {
    const char *start = p;
    while (p < end && (is_digit(*p) || *p == '-' || *p == '+' || *p == '.' || *p == 'e' || *p == 'E')) p++;
    if (!is_number({start, (size_t)(p - start)})) return false;
    add(hoso_json_number, (size_t)(start - text), (size_t)(p - start));
    return true;
  }

  void reset() {
    nodes.clear();
    strings.clear();
    keys.clear();
    error_offset = 0;
    token_bytes = 0;
    has_escapes = false;
  }

  hoso_json_status document(const uint8_t *source, size_t length, size_t capacity) {
    ondemand::document doc;
    auto error = simd.iterate((const char *)source, length, capacity).get(doc);
    if (error) return fail(status_of(error), nullptr);
    std::string_view token;
    if (doc.raw_json_token().get(token)) return fail(hoso_json_syntax, nullptr);
    token = trim_end(token);
    hoso_json_status status;
    if (!token.empty() && (token.front() == '[' || token.front() == '{')) {
      ondemand::value value;
      if (auto e = doc.get_value().get(value)) return fail(status_of(e), token.data());
      status = walk(value, 0);
      // Behind the root value the iterator has no location left.
      if (const char *rest; status == hoso_json_ok && doc.current_location().get(rest) == SUCCESS) {
        return fail(hoso_json_trailing, rest);
      }
    } else {
      const char *rest = token.data() + token.size();
      status = scalar(doc, token);
      if (status == hoso_json_ok && !trim_end({rest, (size_t)(text + length - rest)}).empty()) return fail(hoso_json_trailing, rest);
    }
    return status;
  }
};

extern "C" {

hoso_json_parser *hoso_json_parser_create(void) { return new (std::nothrow) hoso_json_parser(); }

void hoso_json_parser_destroy(hoso_json_parser *parser) { delete parser; }

size_t hoso_json_padding(void) { return SIMDJSON_PADDING; }

hoso_json_result hoso_json_parse(hoso_json_parser *parser, const uint8_t *text, size_t length, size_t capacity,
                                 uint32_t depth_max) {
  parser->text = (const char *)text;
  parser->depth_max = depth_max;
  parser->reset();
  if (parser->plain_document(length)) return {parser->nodes.data(), parser->nodes.size(), nullptr, hoso_json_ok, 0, 1};
  parser->reset();
  hoso_json_status status = parser->document(text, length, capacity);
  return {parser->nodes.data(), parser->nodes.size(), parser->strings.data(), status, parser->error_offset,
          (uint8_t)(parser->token_bytes == length && !parser->has_escapes)};
}
}

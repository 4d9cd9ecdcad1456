// A flat, C-visible view of one JSON document parsed by simdjson.
//
// simdjson is C++ and Swift cannot call it safely (its calls return interior pointers), so this shim walks the
// document once and leaves an array of fixed-size nodes in document order. Nothing here throws or allocates per node.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  hoso_json_null = 0,
  hoso_json_false = 1,
  hoso_json_true = 2,
  hoso_json_number = 3,
  hoso_json_string = 4,
  hoso_json_array = 5,
  hoso_json_object = 6
} hoso_json_kind;

// One value. An object's children alternate: key (a string node), value, key, value ...
typedef struct {
  uint32_t offset;   // first byte: of the token in the source, or in `strings` when `unescaped` is 1
  uint32_t length;   // bytes of a string's content or of a number's text; for containers the number of elements or members
  uint32_t next;     // index of the node that follows this one and everything inside it
  uint8_t kind;      // hoso_json_kind
  uint8_t unescaped; // 1: a string that held escapes; its content lies in `strings`
  uint16_t reserved;
} hoso_json_node;

typedef enum {
  hoso_json_ok = 0,
  hoso_json_empty,          // no value at all
  hoso_json_syntax,         // not JSON by RFC 8259
  hoso_json_utf8,           // not UTF-8
  hoso_json_unclosed_string,
  hoso_json_control_character, // an unescaped control character inside a string
  hoso_json_escape,         // a malformed escape, or half of a surrogate pair
  hoso_json_number_form,
  hoso_json_depth,          // nested deeper than allowed
  hoso_json_duplicate_key,
  hoso_json_trailing,       // something follows the value
  hoso_json_memory
} hoso_json_status;

typedef struct {
  const hoso_json_node *nodes;
  size_t node_count;
  const uint8_t *strings;
  hoso_json_status status;
  size_t error_offset;      // byte of the source near which the error was found
  uint8_t is_minified;      // 1: no blanks between tokens, and no string has escapes
} hoso_json_result;

typedef struct hoso_json_parser hoso_json_parser;

hoso_json_parser *hoso_json_parser_create(void);
void hoso_json_parser_destroy(hoso_json_parser *parser);

// How many readable bytes must follow the text.
size_t hoso_json_padding(void);

// Parses one document. The result lives in the parser until its next call.
// `capacity` counts readable bytes from `text` on and is at least `length + hoso_json_padding()`.
hoso_json_result hoso_json_parse(hoso_json_parser *parser, const uint8_t *text, size_t length, size_t capacity,
                                 uint32_t depth_max);

#ifdef __cplusplus
}
#endif

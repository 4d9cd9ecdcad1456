// Lines of a file, read in pieces, so that memory does not grow with the file.
#pragma once
#include <simdjson.h>

#include <string_view>
#include <vector>

#include "store.hpp"

class Lines {
 public:
  explicit Lines(const char *path) : file(std::fopen(path, "rb")) {
    if (!file) fail(std::string(path) + " cannot be read");
  }
  ~Lines() { std::fclose(file); }

  /// Takes about as many bytes as a piece has, to the end of a line. The lines stay where they are until the next call,
  /// with room behind them for the parser to read into.
  bool next(std::vector<std::string_view> &lines) {
    lines.clear();
    buffer.erase(0, used);
    used = 0;
    size_t kept = buffer.size();
    buffer.resize(kept + kPieceBytes);
    buffer.resize(kept + std::fread(buffer.data() + kept, 1, kPieceBytes, file));
    if (std::feof(file) && !buffer.empty() && buffer.back() != '\n') buffer.push_back('\n');
    buffer.reserve(buffer.size() + simdjson::SIMDJSON_PADDING);
    while (true) {
      size_t end = buffer.find('\n', used);
      if (end == std::string::npos) break;
      if (end > used) lines.emplace_back(buffer.data() + used, end - used);
      used = end + 1;
    }
    if (lines.empty() && !buffer.empty()) fail("a line is longer than a piece");
    return !lines.empty();
  }

  static simdjson::padded_string_view padded(std::string_view line) {
    return simdjson::padded_string_view(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
  }

 private:
  static constexpr size_t kPieceBytes = 8 << 20;
  FILE *file;
  std::string buffer;
  size_t used = 0;
};

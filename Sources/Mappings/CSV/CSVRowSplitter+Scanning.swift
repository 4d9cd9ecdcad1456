import Glibc

extension CSVRowSplitter {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// How many bytes at the start of a chunk belong to a byte order mark at the start of the file.
  mutating func skipByteOrderMark(in chunk: UnsafeBufferPointer<UInt8>) -> Int {
    guard let seen = byteOrderMarkCount else { return 0 }
    let expected = Self.byteOrderMark.dropFirst(seen)
    let matching = zip(chunk, expected).prefix { $0 == $1 }.count
    if seen + matching == Self.byteOrderMark.count {
      byteOrderMarkCount = nil
      return matching
    }
    if matching == chunk.count {
      byteOrderMarkCount = seen + matching
      return matching
    }
    byteOrderMarkCount = nil
    keepBytes(Self.byteOrderMark.prefix(seen))
    return 0
  }

  /// Follows the quotes through a part of a line.
  mutating func scan(_ text: UnsafeBufferPointer<UInt8>) {
    guard let delimiter, let base = text.baseAddress, text.count > 0 else { return }
    if state == .cellStart || state == .plain, memchr(base, 0x22, text.count) == nil {
      state = text[text.count - 1] == delimiter ? .cellStart : .plain
      return
    }
    for byte in text { step(byte, delimiter) }
  }

  private mutating func step(_ byte: UInt8, _ delimiter: UInt8) {
    switch (state, byte) {
    case (.quoted, 0x22): state = .quoteInQuotes
    case (.quoted, _): break
    case (.quoteInQuotes, 0x22): state = .quoted
    case (.cellStart, 0x22):
      state = .quoted
      quoteLine = line
    default: state = byte == delimiter ? .cellStart : .plain
    }
  }
}

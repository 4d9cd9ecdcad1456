import Glibc
import JSON
import Mappings

/// Cuts lines into JSON bodies: one a line, or one over several lines as people and programs print them.
///
/// A body that is cut off does not take those behind it with it: where JSON can no longer go on, the body ends before the
/// next line that begins with a bracket. The cutter itself holds one body at most, of `LineReader.lineBytesMax`.
struct BodyCutter {
  private let file: String
  /// The mapping of the bodies that are cut from now on.
  var mapping: Mapping
  /// The beginning of a body whose end has not come, with the number of its first line.
  private var pending: [UInt8] = []
  private(set) var pendingLine = 1

  init(file: String, mapping: Mapping) {
    self.file = file
    self.mapping = mapping
  }

  /// Bytes that were taken and not handed out yet.
  var pendingBytes: Int { pending.count }

  /// The bodies that end within the lines and those before; nil where none does.
  mutating func cut(_ lines: LineChunk) -> BodyChunk? {
    if pending.isEmpty { pendingLine = lines.firstLine }
    return pending.isEmpty
      ? cut(lines.bytes, lines.count, isLast: false)
      : cut(Self.padded(pending + lines.bytes[..<lines.count]), pending.count + lines.count, isLast: false)
  }

  /// What is left at the end of the input.
  mutating func finish() -> BodyChunk? {
    pending.isEmpty ? nil : cut(Self.padded(pending), pending.count, isLast: true)
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + repeatElement(0x20, count: JSONParser.padding)
  }

  /// - Parameter bytes: `count` bytes of text, and padding.
  private mutating func cut(_ bytes: [UInt8], _ count: Int, isLast: Bool) -> BodyChunk? {
    var bodies: [BodyChunk.Body] = []
    let end = bytes.withUnsafeBufferPointer { bytes in
      var cuts = BodyCuts(
        UnsafeBufferPointer(rebasing: bytes[..<count]), firstLine: pendingLine,
        isLast: isLast, isOverlong: count > LineReader.lineBytesMax)
      while let body = cuts.next() { bodies.append(body) }
      pendingLine = cuts.line
      return cuts.position
    }
    pending = Array(bytes[end..<count])
    guard !bodies.isEmpty else { return nil }
    return BodyChunk(bytes: bytes, bodies: bodies, file: file, mapping: mapping)
  }
}

/// The bodies in a text.
private struct BodyCuts {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Whether nothing follows the text, so that a body without an end is one that was cut off.
  private let isLast: Bool
  /// Whether the body at the front of the text is longer than any that is kept together.
  private let isOverlong: Bool
  /// Where the next body may begin, and the number of its line.
  private(set) var position = 0
  private(set) var line: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int, isLast: Bool, isOverlong: Bool) {
    self.bytes = bytes
    self.isLast = isLast
    self.isOverlong = isOverlong
    line = firstLine
  }

  /// The next body that ends within the text.
  mutating func next() -> BodyChunk.Body? {
    while position < bytes.count, isBlank(position..<lineEnd(from: position)) { skipLine() }
    guard position < bytes.count, let end = bodyEnd() else { return nil }
    return take(upTo: end)
  }

  /// Where the line of the last bracket ends; nil where more must be read.
  private func bodyEnd() -> Int? {
    let firstEnd = lineEnd(from: position)
    var outline = JSONOutline()
    // Nearly every body ends with its first line, or has more lines that are in order.
    switch outline.follow(bytes, position..<firstEnd) {
    case .complete, .broken: return firstEnd
    case .open: break
    }
    var end = firstEnd
    while end < bytes.count {
      let nextEnd = lineEnd(from: end + 1)
      switch outline.follow(bytes, (end + 1)..<nextEnd) {
      case .complete: return nextEnd
      case .broken: return endOfBroken(after: firstEnd)
      case .open: end = nextEnd
      }
    }
    return isLast || isOverlong && position == 0 ? endOfBroken(after: firstEnd) : nil
  }

  /// A broken body ends before the next line that may begin one.
  private func endOfBroken(after firstEnd: Int) -> Int {
    var end = firstEnd
    while end + 1 < bytes.count, bytes[end + 1] != UInt8(ascii: "{"), bytes[end + 1] != UInt8(ascii: "[") {
      end = lineEnd(from: end + 1)
    }
    return min(end, bytes.count)
  }

  private mutating func take(upTo end: Int) -> BodyChunk.Body {
    let (start, firstLine) = (position, line)
    var (lineCount, lastLine) = (0, line)
    while position < end {
      if !isBlank(position..<lineEnd(from: position)) {
        lineCount += 1
        lastLine = line
      }
      skipLine()
    }
    return BodyChunk.Body(range: start..<end, lines: firstLine...lastLine, lineCount: lineCount)
  }

  private mutating func skipLine() {
    position = min(lineEnd(from: position) + 1, bytes.count)
    line += 1
  }

  private func lineEnd(from start: Int) -> Int {
    guard start < bytes.count, let base = bytes.baseAddress else { return bytes.count }
    guard let found = memchr(base + start, 0x0A, bytes.count - start) else { return bytes.count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}

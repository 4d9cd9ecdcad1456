/// Writing that may be taken back, and keys that are made ready once.
extension JSONWriter {
  /// Takes back what was written behind a length at which a document had ended.
  package mutating func truncate(to count: Int) { takeBack(to: Mark(count: count, needsComma: false)) }

  /// A place in the text that can be returned to.
  package struct Mark {
    fileprivate let count: Int
    fileprivate let needsComma: Bool
  }

  package var mark: Mark { Mark(count: bytes.count, needsComma: needsComma) }

  /// Takes back what was written behind a mark. Brackets that were opened behind it count as never opened.
  package mutating func takeBack(to mark: Mark) {
    bytes.removeLast(bytes.count - mark.count)
    needsComma = mark.needsComma
  }

  /// A key that is written many times, made ready once.
  package struct Key: Sendable {
    package let text: String
    fileprivate let quoted: [UInt8]

    package init(_ text: String) {
      self.text = text
      var writer = JSONWriter()
      writer.key(text)
      quoted = writer.bytes
    }
  }

  package mutating func key(_ key: Key) {
    separate()
    bytes.append(contentsOf: key.quoted)
    needsComma = false
  }
}

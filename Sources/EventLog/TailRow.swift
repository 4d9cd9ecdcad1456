import Events

/// An event behind the last sealed block as it is stored: when it was received, then the document.
package struct TailRow {
  private static let timeBytes = 8

  let received: Instant
  let document: UnsafeRawBufferPointer

  /// The stored form of the event at a position. O(document).
  static func encoded(_ document: ArraySlice<UInt8>, received: Instant, at position: Position) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(timeBytes + document.count)
    withUnsafeBytes(of: received.microseconds.littleEndian) { content.append(contentsOf: $0) }
    content.append(contentsOf: document)
    return Record.sealed(content, key: position)
  }

  /// The event in the content of a record, borrowed; nil if it is too short.
  package init?(_ content: UnsafeRawBufferPointer) {
    guard content.count >= Self.timeBytes else { return nil }
    received = Instant(microseconds: Int64(littleEndian: content.loadUnaligned(as: Int64.self)))
    document = UnsafeRawBufferPointer(rebasing: content[Self.timeBytes...])
  }
}

import BinaryCoding

/// One word on whether a channel may be used: an event that granted, refused or deleted the consent.
package struct ConsentChange: Hashable, Sendable {
  /// When it was said, by which source, and in which event.
  package let stamp: Stamp
  /// Nil where the consent was deleted.
  package let granted: Bool?
  /// The type of the event that says so.
  package let type: EventType
  /// What the consent is for and how it was given, where `consent.changed` says it.
  package let purpose, method: String?

  init(_ granted: Bool?, _ event: FoldedEvent) {
    stamp = event.stamp
    self.granted = granted
    type = event.type
    let saysMore = event.type == .consentChanged
    purpose = saysMore ? event.text("purpose") : nil
    method = saysMore ? event.text("method") : nil
  }
}

/// What a change's head says beside the answer, which takes the lowest two bits. Storage format.
private enum HeadBit {
  /// The stamp is that of the change written before: one event speaks of several channels.
  static let sameStamp: UInt8 = 1 << 2
  static let purpose: UInt8 = 1 << 3
  static let method: UInt8 = 1 << 4
  static let all: UInt8 = 0b1_1111
}

extension ConsentChange {
  /// The types of events that speak of consent, by the numbers under which they are stored.
  private static let types: [EventType] = [
    .customerRegistered, .customerUpdated, .consentChanged, .emailUnsubscribed, .emailComplained,
  ]

  /// `previous` is the stamp of the change written before, if there is one.
  func encode(to writer: inout ByteWriter, after previous: Stamp?) {
    let isSame = previous == stamp
    var head: UInt8 = granted.map { $0 ? 2 : 1 } ?? 0
    if isSame { head |= HeadBit.sameStamp }
    if purpose != nil { head |= HeadBit.purpose }
    if method != nil { head |= HeadBit.method }
    writer.byte(head)
    writer.byte(UInt8(Self.types.firstIndex(of: type) ?? Self.types.count))
    if !isSame { stamp.encode(to: &writer) }
    if let purpose { writer.text(purpose) }
    if let method { writer.text(method) }
  }

  init(_ reader: inout ByteReader, after previous: Stamp?) throws(CodingError) {
    let head = try reader.byte()
    let number = Int(try reader.byte())
    guard head & ~HeadBit.all == 0, head & 3 < 3 else { throw CodingError("a word on consent is malformed") }
    guard number < Self.types.count else { throw CodingError("a word on consent is of an unknown type") }
    granted = head & 3 == 0 ? nil : head & 3 == 2
    type = Self.types[number]
    if head & HeadBit.sameStamp != 0 {
      guard let previous else { throw CodingError("the first word on consent names no event") }
      stamp = previous
    } else {
      stamp = try Stamp(&reader)
    }
    purpose = head & HeadBit.purpose != 0 ? try reader.text() : nil
    method = head & HeadBit.method != 0 ? try reader.text() : nil
  }
}

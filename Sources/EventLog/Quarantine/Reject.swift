package import BinaryCoding
package import Events

/// Something that was offered and could not be accepted, kept with its reason so that it can be retried.
package struct Reject: Equatable, Sendable {
  /// Why it was set aside, coarsely: what a listing is grouped by.
  package enum Kind: UInt8, CaseIterable, Sendable {
    case malformed = 1
    case tooLarge, envelope, unknownType, schema, time, identifiers, conflict, mapping
  }

  package var kind: Kind
  /// One sentence for a person.
  package var reason: String
  /// The JSON Pointer of what failed, where there is one.
  package var pointer: String
  /// The file or stream it came from, and the line in it (from 1; 0 where there are no lines).
  package var file: String
  package var line: Int
  package var received: Instant
  /// How it was read (`ndjson`, or the name of a mapping), so that a retry reads it the same way.
  package var input: String
  /// The bytes as offered.
  package var original: [UInt8]
  /// True when the original was too long to be kept whole.
  package var isTruncated: Bool

  package init(
    kind: Kind, reason: String, pointer: String = "", file: String, line: Int, received: Instant, input: String,
    original: [UInt8], isTruncated: Bool = false
  ) {
    self.kind = kind
    self.reason = reason
    self.pointer = pointer
    self.file = file
    self.line = line
    self.received = received
    self.input = input
    self.original = original
    self.isTruncated = isTruncated
  }

  private static let version: UInt8 = 1

  /// The content of the stored record.
  package func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: original.count + 128)
    writer.byte(Self.version)
    writer.byte(kind.rawValue)
    writer.text(reason)
    writer.text(pointer)
    writer.text(file)
    writer.count(line)
    writer.signed(received.microseconds)
    writer.text(input)
    writer.flag(isTruncated)
    writer.blob(original)
    return writer.bytes
  }

  /// Reads the content of a stored record.
  package init(_ bytes: UnsafeRawBufferPointer) throws(CodingError) {
    var reader = ByteReader(bytes)
    guard try reader.byte() == Self.version, let kind = Kind(rawValue: try reader.byte()) else {
      throw CodingError("a quarantined row has an unknown form")
    }
    self.kind = kind
    reason = try reader.text()
    pointer = try reader.text()
    file = try reader.text()
    line = try reader.count()
    received = Instant(microseconds: try reader.signed())
    input = try reader.text()
    isTruncated = try reader.flag()
    original = Array(try reader.blob())
    guard reader.isAtEnd else { throw CodingError("a quarantined row goes on behind its end") }
  }
}

extension Reject.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed: "malformed"
    case .tooLarge: "too-large"
    case .envelope: "envelope"
    case .unknownType: "unknown-type"
    case .schema: "schema"
    case .time: "time"
    case .identifiers: "identifiers"
    case .conflict: "conflict"
    case .mapping: "mapping"
    }
  }
}

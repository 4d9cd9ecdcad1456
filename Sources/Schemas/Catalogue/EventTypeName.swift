/// The names of event types: `^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`.
package enum EventTypeName {
  /// What the names of types begin with that need no schema.
  package static let customPrefix = "custom."

  /// Whether the text may name a type. O(bytes).
  package static func isValid(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { isValid($0) }
  }

  /// Whether the name is that of a type that needs no schema: whatever its events say is taken. O(bytes), no allocation.
  package static func needsNoSchema(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    name.starts(with: customPrefix.utf8) && isValid(name)
  }

  private static func isValid(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = name.first, isLetter(first) else { return false }
    var points = 0
    var previous = first
    for byte in name.dropFirst() {
      if byte == point {
        guard previous != point else { return false }
        points += 1
      } else if !isNameByte(byte) {
        return false
      }
      previous = byte
    }
    return points > 0 && previous != point
  }

  private static let point = UInt8(ascii: ".")

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "_")
  }
}

/// The identifiers of schemas: "urn:hoso:schema:order.placed:1", "urn:hoso:schema:common".
enum SchemaURN {
  static let prefix = "urn:hoso:schema:"

  static func of(type: String, version: Int) -> String { "\(prefix)\(type):\(version)" }

  /// Type and version; nil where the text is not exactly such an identifier.
  static func parts(_ urn: String) -> (type: String, version: Int)? {
    guard urn.hasPrefix(prefix) else { return nil }
    let parts = urn.dropFirst(prefix.count).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, EventTypeName.isValid(String(parts[0])), let version = Int(parts[1]), version >= 1,
      String(version) == parts[1]
    else { return nil }
    return (String(parts[0]), version)
  }
}

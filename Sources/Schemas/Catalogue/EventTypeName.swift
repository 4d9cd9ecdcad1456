/// The names of event types: `^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`.
package enum EventTypeName {
  /// Whether the text may name a type. O(bytes).
  package static func isValid(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count >= 2, let first = name.utf8.first, isLetter(first) else { return false }
    return parts.allSatisfy { part in !part.isEmpty && part.allSatisfy(isNameByte) }
  }

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

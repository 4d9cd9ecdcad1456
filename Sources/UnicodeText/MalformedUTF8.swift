/// The bytes are not UTF-8 (RFC 3629), so no text operation has a meaning for them.
package struct MalformedUTF8: Error, Hashable, CustomStringConvertible {
  package init() {}

  package var description: String {
    "the bytes are not valid UTF-8; save or send the text as UTF-8"
  }
}

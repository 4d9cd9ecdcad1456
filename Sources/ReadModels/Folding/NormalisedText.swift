import UnicodeText

extension String {
  /// A text that serves as a key, in the canonical composition (NFC).
  ///
  /// Swift's strings are equal when they are canonically equivalent. If keys kept their spelling, the one that came first
  /// would be stored, and the order of events would show. Bytes of pure ASCII are taken as they are. O(n).
  init(normalising utf8: UnsafeBufferPointer<UInt8>) {
    guard utf8.contains(where: { $0 >= 0x80 }) else {
      self.init(decoding: utf8, as: UTF8.self)
      return
    }
    do throws(MalformedUTF8) {
      self.init(decoding: try nfc(utf8), as: UTF8.self)
    } catch {
      // Parsed documents are valid UTF-8, so this is never reached; decoding repairs what is not.
      self.init(decoding: utf8, as: UTF8.self)
    }
  }

  /// Whether the bytes of UTF-8 sort before those of another text. The order of `<` depends on the Unicode version.
  func precedesByBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

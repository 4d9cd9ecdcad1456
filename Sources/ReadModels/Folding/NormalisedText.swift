import Glibc
import JSON
import UnicodeText

extension String {
  /// Whether the text is spelt with these bytes. O(bytes).
  func hasSameBytes(as bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.hasSameBytes(as: bytes) } ?? utf8.elementsEqual(bytes)
  }

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

  /// The same for a text that is one already, such as a word of the command line. O(n).
  init(normalising text: String) {
    var text = text
    self = text.withUTF8 { String(normalising: $0) }
  }

  /// Negative, zero or positive as the text's bytes of UTF-8 sort before, are, or sort behind those of another.
  ///
  /// The order of `<` depends on the version of Unicode, and `==` takes different spellings for equal.
  func compareBytes(with other: String) -> Int {
    let order = utf8.withContiguousStorageIfAvailable { mine in
      other.utf8.withContiguousStorageIfAvailable { theirs in Self.order(mine, theirs) }
    }
    if let order = order ?? nil { return order }
    var (mine, theirs) = (self, other)
    return mine.withUTF8 { mine in theirs.withUTF8 { theirs in Self.order(mine, theirs) } }
  }

  private static func order(_ mine: UnsafeBufferPointer<UInt8>, _ theirs: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = Swift.min(mine.count, theirs.count)
    guard shared > 0, let a = mine.baseAddress, let b = theirs.baseAddress else { return mine.count - theirs.count }
    let order = memcmp(a, b, shared)
    return order != 0 ? Int(order) : mine.count - theirs.count
  }
}

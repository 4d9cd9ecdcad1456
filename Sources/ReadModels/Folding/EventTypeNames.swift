/// Finds event types by their names: open addressing over words, as names are short.
///
/// It lies in memory that is never freed: an array would be counted as used and as free again for every event, by all
/// threads, which then wait for each other.
struct EventTypeNames: Sendable {
  static let shared = EventTypeNames()

  /// A name, with zeros behind it; no name is longer.
  private struct Words: Equatable {
    var first, second, third: UInt64

    init?(_ name: UnsafeBufferPointer<UInt8>) {
      var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
      let fits = withUnsafeMutableBytes(of: &words) { words in
        guard name.count <= words.count else { return false }
        words.copyMemory(from: UnsafeRawBufferPointer(name))
        return true
      }
      guard fits else { return nil }
      (first, second, third) = words
    }

    var hash: Int {
      let mixed = (first ^ second &* 0x9E37_79B9_7F4A_7C15 ^ third &* 0xC2B2_AE3D_27D4_EB4F) &* 0x1656_67B1_9E37_79F9
      return Int(truncatingIfNeeded: mixed >> 57)
    }
  }

  private typealias Entry = (name: Words, type: EventType)

  /// Sendable because it is written before it is shared, and then only read.
  private nonisolated(unsafe) let entries: UnsafeMutableBufferPointer<Entry?>

  private init() {
    entries = .allocate(capacity: 128)
    entries.initialize(repeating: nil)
    for type in EventType.allCases where type != .other {
      var name = type.rawValue
      guard let words = name.withUTF8({ Words($0) }) else { preconditionFailure("\(type) has a long name") }
      entries[place(of: words)] = (words, type)
    }
  }

  /// `other` for a name that is none of those. O(1).
  func type(of name: UnsafeBufferPointer<UInt8>) -> EventType {
    guard let words = Words(name) else { return .other }
    return entries[place(of: words)]?.type ?? .other
  }

  /// Where a name is, or would be: a third of the entries is used.
  private func place(of name: Words) -> Int {
    var place = name.hash
    while let entry = entries[place], entry.name != name { place = (place + 1) & (entries.count - 1) }
    return place
  }
}

import BinaryCoding
import JSON

/// How often each of a shop's own types of events happened that need no schema, and when: those named `custom.` and more.
///
/// At most ``typesMax`` types are told apart, the least by the bytes of their names, and all others are counted as one. A
/// type that is among the least of all is so in every part, so folding and merging in any order give the same.
package struct CustomEvents: Hashable, Sendable {
  private static let prefix: StaticString = "custom."
  /// What the names of these types begin with; they are kept without it.
  package static let typePrefix = "\(prefix)"
  /// A sender that writes ids into the names of types must not make rows grow without end.
  package static let typesMax = 1_000

  /// One type's events. Times are in microseconds since 1970.
  package struct Figures: Hashable, Sendable {
    package fileprivate(set) var count: Int
    package fileprivate(set) var first, last: Int64

    fileprivate mutating func merge(_ other: Self) {
      count += other.count
      first = min(first, other.first)
      last = max(last, other.last)
    }
  }

  /// By name. Those that are not told apart have the empty name, which no type has.
  private var figures = NamedValues<Figures>()

  package init() {}

  package var isEmpty: Bool { figures.isEmpty }

  /// By the name behind the prefix; made anew each time. O(n).
  package var byName: [String: Figures] { figures.dictionary.filter { !$0.key.isEmpty } }

  /// Of types beyond those that are told apart.
  package var others: Figures? { figures[""] }

  /// Nil for a type that never happened. O(log n).
  package subscript(name: String) -> Figures? { name.isEmpty ? nil : figures[name] }

  /// The name behind the prefix; nil for an event of another type. O(1) for those.
  static func name(_ event: FoldedEvent) -> String? {
    let type = event.typeName.bytes
    let length = prefix.utf8CodeUnitCount
    guard type.count > length, UnsafeBufferPointer(rebasing: type[..<length]).spells(prefix) else { return nil }
    return String(normalising: UnsafeBufferPointer(rebasing: type[length...]))
  }

  /// Counts an event, unless it is of another type. O(log n) for a type that is known.
  mutating func fold(_ event: FoldedEvent) {
    guard let name = Self.name(event) else { return }
    add(name, Figures(count: 1, first: event.time, last: event.time))
    bound()
  }

  /// O(n log m).
  mutating func merge(_ other: Self) {
    if isEmpty {
      self = other
      return
    }
    for entry in other.figures.entries { add(entry.name, entry.value) }
    bound()
  }

  private mutating func add(_ name: String, _ more: Figures) {
    figures.update(name, adding: more) { $0.merge(more) }
  }

  /// Counts the types behind the first ones as one.
  private mutating func bound() {
    while figures.entries.count > Self.typesMax + (others == nil ? 0 : 1), let last = figures.removeLast() {
      add("", last.value)
    }
  }

  func encode(to writer: inout ByteWriter) {
    figures.encode(to: &writer) { writer, figures in
      writer.count(figures.count)
      writer.signed(figures.first)
      writer.signed(figures.last &- figures.first)
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    figures = try NamedValues(&reader) { (reader) throws(CodingError) in
      let count = try reader.count()
      let first = try reader.signed()
      return Figures(count: count, first: first, last: first &+ (try reader.signed()))
    }
  }
}

extension FoldedEvent {
  /// The name behind `custom.`, for an event of such a type.
  package var customName: String? { type == .other ? CustomEvents.name(self) : nil }
}

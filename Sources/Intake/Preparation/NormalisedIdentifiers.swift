import EventLog
import Events
import JSON

/// The identifiers of one event that survived normalisation, strongest first; re-used from event to event.
struct NormalisedIdentifiers {
  private(set) var bytes: [UInt8] = []
  private var found: [(strength: Int, range: Range<Int>)] = []
  private let names: [String]

  init(_ rules: IdentifierRules) { names = rules.types.map(\.name) }

  var isEmpty: Bool { found.isEmpty }

  /// The type's name and the bytes of each value.
  var named: some Sequence<(String, Range<Int>)> { found.lazy.map { (names[$0.strength], $0.range) } }

  /// Reads an event's `ids`. Returns how many values were dropped as blocked or malformed.
  mutating func read(_ ids: JSONValue?, by rules: IdentifierRules) throws(EventProblem) -> Int {
    bytes.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
    guard let ids else { return 0 }
    var dropped = 0
    for (key, value) in ids.members {
      guard let strength = rules.strength(ofType: key.bytes) else { throw Self.unknown(key, rules) }
      let start = bytes.count
      if try keep(value, of: key, strength: strength, rules) {
        insert(strength, start..<bytes.count)
      } else {
        dropped += 1
      }
    }
    return dropped
  }

  private mutating func keep(
    _ value: JSONValue, of key: JSONValue, strength: Int, _ rules: IdentifierRules
  ) throws(EventProblem) -> Bool {
    switch value.kind {
    case .string, .number: break
    case .null: return false
    default:
      throw EventProblem(
        .identifiers, "/ids/" + key.excerpt.pointerToken,
        "an identifier is a string or a whole number; this is \(value.kind.article)")
    }
    if value.kind == .number, !value.bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return false }
    if case .kept = rules.normalise(value.bytes, strength: strength, into: &bytes) { return true }
    return false
  }

  /// An event has few identifiers: insertion keeps them sorted.
  private mutating func insert(_ strength: Int, _ range: Range<Int>) {
    let place = found.firstIndex { $0.strength > strength } ?? found.count
    found.insert((strength, range), at: place)
  }

  private static func unknown(_ key: JSONValue, _ rules: IdentifierRules) -> EventProblem {
    let known = rules.types.map(\.name).joined(separator: ", ")
    return EventProblem(
      .identifiers, "/ids/" + key.excerpt.pointerToken,
      "unknown identifier type '\(key.excerpt)'; known are \(known) (identity.types in hoso.yaml)")
  }
}

import Events
import JSON

/// The first place at which an upcast event is not what the example has.
struct Difference {
  let pointer: String
  let reason: String

  /// Nil where both mean the same: members in any order, numbers by value.
  init?(_ made: JSONValue, _ expected: JSONValue, at pointer: String) {
    guard !Self.isSame(made, expected) else { return nil }
    if let inner = Self.inner(made, expected, pointer) {
      self = inner
    } else {
      self.pointer = pointer
      reason = "the upcaster gives \(Self.excerpt(made)), and not \(Self.excerpt(expected))"
    }
  }

  private init(pointer: String, reason: String) {
    self.pointer = pointer
    self.reason = reason
  }

  private static func inner(_ made: JSONValue, _ expected: JSONValue, _ pointer: String) -> Difference? {
    if made.kind == .object, expected.kind == .object { return inMembers(made, expected, pointer) }
    guard made.kind == .array, expected.kind == .array, made.count == expected.count else { return nil }
    for (index, pair) in zip(made.elements, expected.elements).enumerated() {
      if let difference = Difference(pair.0, pair.1, at: "\(pointer)/\(index)") { return difference }
    }
    return nil
  }

  private static func inMembers(_ made: JSONValue, _ expected: JSONValue, _ pointer: String) -> Difference? {
    for (key, value) in expected.members {
      let place = "\(pointer)/\(key.string ?? "")"
      guard let other = made.member(named: key.bytes) else {
        return Difference(pointer: place, reason: "the upcaster gives nothing here")
      }
      if let difference = Difference(other, value, at: place) { return difference }
    }
    for (key, value) in made.members where expected.member(named: key.bytes) == nil {
      let reason = "the upcaster gives \(excerpt(value)) here, and the example has nothing"
      return Difference(pointer: "\(pointer)/\(key.string ?? "")", reason: reason)
    }
    return nil
  }

  private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    left.isEquivalent(to: right) { one, other in
      guard let one = ExactDecimal(utf8: one), let other = ExactDecimal(utf8: other) else { return false }
      return one == other
    }
  }

  private static func excerpt(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    let text = writer.text
    return text.count > 60 ? text.prefix(60) + "…" : text
  }
}

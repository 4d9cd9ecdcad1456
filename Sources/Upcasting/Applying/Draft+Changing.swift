import JSON

/// Why a step cannot be applied to an event.
struct StepProblem: Error {
  /// Without a word of the event's content.
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension Draft {
  typealias Change = (_ place: inout Draft?) throws(StepProblem) -> Void

  /// Calls `body` with every place that a path leads to. Nil stands for nothing there: setting it to nil removes the
  /// member or element, setting it to a value puts one.
  ///
  /// A place that cannot be reached, because something on the way is missing or of another kind, is shown as nil, and
  /// what `body` puts there is lost; with `creating`, missing objects on the way are made, and another kind is an error.
  /// O(members and elements on the way).
  static func change(
    _ slot: inout Draft?, at path: ArraySlice<Path.Segment>, creating: Bool = false, _ body: Change
  ) throws(StepProblem) {
    switch path.first {
    case nil: try body(&slot)
    case .every: try changeElements(&slot, path.dropFirst(), body)
    case .name(let name): try changeMember(&slot, name, path.dropFirst(), creating, body)
    }
  }

  private static func changeElements(
    _ slot: inout Draft?, _ rest: ArraySlice<Path.Segment>, _ body: Change
  ) throws(StepProblem) {
    guard let elements = takeElements(&slot) else { return try showNothing(body) }
    var changed: [Draft] = []
    changed.reserveCapacity(elements.count)
    for element in elements {
      var place: Draft? = element
      try change(&place, at: rest, body)
      if let place { changed.append(place) }
    }
    slot = .array(changed)
  }

  private static func changeMember(
    _ slot: inout Draft?, _ name: MemberName, _ rest: ArraySlice<Path.Segment>, _ creating: Bool, _ body: Change
  ) throws(StepProblem) {
    guard var members = takeMembers(&slot) else {
      guard creating else { return try showNothing(body) }
      guard slot == nil else { throw StepProblem("there is no object to put \"\(name.text)\" into") }
      return try createMember(&slot, name, rest, body)
    }
    let index = members.firstIndex { $0.name.matches(name) }
    var place: Draft?
    // Taken out, so that it is changed and not copied.
    if let index { place = replace(&members[index].value, with: .null) }
    try change(&place, at: rest, creating: creating, body)
    switch (place, index) {
    case (let value?, let index?): members[index].value = value
    case (let value?, nil): members.append(Member(name: .given(name), value: value))
    case (nil, let index?): members.remove(at: index)
    case (nil, nil): break
    }
    slot = .object(members)
  }

  private static func createMember(
    _ slot: inout Draft?, _ name: MemberName, _ rest: ArraySlice<Path.Segment>, _ body: Change
  ) throws(StepProblem) {
    var place: Draft?
    try change(&place, at: rest, creating: true, body)
    if let place { slot = .object([Member(name: .given(name), value: place)]) }
  }

  private static func showNothing(_ body: Change) throws(StepProblem) {
    var nothing: Draft?
    try body(&nothing)
  }

  private static func replace(_ value: inout Draft, with other: Draft) -> Draft {
    let old = value
    value = other
    return old
  }

  private static func takeMembers(_ slot: inout Draft?) -> [Member]? {
    switch slot {
    case .object(let members):
      slot = nil
      return members
    case .parsed(let value) where value.kind == .object:
      slot = nil
      var members: [Member] = []
      members.reserveCapacity(value.count + 1)
      for (key, value) in value.members { members.append(Member(name: .parsed(key), value: .parsed(value))) }
      return members
    default: return nil
    }
  }

  private static func takeElements(_ slot: inout Draft?) -> [Draft]? {
    switch slot {
    case .array(let elements):
      slot = nil
      return elements
    case .parsed(let value) where value.kind == .array:
      slot = nil
      return value.elements.map { .parsed($0) }
    default: return nil
    }
  }
}

import JSON

/// Where the texts of two schemas differ, keyword by keyword, whatever that means for documents.
struct SchemaDifferences {
  private(set) var changes: [SchemaChange] = []

  /// Compares two schemas, or two other values that stand at the same place. O(old × new) in the members of one object.
  mutating func compare(_ old: JSONValue, _ new: JSONValue, at pointer: String = "") {
    guard old.kind == .object, new.kind == .object else {
      if !old.isEqual(to: new) { add(pointer, "was \(excerpt(of: old)), is \(excerpt(of: new))") }
      return
    }
    for (name, value) in old.members where !Self.isIdentity(name, at: pointer) {
      let keyword = MemberName(name).text
      let place = pointer + "/" + JSONPointer.escaped(keyword)
      if let present = new.member(named: name.bytes) {
        compare(keyword, value, present, at: place)
      } else {
        add(place, "\(keyword) is gone", .old)
      }
    }
    for (name, value) in new.members where old.member(named: name.bytes) == nil {
      if !Self.isIdentity(name, at: pointer) { addKeyword(MemberName(name).text, value, at: pointer) }
    }
  }

  private mutating func addKeyword(_ keyword: String, _ value: JSONValue, at pointer: String) {
    let place = pointer + "/" + JSONPointer.escaped(keyword)
    switch SubschemaShape(keyword: keyword) {
    case .named:
      for (name, _) in value.members {
        add(place + "/" + JSONPointer.escaped(MemberName(name).text), "\(MemberName(name).quoted) is new")
      }
    case .one, .list: add(place, "\(keyword) is new")
    case nil: add(place, "\(keyword) is new: \(excerpt(of: value))")
    }
  }

  /// Every version has an `$id` of its own.
  private static func isIdentity(_ keyword: JSONValue, at pointer: String) -> Bool {
    pointer.isEmpty && (keyword.bytes.spells("$id") || keyword.bytes.spells("$schema"))
  }

  private mutating func compare(_ keyword: String, _ old: JSONValue, _ new: JSONValue, at place: String) {
    switch SubschemaShape(keyword: keyword) {
    case .one: compare(old, new, at: place)
    case .list: compareLists(old, new, at: place)
    case .named: compareNamed(old, new, at: place)
    case nil:
      if !old.isEqual(to: new) { compareAssertions(keyword, old, new, at: place) }
    }
  }

  private mutating func compareAssertions(_ keyword: String, _ old: JSONValue, _ new: JSONValue, at place: String) {
    switch keyword {
    case "required": compareSets(old, new, at: place, lost: "is no longer required", found: "is required now")
    case "enum": compareSets(old, new, at: place, lost: "is no longer allowed", found: "is allowed now")
    case _ where ConstrainingKeywords.contains(keyword):
      add(place, "\(keyword) was \(excerpt(of: old)), is \(excerpt(of: new))")
    default: add(place, "\(keyword) has changed")
    }
  }

  private mutating func compareLists(_ old: JSONValue, _ new: JSONValue, at place: String) {
    for (index, (former, present)) in zip(old.elements, new.elements).enumerated() {
      compare(former, present, at: "\(place)/\(index)")
    }
    for index in 0..<max(old.count, new.count) where index >= min(old.count, new.count) {
      add("\(place)/\(index)", index < old.count ? "is gone" : "is new", index < old.count ? .old : .new)
    }
  }

  private mutating func compareNamed(_ old: JSONValue, _ new: JSONValue, at place: String) {
    for (name, former) in old.members {
      let below = place + "/" + JSONPointer.escaped(MemberName(name).text)
      if let present = new.member(named: name.bytes) {
        compare(former, present, at: below)
      } else {
        add(below, "\(MemberName(name).quoted) is gone", .old)
      }
    }
    for (name, _) in new.members where old.member(named: name.bytes) == nil {
      add(place + "/" + JSONPointer.escaped(MemberName(name).text), "\(MemberName(name).quoted) is new")
    }
  }

  private mutating func compareSets(
    _ old: JSONValue, _ new: JSONValue, at place: String, lost: String, found: String
  ) {
    for (index, value) in old.elements.enumerated() where !new.elements.contains(where: { $0.isEqual(to: value) }) {
      add("\(place)/\(index)", "\(excerpt(of: value)) \(lost)", .old)
    }
    for (index, value) in new.elements.enumerated() where !old.elements.contains(where: { $0.isEqual(to: value) }) {
      add("\(place)/\(index)", "\(excerpt(of: value)) \(found)")
    }
  }

  private mutating func add(_ pointer: String, _ what: String, _ side: SchemaChange.Side = .new) {
    changes.append(SchemaChange(kind: .compatible, pointer: pointer, side: side, what: what))
  }
}

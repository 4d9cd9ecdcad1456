import JSON

/// A value of an upcaster file, and where it stands.
struct Field {
  let value: JSONValue
  let place: UpcasterFile.Place

  func optional(_ name: String) throws(UpcasterError) -> Field? {
    try requireObject()
    return value[name].map { Field(value: $0, place: place.appending(name)) }
  }

  func required(_ name: String) throws(UpcasterError) -> Field {
    guard let field = try optional(name) else {
      throw place.error("\"\(name)\" is missing", "write \"\(name)\"")
    }
    return field
  }

  private func requireObject() throws(UpcasterError) {
    guard value.kind == .object else { throw place.error("an object must stand here", "write { ... }") }
  }

  /// Refuses members of other names.
  func requireKeys(_ names: [String]) throws(UpcasterError) {
    try requireObject()
    for (key, _) in value.members {
      let name = key.string ?? ""
      guard !names.contains(name) else { continue }
      throw place.error("there is no key \"\(name)\"", "the keys here are \(names.joined(separator: ", "))")
    }
  }

  func members() throws(UpcasterError) -> [(name: String, field: Field)] {
    try requireObject()
    return value.members.map { key, value in
      let name = key.string ?? ""
      return (name, Field(value: value, place: place.appending(name)))
    }
  }

  func elements() throws(UpcasterError) -> [Field] {
    guard value.kind == .array else { throw place.error("a list must stand here", "write [ ... ]") }
    return value.elements.enumerated().map { Field(value: $1, place: place.appending(String($0))) }
  }

  func text() throws(UpcasterError) -> String {
    guard let text = value.string else { throw place.error("a text must stand here", "write it in quotation marks") }
    return text
  }

  func nonemptyText() throws(UpcasterError) -> String {
    let text = try text()
    guard !text.isEmpty else { throw place.error("the text is empty", "write at least one character") }
    return text
  }

  func flag() throws(UpcasterError) -> Bool {
    guard let flag = value.bool else { throw place.error("true or false must stand here", "write one of them") }
    return flag
  }

  func integer() throws(UpcasterError) -> Int {
    guard let number = value.numberText.flatMap(Int.init) else {
      throw place.error("a whole number must stand here", "write one without quotation marks")
    }
    return number
  }

  /// One of several words.
  func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) throws(UpcasterError) -> Word
  where Word.RawValue == String {
    guard let text = value.string, let word = Word(rawValue: text) else {
      let words = type.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw place.error("this is none of the words that can stand here", "write one of \(words)")
    }
    return word
  }

  func path() throws(UpcasterError) -> Path {
    let text = try text()
    do {
      return try Path(text)
    } catch {
      throw place.error(error.reason, error.remedy)
    }
  }

  /// A path that a value can be put at.
  func target() throws(UpcasterError) -> Path {
    let path = try path()
    guard path.segments.last != .every else {
      throw place.error("nothing can be put at every element of an array", "let the path end with a name")
    }
    return path
  }

  /// The value without blanks between its tokens.
  var minified: [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
  }
}

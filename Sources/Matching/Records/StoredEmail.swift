/// An e-mail address as it is kept. 20 bytes, and its name.
struct StoredEmail {
  /// Where the name, what is before the `@` and before a `+` in it, begins.
  let nameStart: UInt32
  let nameLength: UInt8
  /// A hash of the name.
  let nameKey: UInt32
  /// A hash of the letters of the name alone; of everything when those are fewer than four.
  let lettersKey: UInt32
  /// A hash of what is after the `@`.
  let domainKey: UInt32

  var name: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameLength) }
}

/// The parts of an e-mail address that are compared. Nil when there is nothing before the `@`.
struct EmailParts {
  let name: [UInt8]
  let domain: [UInt8]

  init?(_ email: String) {
    let bytes = Array(email.lowercased().utf8)
    let at = bytes.lastIndex(of: UInt8(ascii: "@")) ?? bytes.endIndex
    name = Array(bytes[..<at].prefix { $0 != UInt8(ascii: "+") }.prefix(64))
    domain = Array(bytes[at...].dropFirst())
    if name.isEmpty { return nil }
  }

  /// The letters of the name, or all of it when those are fewer than four.
  var letters: [UInt8] {
    let letters = name.filter { $0 >= UInt8(ascii: "a") }
    return letters.count < 4 ? name : letters
  }
}

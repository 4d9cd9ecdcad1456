import GeneratedEvents

/// JSON that a test makes and can spell in many ways.
indirect enum JSONTree: Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([Member])

  struct Member: Sendable {
    var key: String
    var value: JSONTree

    init(_ key: String, _ value: JSONTree) {
      self.key = key
      self.value = value
    }
  }
}

/// What a spelling may do that leaves the meaning as it is.
struct Spelling {
  var blanks = false
  var escapes = false
  /// Members of every object in any order.
  var order = false
  /// Numbers in another form: 12 as 1.2e1.
  var numbers = false

  static let minified = Spelling()
  /// All that the canonical form undoes.
  static let loose = Spelling(blanks: true, escapes: true)
  static let any = Spelling(blanks: true, escapes: true, order: true, numbers: true)
}

extension JSONTree {
  var minified: String {
    var random = SeededGenerator(seed: 0)
    return spelled(.minified, &random)
  }

  func spelled(_ spelling: Spelling, _ random: inout SeededGenerator) -> String {
    switch self {
    case .null: return "null"
    case .bool(let flag): return "\(flag)"
    case .number(let text): return spelling.numbers ? respelled(text, &random) : text
    case .string(let text): return quoted(text, escapes: spelling.escapes, &random)
    case .array(let elements):
      return bracketed("[", elements.map { $0.spelled(spelling, &random) }, "]", spelling, &random)
    case .object(let members):
      let members = spelling.order ? members.shuffled(using: &random) : members
      let texts = members.map { member in
        quoted(member.key, escapes: spelling.escapes, &random) + blank(spelling, &random) + ":"
          + blank(spelling, &random)
          + member.value.spelled(spelling, &random)
      }
      return bracketed("{", texts, "}", spelling, &random)
    }
  }
}

private func bracketed(
  _ open: String, _ parts: [String], _ close: String, _ spelling: Spelling, _ random: inout SeededGenerator
) -> String {
  var text = open + blank(spelling, &random)
  for (index, part) in parts.enumerated() {
    text += (index > 0 ? "," + blank(spelling, &random) : "") + part + blank(spelling, &random)
  }
  return text + close
}

/// No line feed: a document is one line.
private func blank(_ spelling: Spelling, _ random: inout SeededGenerator) -> String {
  spelling.blanks && random.oneIn(3) ? random.pick([" ", "  ", "\t", "\r", " \t "]) : ""
}

private func quoted(_ text: String, escapes: Bool, _ random: inout SeededGenerator) -> String {
  "\"" + text.unicodeScalars.map { escaped($0, needlessly: escapes && random.oneIn(4)) }.joined() + "\""
}

private func escaped(_ scalar: Unicode.Scalar, needlessly: Bool) -> String {
  if needlessly { return String(scalar).utf16.map { "\\u" + hexadecimal($0) }.joined() }
  switch scalar {
  case "\"": return "\\\""
  case "\\": return "\\\\"
  case "\n": return "\\n"
  case "\t": return "\\t"
  case _ where scalar.value < 0x20: return "\\u" + hexadecimal(UInt16(scalar.value))
  default: return String(scalar)
  }
}

private func hexadecimal(_ unit: UInt16) -> String {
  let digits = String(unit, radix: 16)
  return String(repeating: "0", count: 4 - digits.count) + digits
}

/// Another text of the same number, unless it has too many digits to be compared by value.
private func respelled(_ text: String, _ random: inout SeededGenerator) -> String {
  guard text.count < 30, text.allSatisfy(\.isNumber) else { return text }
  if text == "0" { return random.pick(["0", "0.0", "0e5", "-0"]) }
  return random.pick([text, text + ".0", text + "e0", text + "00E-2", text + ".000e+0"])
}

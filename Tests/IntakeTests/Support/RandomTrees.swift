import GeneratedEvents

extension JSONTree {
  /// Any value: at most `depth` levels of containers.
  static func random(depth: Int, _ random: inout SeededGenerator) -> JSONTree {
    switch random.number(0..<(depth > 0 ? 7 : 5)) {
    case 0: .null
    case 1: .bool(random.oneIn(2))
    case 2:
      .number(random.pick(["0", "-0", "7", "12", "1.50", "-3e7", "1E400", "12345678901234567890123456789", "0.1e-9"]))
    case 3, 4: .string(text(&random))
    case 5: .array((0..<random.number(0..<4)).map { _ in Self.random(depth: depth - 1, &random) })
    default: object(depth: depth - 1, &random)
    }
  }

  static func object(depth: Int, _ random: inout SeededGenerator) -> JSONTree {
    .object((0..<random.number(0..<5)).map { Member("\($0)" + text(&random), Self.random(depth: depth, &random)) })
  }

  /// Text with all that JSON has to escape or may, and characters of one to four bytes.
  static func text(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "a", "url", "\"", "\\", "/", "\n", "\t", "\u{1F}", "\u{7F}", "\u{E9}", "\u{1EBF}", "\u{2028}", "\u{1F600}", " ",
      "}", "{", ",", ":",
    ]
    return (0..<random.number(0..<8)).map { _ in random.pick(pieces) }.joined()
  }

  /// The same object with another member, or with one replaced.
  func setting(_ key: String, _ value: JSONTree) -> JSONTree {
    guard case .object(var members) = self else { return self }
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].value = value
    } else {
      members.append(Member(key, value))
    }
    return .object(members)
  }

  func removing(_ key: String) -> JSONTree {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.key != key })
  }
}

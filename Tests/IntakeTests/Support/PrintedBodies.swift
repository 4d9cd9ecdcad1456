import GeneratedEvents

/// JSON bodies as programs and people print them, one after the other in one input.
struct PrintedBodies {
  /// One body as it lies in the input.
  struct Body {
    /// From its first byte to its last.
    let text: String
    let lines: ClosedRange<Int>
    /// Without blank ones.
    let lineCount: Int
  }

  private(set) var text = ""
  private(set) var bodies: [Body] = []
  private var line = 1
  private let lineBreak: String

  init(lineBreak: String) { self.lineBreak = lineBreak }

  /// Adds a body that ends with its line, or would without the cut, and perhaps blank lines behind it.
  mutating func add(_ body: String, _ random: inout SeededGenerator) {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    let filled = lines.indices.filter { !lines[$0].allSatisfy { $0 == " " || $0 == "\t" } }
    if let last = filled.last {
      bodies.append(Body(text: body, lines: line...(line + last), lineCount: filled.count))
    }
    text += lines.joined(separator: lineBreak) + lineBreak
    line += lines.count
    while random.oneIn(4) {
      text += random.pick(["", " ", "\t "]) + lineBreak
      line += 1
    }
  }

  /// The input in pieces of random length.
  func pieces(_ random: inout SeededGenerator) -> [[UInt8]] {
    var rest = Array(text.utf8)[...]
    var pieces: [[UInt8]] = []
    while !rest.isEmpty {
      pieces.append(Array(rest.prefix(random.oneIn(3) ? random.number(1..<8) : random.number(1..<200))))
      rest = rest.dropFirst(pieces[pieces.count - 1].count)
    }
    return pieces
  }
}

extension JSONTree {
  /// A body: an object, or a list of them.
  static func body(_ random: inout SeededGenerator) -> JSONTree {
    guard random.oneIn(4) else { return object(depth: 3, &random) }
    return .array((0..<random.number(1..<4)).map { _ in object(depth: 2, &random) })
  }

  /// Printed on one line or over several; of those no line but the first begins with an opening bracket.
  func printed(_ random: inout SeededGenerator) -> String {
    switch random.number(0..<3) {
    case 0: spelled(.any, &random).replacing("\r", with: " ").replacing("\n", with: " ")
    case 1: indented("", "  ")
    default: tokens.reduce(into: "") { $0 += $0.isEmpty ? $1 : random.pick(["", " ", "\n ", "\n\t", " \n\n "]) + $1 }
    }
  }

  private func indented(_ margin: String, _ step: String) -> String {
    let inner = margin + step
    func block(_ open: String, _ parts: [String], _ close: String) -> String {
      parts.isEmpty
        ? open + close : open + "\n" + parts.map { inner + $0 }.joined(separator: ",\n") + "\n" + margin + close
    }
    switch self {
    case .array(let elements): return block("[", elements.map { $0.indented(inner, step) }, "]")
    case .object(let members):
      return block("{", members.map { JSONTree.string($0.key).minified + ": " + $0.value.indented(inner, step) }, "}")
    default: return minified
    }
  }

  /// What blanks may lie between.
  private var tokens: [String] {
    func joined(_ parts: [[String]]) -> [String] { Array(parts.joined(separator: [","])) }
    switch self {
    case .array(let elements): return ["["] + joined(elements.map(\.tokens)) + ["]"]
    case .object(let members):
      return ["{"] + joined(members.map { [JSONTree.string($0.key).minified, ":"] + $0.value.tokens }) + ["}"]
    default: return [minified]
    }
  }
}

import EventLog
import GeneratedEvents
import Intake
import JSON
import Mappings
import Testing

@Suite("Cutting an input into JSON bodies") struct BodyCuttingTests {
  /// A body as it was cut out.
  private struct Cut: Equatable, CustomStringConvertible {
    let text: String
    let lines: ClosedRange<Int>
    let lineCount: Int

    var description: String { "\(lines) (\(lineCount)): \(text)" }
  }

  private static func mapping() throws -> Mapping {
    try Mapping(
      yaml: """
        channel: hook
        input: json
        time_zone: UTC
        events:
          - {type: custom.body, id: =hash(this), time: '=received()', source: hook, channel: web}
        """, file: "hook.yaml", shop: IntakeFixture.shop())
  }

  /// What is cut out of the input, which comes in pieces through a pipe.
  private func cuts(_ printed: PrintedBodies, _ random: inout SeededGenerator) throws -> [Cut] {
    let fixture = try IntakeFixture()
    let pipe = try FedPipe(path: fixture.directory.path + "/pipe", pieces: printed.pieces(&random))
    var cuts: [Cut] = []
    try BodyTrials(mapping: Self.mapping(), rules: fixture.rules).forEach(in: pipe.path) { trial, _ in
      let origin = trial.body.origin
      let text = String(decoding: origin.source(), as: UTF8.self).replacing("\r\n", with: "\n")
      let cut = Cut(text: Self.trimmed(text), lines: origin.lines, lineCount: origin.lineCount)
      // A list holds several bodies, which lie in the same lines.
      if cuts.last?.lines != cut.lines { cuts.append(cut) }
    }
    return cuts
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank = { (character: Character) in character.isWhitespace }
    return String(text.reversed().drop(while: isBlank).reversed().drop(while: isBlank))
  }

  private func expected(_ printed: PrintedBodies) -> [Cut] {
    printed.bodies.map { Cut(text: Self.trimmed($0.text), lines: $0.lines, lineCount: $0.lineCount) }
  }

  @Test(
    "However bodies are printed and however their bytes arrive, each comes out as it was, with its lines",
    arguments: UInt64(1)...60)
  func whole(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var printed = PrintedBodies(lineBreak: random.oneIn(3) ? "\r\n" : "\n")
    for _ in 0..<random.number(1..<12) { printed.add(JSONTree.body(&random).printed(&random), &random) }
    #expect(try cuts(printed, &random) == expected(printed), "seed \(seed)")
  }

  /// What holds: bodies begin at the beginning of a line, and no later line of a body begins with an opening bracket. Then
  /// what is left of a body that was cut off comes out by itself, whatever follows it.
  @Test(
    "A body that was cut off at any byte is one body of its own, and those around it come out as they were",
    arguments: UInt64(1)...60)
  func cutOff(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var printed = PrintedBodies(lineBreak: random.oneIn(3) ? "\r\n" : "\n")
    let count = random.number(2..<8)
    let broken = random.number(0..<count)
    for index in 0..<count {
      let text = JSONTree.body(&random).printed(&random)
      // Any byte of a character of several is the same as its first.
      let end = random.number(1..<text.unicodeScalars.count)
      printed.add(index == broken ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(end))) : text, &random)
    }
    #expect(try cuts(printed, &random) == expected(printed), "seed \(seed): body \(broken) of \(printed.text)")
  }

  @Test(
    "Of an ingest every line is counted once, and only the body that was cut off is quarantined",
    arguments: UInt64(1)...20)
  func accounting(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var printed = PrintedBodies(lineBreak: "\n")
    let broken = random.number(0..<6)
    for index in 0..<6 {
      let body = JSONTree.object([.init("n", .string("thing-\(index)")), .init("more", .object(depth: 3, &random))])
      let text = body.printed(&random)
      printed.add(index == broken ? String(text.dropLast()) : text, &random)
    }
    let fixture = try IntakeFixture()
    let path = try fixture.file(Array(printed.text.utf8))
    let summary = try fixture.ingest(workers: 3).run([path], mapping: Self.ownMapping(), into: fixture.log)
    let lines = printed.bodies.map(\.lineCount)
    #expect(summary.lines == lines.reduce(0, +) && summary.linesQuarantined == lines[broken], "seed \(seed)")
    #expect(summary.linesUsed == summary.lines - lines[broken] && summary.accepted == 5)
    let rejects = try fixture.rejects()
    #expect(rejects.map(\.line) == [printed.bodies[broken].lines.lowerBound])
    #expect(
      rejects.map { Self.trimmed(String(decoding: $0.original, as: UTF8.self)) } == [
        Self.trimmed(printed.bodies[broken].text)
      ])
  }

  private static func ownMapping() throws -> Mapping {
    try Mapping(
      yaml: """
        channel: hook
        input: json
        time_zone: UTC
        events:
          - {type: custom.body, id: =n, time: '=received()', source: hook, channel: web, ids: {anonymous_id: =n}}
        """, file: "hook.yaml", shop: IntakeFixture.shop())
  }
}

@Suite("Following a JSON text to its end") struct JSONOutlineTests {
  /// What the outline says line by line, up to the first line with which the text does not go on.
  private func states(_ text: String) -> [JSONOutline.State] {
    var outline = JSONOutline()
    var states: [JSONOutline.State] = []
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) where states.last != .broken {
      let bytes = Array(line)
      states.append(bytes.withUnsafeBufferPointer { outline.follow($0, 0..<bytes.count) })
    }
    return states
  }

  private func isJSON(_ text: String) -> Bool {
    let parser = JSONParser()
    do {
      _ = try parser.parse(text.utf8)
      return true
    } catch {
      return false
    }
  }

  @Test("A JSON text is open until its last line and then complete", arguments: UInt64(1)...100)
  func valid(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let text = JSONTree.random(depth: 4, &random).printed(&random)
    let lines = states(text)
    #expect(lines.last == .complete && lines.dropLast().allSatisfy { $0 == .open }, "seed \(seed): \(text)")
    for end in text.unicodeScalars.indices.dropFirst() where text.first == "{" || text.first == "[" {
      #expect(states(String(text[..<end])).last != .complete, "seed \(seed): \(text[..<end])")
    }
  }

  @Test(
    "Any tokens are complete, open or broken as the parser has it: JSON, the beginning of JSON, or neither",
    arguments: UInt64(1)...40)
  func tokens(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let count = random.number(1..<9)
      let text = (0..<count).map { number in
        random.pick([
          "{", "{", "}", "[", "[", "]", ",", ":", "\"k\(number)\"", "\"k\(number)\" :", "1", "true", "-2.5e7",
          "\"]}\\\"\(number)\"",
        ])
      }.reduce("") { $0 + random.pick([" ", "\n", "\t", " \r\n"]) + $1 }
      let expected: JSONOutline.State =
        isJSON(text) ? .complete : completions(text).contains(where: isJSON) ? .open : .broken
      #expect(states(text).last == expected, "seed \(seed): \(text)")
    }
  }

  /// If the text can be completed at all, one of these does it: what is missing of a member or an element, then the
  /// brackets that are open.
  private func completions(_ text: String) -> [String] {
    var closing = ""
    var (isInString, isEscaped) = (false, false)
    for character in text {
      if isInString {
        isInString = isEscaped || character != "\""
        isEscaped = !isEscaped && character == "\\"
        continue
      }
      switch character {
      case "\"": isInString = true
      case "{": closing = "}" + closing
      case "[": closing = "]" + closing
      case "}", "]": closing = String(closing.dropFirst())
      default: break
      }
    }
    return ["", " 1", " : 1", " \"z\" : 1"].map { text + $0 + closing }
  }
}

import EventLog
import Events
import GeneratedEvents
import Intake
import JSON
import Mappings
import Schemas
import Testing

extension JSONTree {
  init(_ value: JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .number: self = .number(value.numberText ?? "0")
    case .string: self = .string(value.string ?? "")
    case .array: self = .array(value.elements.map { JSONTree($0) })
    case .object: self = .object(value.members.map { Member($0.string ?? "", JSONTree($1)) })
    }
  }
}

@Suite("Events of the channels that come with the program") struct BuiltInChannelTests {
  /// Behind all times in the examples.
  private static let today = "2027-01-01T00:00:00Z"

  private static func mapping(_ name: String) throws -> Mapping {
    try Mapping(
      yaml: try #require(BuiltInChannels.yaml(of: name)), file: name + ".yaml", shop: try ChannelExamples.shop())
  }

  /// The bodies of a channel's examples.
  private static func bodies(_ name: String) throws -> [JSONTree] {
    let parser = JSONParser()
    return try #require(BuiltInChannels.examples(of: name)).split(separator: "\n").map { line in
      JSONTree(try #require(try parser.parse(line.utf8)["body"]))
    }
  }

  @Test("Intake takes every event that an example expects", arguments: BuiltInChannels.names)
  func accepted(name: String) throws {
    let now = try Instant(rfc3339: Self.today)
    let examples = try #require(BuiltInChannels.examples(of: name))
    #expect(ExampleEvents.problems(examples, file: name, .builtIn, { now }).map(\.message) == [])
  }

  @Test(
    "What a channel sends is known again a day later, whatever it is, and nothing of it conflicts",
    arguments: BuiltInChannels.names)
  func again(name: String) throws {
    let fixture = try IntakeFixture()
    let today = try Instant(rfc3339: Self.today)
    fixture.rules.now = { today }
    let path = try fixture.file(try Self.bodies(name).flatMap { Array($0.minified.utf8) + [0x0A] })
    let first = try fixture.ingest().run([path], mapping: Self.mapping(name), into: fixture.log)
    let rejects = try fixture.rejects().count
    #expect(first.accepted > 0 && first.lines == first.linesUsed + first.linesFiltered + first.linesQuarantined)
    let tomorrow = Instant(microseconds: today.microseconds + 86_400_000_000)
    fixture.rules.now = { tomorrow }
    let second = try fixture.ingest().run([path], mapping: Self.mapping(name), into: fixture.log)
    #expect(second.accepted == 0 && second.duplicates == first.accepted + first.duplicates)
    #expect(second.conflicts == first.conflicts && second.quarantined == first.quarantined, "\(fixture.reasons)")
    #expect(try fixture.rejects().count == rejects)
  }

  /// An event without its id: where a hash of records makes it, the order of their members counts.
  private static func told(_ outcomes: [MappingOutcome]) throws -> [[JSONTree]] {
    let parser = JSONParser()
    return try outcomes.map { outcome in
      switch outcome {
      case .events(let events, _):
        try events.map { JSONTree(try parser.parse($0.json)).removing("id") }
      case .filtered(let reason): [.string("filtered: " + reason)]
      case .failed(let reason), .unreadable(let reason): [.string(reason)]
      }
    }
  }

  private static func outcomes(_ body: String, _ run: MappingRun) -> [MappingOutcome] {
    let bytes = Array(body.utf8)
    let origin = Origin(lines: 1...1, lineCount: 1) { bytes }
    let padded = bytes + repeatElement(0x20, count: JSONParser.padding)
    var outcomes: [MappingOutcome] = []
    padded.withUnsafeBufferPointer { run.take(json: $0, count: bytes.count, origin) { outcomes += $0.outcomes } }
    return outcomes
  }

  @Test("In whatever order the members of a body lie, it means the same", arguments: BuiltInChannels.names)
  func memberOrder(name: String) throws {
    let run = MappingRun(
      try Self.mapping(name), file: "f", received: try Instant(rfc3339: IntakeFixture.now), hash: hexadecimalDigest)
    var spelling = Spelling()
    spelling.order = true
    for (line, body) in try Self.bodies(name).enumerated() {
      var random = SeededGenerator(seed: UInt64(line))
      let expected = try Self.told(Self.outcomes(body.minified, run))
      let found = try Self.told(Self.outcomes(body.spelled(spelling, &random), run))
      #expect(found.count == expected.count, "line \(line + 1)")
      for (one, other) in zip(found, expected) {
        #expect(one.map(\.sorted) == other.map(\.sorted), "line \(line + 1)")
      }
    }
  }
}

extension JSONTree {
  /// The value in a form that does not tell the order of members.
  fileprivate var sorted: String {
    switch self {
    case .array(let elements): "[" + elements.map(\.sorted).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { $0.key + ":" + $0.value.sorted }.sorted().joined(separator: ",") + "}"
    default: minified
    }
  }
}

import Events
import Intake
import JSON
import Mappings

extension FuzzTarget {
  /// Mapping files. One that is accepted is applied to a few documents.
  static let mapping = FuzzTarget(name: "mapping") {
    let shop = try ChannelExamples.shop()
    return { input in
      // A mapping that is refused says why; there is nothing else to be checked.
      guard let mapping = try? Mapping(yaml: input.text, file: "mapping.yaml", shop: shop) else { return }
      let run = MappingRun(mapping, file: "input", received: EventJudge.now, hash: digest)
      switch mapping.input {
      case .json: for body in bodies { _ = outcomes(of: Array(body.utf8), run) }
      case .csv: apply(run, to: Array("id,email,at\n1,a@example.com,2026-01-01\n\n1,,\n".utf8))
      }
    }
  } seeds: {
    ProjectFiles.paths(below: "schemas/channels", ending: ".yaml").map { ProjectFiles.bytes($0) }
  }

  /// The first byte chooses a built-in channel, the rest is a body. What the channel makes of it is judged as intake does.
  static let body = FuzzTarget(name: "body") {
    let shop = try ChannelExamples.shop()
    let runs = try BuiltInChannels.names.map { name in
      let mapping = try Mapping(yaml: BuiltInChannels.yaml(of: name) ?? "", file: name, shop: shop)
      return MappingRun(mapping, file: "input", received: EventJudge.now, hash: digest)
    }
    var judge = EventJudge()
    return { input in
      guard let channel = input.first else { return }
      let run = runs[Int(channel) % runs.count]
      let body = Array(input.dropFirst())
      let first = outcomes(of: body, run)
      try promise(outcomes(of: body, run) == first, "a body makes other events the second time")
      let origin = Origin(lines: 1...1, lineCount: 1) { body }
      let prepared = judge.preparer.prepare(file: "input", input: "channel", received: EventJudge.now) { take in
        take(MappedBody(outcomes: first, origin: origin))
      }
      try judge.check(prepared)
    }
  } seeds: {
    let parser = JSONParser()
    return try BuiltInChannels.names.enumerated().flatMap { index, name in
      try (BuiltInChannels.examples(of: name) ?? "").split(separator: "\n").map { line in
        var writer = JSONWriter()
        if let body = try parser.parse(line.utf8)["body"] { writer.value(body) }
        return [UInt8(index)] + writer.bytes
      }
    }
  }

  @Sendable private static func digest(_ bytes: [UInt8]) -> String {
    let digits = String(bytes.reduce(UInt64(5381)) { $0 &* 33 &+ UInt64($1) }, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }

  private static let bodies = [
    #"{"id":"1","email":"a@example.com","at":"2026-01-01T00:00:00Z","total":12.5,"items":[{"sku":"x","n":2},{"sku":"y"}]}"#,
    #"[{"headers":{"X-Topic":["orders/create"]},"body":"{}"},7,{}]"#,
  ]

  private static func outcomes(of body: [UInt8], _ run: MappingRun) -> [MappingOutcome] {
    let origin = Origin(lines: 1...1, lineCount: 1) { body }
    let padded = body + repeatElement(0x20, count: JSONParser.padding)
    var outcomes: [MappingOutcome] = []
    padded.withUnsafeBufferPointer { run.take(json: $0, count: body.count, origin) { outcomes += $0.outcomes } }
    return outcomes
  }

  /// The header may lack columns that the mapping asks for; they are null.
  private static func apply(_ run: MappingRun, to table: [UInt8]) {
    guard var reader = try? CSVReader(options: run.mapping.csv) else { return }
    var found: [CSVRecord] = []
    guard (try? table.withUnsafeBufferPointer({ try reader.feed($0) { found.append($0) } })) != nil else { return }
    for record in found { _ = run.take(record) }
    _ = run.finish()
  }
}

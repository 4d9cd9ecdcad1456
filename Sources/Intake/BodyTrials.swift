import EventLog
package import Events
import JSON
package import Mappings
package import Schemas

/// What a mapping makes of the bodies in a file, for those who write it. Nothing is stored.
package struct BodyTrials {
  private let mapping: Mapping
  private let rules: IntakeRules

  /// - Parameter rules: judge the events; their clock gives `received()`.
  package init(mapping: Mapping, rules: IntakeRules) {
    self.mapping = mapping
    self.rules = rules
  }

  /// Tries the bodies of a file (`-` is standard input), one after the other. `refused` says what intake would not take of the
  /// events, one sentence each.
  package func forEach(
    in path: String, _ take: (_ trial: MappingRun.BodyTrial, _ refused: [String]) throws -> Void
  ) throws {
    var preparer = EventPreparer(rules)
    let received = rules.now()
    var source = BodySource(paths: [path], mapping: mapping)
    let run = MappingRun(mapping, file: path, received: received, hash: hexadecimalDigest)
    while let piece = try source.next() {
      switch piece {
      case .bodies(let chunk):
        for trial in trials(of: chunk, run) {
          let judged = preparer.prepare(file: path, input: mapping.name, received: received) { $0(trial.body.judged) }
          try take(
            trial,
            judged.rejects.map { "\($0.reject.pointer.isEmpty ? "" : $0.reject.pointer + ": ")\($0.reject.reason)" })
        }
      case .lines(let chunk):
        throw InputError(file: path, reason: "line \(chunk.firstLine) is longer than \(LineReader.lineBytesMax) bytes")
      case .mapped, .followed: break  // bodies come neither mapped nor from an input that grows
      }
    }
  }

  private func trials(of chunk: BodyChunk, _ run: MappingRun) -> [MappingRun.BodyTrial] {
    var trials: [MappingRun.BodyTrial] = []
    chunk.forEachBody { text, count, origin in trials += run.trial(json: text, count: count, origin) }
    return trials
  }
}

extension MappedBody {
  /// Without the documents that the mapping itself refuses.
  fileprivate var judged: MappedBody {
    let origin = origin
    return MappedBody(outcomes: outcomes.filter { !$0.events.isEmpty }, origin: origin)
  }
}

/// The events that examples of a channel expect, judged as intake judges events.
package enum ExampleEvents {
  /// What intake would not take, by the line of the example.
  package static func problems(
    _ examples: String, file: String, _ catalogue: SchemaCatalogue, _ now: @escaping @Sendable () -> Instant
  ) -> [(line: Int, message: String)] {
    let parser = JSONParser()
    var preparer = EventPreparer(IntakeRules(catalogue: catalogue, identifiers: .standard, now: now))
    var problems: [(line: Int, message: String)] = []
    for (index, line) in examples.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      guard let example = parsed(line, parser), let events = example["events"] else { continue }
      for event in events.elements {
        var writer = JSONWriter()
        writer.value(event)
        let bytes = writer.bytes + repeatElement(0x20, count: JSONParser.padding)
        let chunk = LineChunk(bytes: bytes, count: writer.bytes.count, file: file, firstLine: index + 1)
        problems += preparer.prepare(chunk, input: "example").rejects.map {
          let pointer = $0.reject.pointer.isEmpty ? "the event" : $0.reject.pointer
          return (index + 1, "\(file):\(index + 1): intake refuses \(pointer): \($0.reject.reason)")
        }
      }
    }
    return problems
  }

  /// Lines that are no JSON are reported where the examples are tried.
  private static func parsed(_ line: Substring, _ parser: JSONParser) -> JSONValue? {
    do { return try parser.parse(line.utf8) } catch { return nil }
  }
}

import Events
import JSON
import TimeZones

extension MappingOutcome {
  /// None where the document was left out or refused.
  package var events: [MappedEvent] {
    if case .events(let events, _) = self { events } else { [] }
  }

  /// Why the document was refused; nil where it was not.
  package var refusal: String? {
    switch self {
    case .failed(let reason), .unreadable(let reason): reason
    case .events, .filtered: nil
    }
  }
}

/// Examples of a channel, which lie beside its mapping: one JSON object a line.
///
///     {"why": "...", "body": ..., "events": [...]}          the body makes exactly these events
///     {"why": "...", "body": ..., "skipped": "reason"}      it is left out for this reason
///     {"why": "...", "body": ..., "refused": "..."}         it is refused, and the reason says so
///
/// Examples are tried for a shop in Asia/Ho_Chi_Minh whose currency is VND, and received on 2026-01-01T00:00:00Z, so that
/// they mean the same everywhere.
package struct ChannelExamples {
  /// What is wrong with an example.
  package struct Failure: Sendable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let message: String

    package var description: String { "\(file):\(line): \(message)" }
  }

  /// The shop for which examples are tried.
  package static func shop() throws -> ShopSettings {
    ShopSettings(zone: try TimeZone(identifier: "Asia/Ho_Chi_Minh"), currency: Currency("VND"))
  }

  private let mapping: Mapping
  private let file: String
  private let hash: @Sendable ([UInt8]) -> String
  private let parser = JSONParser()

  /// - Parameters:
  ///   - mapping: compiled for ``shop()``.
  ///   - file: the name of the examples' file, for messages.
  package init(_ mapping: Mapping, file: String, hash: @escaping @Sendable ([UInt8]) -> String) {
    self.mapping = mapping
    self.file = file
    self.hash = hash
  }

  /// Tries every example. Returns how many there are, and what is wrong.
  package func check(_ text: String) -> (count: Int, failures: [Failure]) {
    var count = 0
    var failures: [Failure] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    where !line.isEmpty {
      count += 1
      if let message = mistake(in: line) { failures.append(Failure(file: file, line: index + 1, message: message)) }
    }
    return (count, failures)
  }

  private func mistake(in line: Substring) -> String? {
    let example: JSONValue
    do { example = try parser.parse(line.utf8) } catch { return "\(error)" }
    guard let why = example["why"]?.string, let body = example["body"] else {
      return "an example has the fields `why` and `body`, and one of `events`, `skipped` and `refused`"
    }
    var writer = JSONWriter()
    writer.value(body)
    let outcomes = outcomes(of: writer.bytes)
    let mistake =
      if let events = example["events"] {
        mistake(in: outcomes, expected: events)
      } else if let reason = example["skipped"]?.string {
        outcomes.allSatisfy { $0 == .filtered(reason: reason) }
          ? nil : "expected it to be left out as '\(reason)', but \(Self.shown(outcomes))"
      } else if let part = example["refused"]?.string {
        Self.refusal(outcomes)?.contains(part) ?? false
          ? nil : "expected it to be refused with '\(part)', but \(Self.shown(outcomes))"
      } else {
        String?("an example has one of the fields `events`, `skipped` and `refused`")
      }
    return mistake.map { "\(why): \($0)" }
  }

  private func outcomes(of body: [UInt8]) -> [MappingOutcome] {
    let run = MappingRun(
      mapping, file: file, received: Instant(microseconds: 1_767_225_600_000_000), hash: hash)
    let origin = Origin(lines: 1...1, lineCount: 1) { body }
    let padded = body + repeatElement(0x20, count: JSONParser.padding)
    var outcomes: [MappingOutcome] = []
    padded.withUnsafeBufferPointer { run.take(json: $0, count: body.count, origin) { outcomes += $0.outcomes } }
    return outcomes
  }

  private func mistake(in outcomes: [MappingOutcome], expected: JSONValue) -> String? {
    if let refusal = Self.refusal(outcomes) { return "it was refused: \(refusal)" }
    let events = outcomes.flatMap { $0.events }
    let wanted = Array(expected.elements)
    guard events.count == wanted.count else {
      return "expected \(wanted.count) events, but there are \(events.count): \(Self.shown(outcomes))"
    }
    let parser = JSONParser()
    for (index, event) in events.enumerated() {
      do {
        let found = try parser.parse(event.json)
        if !found.isEquivalent(to: wanted[index], sameNumber: { $0.elementsEqual($1) }) {
          var writer = JSONWriter()
          writer.value(wanted[index])
          return "event \(index + 1) is \(String(decoding: event.json, as: UTF8.self)), expected \(writer.text)"
        }
      } catch {
        return "\(error)"
      }
    }
    return nil
  }

  private static func refusal(_ outcomes: [MappingOutcome]) -> String? {
    outcomes.lazy.compactMap(\.refusal).first
  }

  private static func shown(_ outcomes: [MappingOutcome]) -> String {
    outcomes.map { outcome in
      switch outcome {
      case .events(let events, _):
        "it makes " + events.map { String(decoding: $0.json, as: UTF8.self) }.joined(separator: " ")
      case .filtered(let reason): "it is left out as '\(reason)'"
      case .failed(let reason), .unreadable(let reason): "it is refused: \(reason)"
      }
    }.joined(separator: "; ")
  }
}

import ArgumentParser
import EventLog
import Events
import JSON
import Platform

/// Which events of the log are wanted.
struct EventSelection: ParsableArguments {
  @Option(help: "The first position.") var from: UInt64?
  @Option(help: "The last position.") var to: UInt64?
  @Option(help: "Only events of this type.") var type: String?
  @Option(help: "Only events of this source.") var source: String?
  @Option(help: "Only events that carry this identifier, as type:value.") var identifier: String?
  @Option(parsing: .unconditional, help: "How many events at most.") var limit: Natural?

  func filter(_ configuration: Configuration) throws -> EventFilter {
    var wanted: Identifier?
    if let identifier {
      guard let colon = identifier.firstIndex(of: ":") else {
        throw UsageError("--identifier is written type:value, for example email:an@example.com")
      }
      let value = String(identifier[identifier.index(after: colon)...])
      switch configuration.identifiers.normalise(value, type: String(identifier[..<colon])) {
      case .success(let found): wanted = found
      case .failure(let refusal): throw UsageError("--identifier \(identifier): \(refusal)")
      }
    }
    return EventFilter(
      from: from ?? 1, through: to ?? .max, type: type, source: source, identifier: wanted, limit: limit?.value ?? .max)
  }
}

/// Events of the log by position, type, source and identifier.
struct EventFilter {
  let from, through: Position
  let type, source: String?
  let identifier: Identifier?
  let limit: Int

  /// Whether nothing is left out.
  var isEveryEvent: Bool {
    from <= 1 && through == .max && type == nil && source == nil && identifier == nil && limit == .max
  }

  private struct Enough: Error {}

  func forEach(in log: EventLog, _ body: (LoggedEvent) throws -> Void) throws {
    let parser = JSONParser()
    let selects = type != nil || source != nil || identifier != nil
    var count = 0
    do {
      try LogReader(log).forEach(from: from, through: through) { event in
        guard count < limit else { throw Enough() }
        if selects, !matches(try parser.parse(padded: event.padded, count: event.documentBytes)) { return }
        try body(event)
        count += 1
      }
    } catch is Enough {}
  }

  private func matches(_ root: JSONValue) -> Bool {
    if let type, root["type"]?.string != type { return false }
    if let source, root["source"]?.string != source { return false }
    if let identifier, root["ids"]?[identifier.type]?.string != identifier.value { return false }
    return true
  }
}

package import EventLog
package import Events
import JSON

/// One event of a timeline.
package struct TimelineEntry: Sendable {
  package let position: Position
  package let time: Instant
  package let type: String
  package let id: String
  package let source: String
  package let channel: String
  package let store: String?
  /// What a person would want to read of `data`: an order and its total, a page, a subject.
  package let summary: String
}

/// Reads the events at given positions from the log.
package struct TimelineReader {
  private let reader: LogReader
  private let parser = JSONParser()
  /// Fields of `data` that tell something, in the order in which they are written.
  private static let telling: [StaticString] = [
    "order_id", "total", "amount", "currency", "ticket_id", "subject", "campaign", "sku", "query", "url", "channel",
    "granted", "carrier", "tracking", "kind", "by", "reason", "note", "score",
  ]

  /// For one thread.
  package init(_ log: EventLog) { reader = LogReader(log) }

  /// The entries in the order of event time; positions that are equal in time keep the order of the log.
  package func entries(_ positions: some Sequence<Position>) throws -> [TimelineEntry] {
    var entries: [TimelineEntry] = []
    for position in positions { entries.append(try entry(at: position)) }
    return entries.sorted { ($0.time, $0.position) < ($1.time, $1.position) }
  }

  private func entry(at position: Position) throws -> TimelineEntry {
    try reader.withEvent(at: position) { event in
      let root = try parser.parse(padded: event.padded, count: event.documentBytes)
      return TimelineEntry(
        position: position, time: try Instant(rfc3339: root["time"]?.string ?? ""), type: root["type"]?.string ?? "",
        id: root["id"]?.string ?? "", source: root["source"]?.string ?? "", channel: root["channel"]?.string ?? "",
        store: root["store"]?.string, summary: Self.summary(root["data"]))
    }
  }

  private static func summary(_ data: JSONValue?) -> String {
    guard let data else { return "" }
    let parts = telling.compactMap { name -> String? in
      guard let value = data[name] else { return nil }
      if let flag = value.bool { return "\(name)=\(flag)" }
      return value.string ?? value.numberText
    }
    return parts.joined(separator: " · ")
  }
}

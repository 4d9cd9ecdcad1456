import JSON

/// What became of a body, a row or a group of rows.
///
/// Accounting: every line of the input is counted by exactly one body, so the sum of all `lineCount` is the number of lines
/// read, without the header and blank lines. Of the bodies in one JSON array the first carries the count and the others 0.
package struct MappedBody: Sendable {
  /// One for each document of the body, in order; at least one.
  package let outcomes: [MappingOutcome]
  package let origin: Origin

  package init(outcomes: [MappingOutcome], origin: Origin) {
    self.outcomes = outcomes
    self.origin = origin
  }
}

/// Where a body comes from.
package struct Origin: Sendable {
  /// From the first to the last line; lines of other bodies may lie between.
  package let lines: ClosedRange<Int>
  package let lineCount: Int
  /// The original text: rows joined by line breaks, behind the header line of their file; an element of a JSON array is
  /// written out again, numbers as they were sent.
  package let source: @Sendable () -> [UInt8]

  package init(lines: ClosedRange<Int>, lineCount: Int, source: @escaping @Sendable () -> [UInt8]) {
    self.lines = lines
    self.lineCount = lineCount
    self.source = source
  }
}

/// What became of a document. It makes all of its events or none.
package enum MappingOutcome: Sendable, Equatable {
  /// Complete events, ready for intake, at least one; and what somebody should know of them, one sentence for each time.
  case events([MappedEvent], warnings: [String])
  /// Left out on purpose.
  case filtered(reason: String)
  /// Could not be made into events.
  case failed(reason: String)
  /// Is no JSON, or no row of its file.
  case unreadable(reason: String)

  /// The reason of a document for which the condition of no event rule holds.
  package static let noRuleApplies = "no event rule applies"
}

/// An event as JSON.
package struct MappedEvent: Sendable, Equatable {
  /// The event, and behind it the bytes that a JSON parser wants to be readable.
  package let padded: [UInt8]
  package let count: Int
  /// Whether the time is that of the delivery, because the document names none.
  package let timeIsArrival: Bool

  /// The event alone.
  package var json: ArraySlice<UInt8> { padded[..<count] }

  /// Lists are not written on beyond so many bytes. Intake refuses less; this keeps lists within lists from growing.
  static let bytesMax = 1 << 20

  /// Room for most events with their padding.
  static let usualBytes = 1024

  init(_ json: consuming [UInt8], timeIsArrival: Bool) {
    self.timeIsArrival = timeIsArrival
    count = json.count
    json.append(contentsOf: repeatElement(0x20, count: JSONParser.padding))
    padded = json
  }
}

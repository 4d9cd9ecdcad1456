/// What became of a part of the input.
///
/// Accounting: every line of the input is counted by exactly one outcome, so the sum of all `lineCount` is the number of
/// lines read, without the header and blank lines. Where one document makes several events, the first carries the count
/// and the others 0; the same holds for the documents of one JSON array.
package enum MappingOutcome: Sendable, Equatable {
  /// A complete event as JSON, ready for intake. `lines` is from the first to the last line that it was made of; lines of
  /// other documents may lie between.
  case event(json: [UInt8], lines: ClosedRange<Int>, lineCount: Int)
  /// Left out on purpose.
  case filtered(reason: String, lineCount: Int)
  /// Could not be made into events; none was made of it. `source` is the original text, rows joined by line breaks;
  /// elements of a JSON array are written out again, numbers as they were sent.
  case failed(reason: String, source: [UInt8], line: Int, lineCount: Int)
}

extension MappingOutcome {
  package var lineCount: Int {
    switch self {
    case .event(_, _, let count), .filtered(_, let count), .failed(_, _, _, let count): count
    }
  }

  /// The reason of a document for which the condition of no event rule holds.
  package static let noRuleApplies = "no event rule applies"

  /// The same outcome of input whose lines another one counts.
  var withoutLines: MappingOutcome {
    switch self {
    case .event(let json, let lines, _): .event(json: json, lines: lines, lineCount: 0)
    case .filtered(let reason, _): .filtered(reason: reason, lineCount: 0)
    case .failed(let reason, let source, let line, _):
      .failed(reason: reason, source: source, line: line, lineCount: 0)
    }
  }
}

import Expressions

/// Applies a mapping to one input, record by record. Not thread-safe: one run for each input.
///
/// A document either makes all of its events or fails as a whole. Rows of open groups are kept until the group is
/// complete; `finish()` hands out the rest.
package final class MappingRun {
  let mapping: Mapping
  var context: EvaluationContext
  var groups: OpenGroups?
  /// The columns that have been checked last, and what is wrong with them.
  var checkedColumns: (columns: CSVColumns, problem: String?)?

  /// - Parameters:
  ///   - file: the name of the input, for `file()`.
  ///   - hash: 32 hexadecimal digits that depend on nothing but the bytes, for `hash(...)`.
  package init(_ mapping: Mapping, file: String, hash: @escaping @Sendable ([UInt8]) -> String) {
    self.mapping = mapping
    context = EvaluationContext(zone: mapping.zone, file: file, hash: hash)
    groups = mapping.group.map { OpenGroups(withinRows: $0.withinRows) }
  }

  /// Takes what a `CSVReader` found.
  package func take(_ record: CSVRecord) -> [MappingOutcome] {
    switch record {
    case .row(let row): return take(row: row)
    case .malformed(let row):
      return countedRow()
        + [.failed(reason: row.reason, source: row.source, line: row.line, lineCount: row.lineCount)]
    }
  }

  /// Completes the groups that are still open. The run takes no more input afterwards.
  package func finish() -> [MappingOutcome] {
    (groups?.closeAll() ?? []).flatMap { outcomes(of: $0) }
  }
}

extension MappingRun {
  /// The first skip rule that holds.
  func skipReason(in scope: Scope) throws(DocumentError) -> String? {
    for rule in mapping.skips where try rule.condition.isTrue(at: "skip", in: scope, context) { return rule.reason }
    return nil
  }

  /// The outcomes of a complete document.
  func outcomes(of record: any Record, _ origin: Origin) -> [MappingOutcome] {
    context.line = origin.lines.lowerBound
    do throws(DocumentError) {
      let events = try events(of: Scope(.record(record)))
      if events.isEmpty { return [.filtered(reason: MappingOutcome.noRuleApplies, lineCount: origin.lineCount)] }
      return events.enumerated().map { index, json in
        .event(json: json, lines: origin.lines, lineCount: index == 0 ? origin.lineCount : 0)
      }
    } catch {
      return [origin.failed(error.message)]
    }
  }

  private func events(of scope: Scope) throws(DocumentError) -> [[UInt8]] {
    var events: [[UInt8]] = []
    for (index, rule) in mapping.rules.enumerated() {
      do {
        events += try rule.events(in: scope, context)
      } catch {
        throw DocumentError("event \(index + 1) of the mapping: \(error.message)")
      }
    }
    return events
  }
}

/// Where a document comes from.
struct Origin {
  let lines: ClosedRange<Int>
  let lineCount: Int
  let source: () -> [UInt8]

  func failed(_ reason: String) -> MappingOutcome {
    .failed(reason: reason, source: source(), line: lines.lowerBound, lineCount: lineCount)
  }
}

package import Events
import Expressions
import JSON

/// Applies a mapping to one input, record by record. Not thread-safe: one run for each input, or for each thread where
/// bodies do not depend on one another.
///
/// A document either makes all of its events or fails as a whole. Rows of open groups are kept until the group is
/// complete; `finish()` hands out the rest.
package final class MappingRun {
  package let mapping: Mapping
  var context: EvaluationContext
  var groups: OpenGroups?
  /// The columns that have been checked last, and what is wrong with them.
  var checkedColumns: (columns: CSVColumns, problem: String?)?
  /// The named values of the document at hand: documents come one after the other.
  private let bindings: Bindings
  let parser = JSONParser()
  /// Set while a trial goes on.
  var watch: TrialWatch?
  /// For a body that lies as text within another document.
  let innerParser = JSONParser()

  /// - Parameters:
  ///   - file: the name of the input, for `file()`.
  ///   - received: when the input was received, for `received()`.
  ///   - hash: 32 hexadecimal digits that depend on nothing but the bytes, for `hash(...)`.
  package init(
    _ mapping: Mapping, file: String, received: Instant, hash: @escaping @Sendable ([UInt8]) -> String
  ) {
    self.mapping = mapping
    bindings = Bindings(mapping.bindings)
    context = EvaluationContext(
      zone: mapping.zone, file: file, received: received, currency: mapping.currency, hash: hash,
      readJSON: JSONText.value)
    groups = mapping.group.map { OpenGroups(withinRows: $0.withinRows) }
  }

  /// Goes on with another file, or at another time, where bodies do not depend on one another.
  package func move(to file: String, received: Instant) {
    context.file = file
    context.received = received
  }

  /// Takes what a `CSVReader` found.
  package func take(_ record: CSVRecord) -> [MappedBody] {
    switch record {
    case .row(let row): return take(row: row)
    case .malformed(let row): return countedRow() + [Origin(row).unreadable(row.reason)]
    }
  }

  /// Completes the groups that are still open. The run takes no more input afterwards.
  package func finish() -> [MappedBody] {
    (groups?.closeAll() ?? []).flatMap { bodies(of: $0) }
  }
}

extension MappingRun {
  /// What becomes of a document.
  func outcome(of record: any Record, within parent: Scope? = nil) -> MappingOutcome {
    bindings.reset()
    let scope = Scope(.record(record), parent: parent, bindings: bindings)
    let context = context
    _ = context.journal.take()
    do throws(DocumentError) {
      let kind = try mapping.dispatch.kind?.value(at: "kind", in: scope, context).plainText
      let outcome = outcome(of: kind, in: scope, context)
      watch?.add(
        outcome, kind: kind, mapping.dispatch.rules(for: kind).events.map { mapping.rules[$0] }, in: scope, context)
      return outcome
    } catch {
      return .failed(reason: error.message)
    }
  }

  private func outcome(of kind: String?, in scope: Scope, _ context: EvaluationContext) -> MappingOutcome {
    let rules = mapping.dispatch.rules(for: kind)
    do throws(DocumentError) {
      // Rows were asked before they were grouped.
      if mapping.input == .json, let reason = try skipReason(rules.skips, in: scope) {
        return .filtered(reason: reason)
      }
      if let refusal = mapping.dispatch.refusal(of: kind) { return .failed(reason: refusal) }
      let events = try events(rules.events, of: scope, context)
      if events.isEmpty { return .filtered(reason: MappingOutcome.noRuleApplies) }
      return .events(events, warnings: context.journal.take().warnings)
    } catch {
      return .failed(reason: error.message)
    }
  }

  /// The first skip rule that holds.
  func skipReason(_ rules: [Int], in scope: Scope) throws(DocumentError) -> String? {
    for index in rules {
      let rule = mapping.skips[index]
      if try rule.condition?.isTrue(at: "skip", in: scope, context) ?? true { return rule.reason }
    }
    return nil
  }

  private func events(
    _ rules: [Int], of scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> [MappedEvent] {
    var events: [MappedEvent] = []
    for index in rules {
      do {
        events += try mapping.rules[index].events(in: scope, context)
      } catch {
        throw DocumentError("\(mapping.rules[index].label): \(error.message)")
      }
    }
    return events
  }
}

extension Origin {
  func failed(_ reason: String) -> MappedBody { MappedBody(outcomes: [.failed(reason: reason)], origin: self) }

  func unreadable(_ reason: String) -> MappedBody {
    MappedBody(outcomes: [.unreadable(reason: reason)], origin: self)
  }

  func filtered(_ reason: String) -> MappedBody { MappedBody(outcomes: [.filtered(reason: reason)], origin: self) }

  fileprivate init(_ row: MalformedRow) {
    let (columns, source) = (row.columns, row.source)
    self.init(lines: row.line...(row.line + max(row.lineCount, 1) - 1), lineCount: row.lineCount) {
      columns.asFile(source)
    }
  }
}

import Expressions
package import TimeZones

/// How the records of one channel become events: a mapping file, checked and compiled. Safe to share between threads.
///
/// The format is described in `docs/mappings.md`. A `MappingRun` applies it to one input.
package struct Mapping: Sendable {
  package enum Input: String, Sendable, CaseIterable {
    case csv, json
  }

  /// The channel's name.
  package let name: String
  package let input: Input
  /// How lines are split; of no meaning for JSON.
  package let csv: CSVOptions
  /// For dates without an offset.
  package let zone: TimeZone

  let skips: [SkipRule]
  let group: GroupRule?
  let rules: [EventRule]
  let columnUses: [ColumnUse]
}

extension Mapping {
  /// Compiles the text of a mapping file. Throws with all of its mistakes.
  /// - Parameter file: the file's name, for messages only.
  package init(yaml: String, file: String) throws(MappingFileError) {
    var loader = MappingLoader(yaml: yaml, file: file)
    self = try loader.mapping()
  }

  /// What the mapping asks of the columns of a file and does not find there, one sentence each; empty if all is well.
  package func problems(with columns: CSVColumns) -> [String] {
    let missing = columnUses.filter { columns.index(of: $0.name) == nil }
    return missing.map { use in
      let suggestion = nearestName(to: use.name, in: columns.names).map { "; did you mean '\($0)'?" }
      let all = columns.names.map { "'\($0)'" }.joined(separator: ", ")
      return "\(use.file):\(use.line): there is no column '\(use.name)'" + (suggestion ?? "; the columns are \(all)")
    }
  }
}

/// Where a mapping file names a column.
struct ColumnUse: Sendable {
  let name: String
  let file: String
  let line: Int
}

/// Records that are left out, and why.
struct SkipRule: Sendable {
  let condition: Expression
  let reason: String
}

/// Which rows make one document.
struct GroupRule: Sendable {
  static let withinRowsDefault = 100_000

  let key: Expression
  /// A group is complete when this many rows passed without a row of it.
  let withinRows: Int
}

/// How one kind of event is made of a document.
struct EventRule: Sendable {
  let condition: Expression?
  /// The list whose elements make one event each; nil where the document makes one.
  let each: Expression?
  let envelope: Envelope
  let ids: [(name: String, value: Scalar)]
  let data: Template?
}

/// The fields of an event around its data.
struct Envelope: Sendable {
  let id: Scalar
  let type: Scalar
  let version: Scalar?
  let time: Scalar
  let source: Scalar
  let channel: Scalar
  let store: Scalar?
  let backfill: Scalar?
}

package import Events
import Expressions
import JSON
package import TimeZones

/// How the records of one channel become events: a mapping file, checked and compiled. Safe to share between threads.
///
/// The format is described in `docs/mappings.md`. A `MappingRun` applies it to one input.
package struct Mapping: Sendable {
  /// What a mapping reads.
  package enum Input: String, Sendable, CaseIterable {
    case csv, json
  }

  /// The channel's name.
  package let name: String
  /// What the channel is, in one sentence; empty where the file does not say.
  package let summary: String
  package let input: Input
  /// How lines are split; of no meaning for JSON.
  package let csv: CSVOptions
  /// For dates without an offset.
  package let zone: TimeZone
  /// The shop's currency.
  package let currency: Currency?

  /// Holds for the bodies of this channel; nil takes all.
  let takes: Expression?
  /// How a body is split into documents, from the outermost list inwards.
  let splits: [Expression]
  /// The named values of a document.
  let bindings: [Expression]
  let skips: [SkipRule]
  let group: GroupRule?
  let rules: [EventRule]
  let dispatch: Dispatch
  let columnUses: [ColumnUse]
  /// Tells one loading of a file from another.
  let loading: Loading

  final class Loading: Sendable {}

  /// Whether both are copies of one loaded mapping. O(1).
  package func isSame(as other: Mapping) -> Bool { loading === other.loading }
}

/// What a mapping takes from the configuration of the shop that uses it.
package struct ShopSettings: Sendable {
  /// What `time_zone: shop` means.
  package let zone: TimeZone
  /// What `shop_currency()` gives.
  package let currency: Currency?

  package init(zone: TimeZone, currency: Currency?) {
    self.zone = zone
    self.currency = currency
  }
}

extension Mapping {
  /// Compiles the text of a mapping file. Throws with all of its mistakes.
  /// - Parameter file: the file's name, for messages only.
  package init(yaml: String, file: String, shop: ShopSettings) throws(MappingFileError) {
    var loader = MappingLoader(yaml: yaml, file: file, shop: shop)
    self = try loader.mapping()
  }

  /// What the mapping asks of the columns of a file and does not find there, one sentence each; empty if all is well.
  package func problems(with columns: CSVColumns) -> [String] {
    var seen: Set<String> = []
    let missing = columnUses.filter { columns.index(of: $0.name) == nil && seen.insert($0.name).inserted }
    return missing.map { use in
      let suggestion = nearestName(to: use.name, in: columns.names).map { "; did you mean '\($0)'?" }
      let all = columns.names.map { "'\($0)'" }.joined(separator: ", ")
      return "\(use.file):\(use.line): there is no column '\(use.name)'" + (suggestion ?? "; the columns are \(all)")
    }
  }

  /// The kinds of documents that rules name, in the order of the file; empty for a mapping without `kind`.
  package var kinds: [String] { dispatch.kinds }

  /// The types of events that the mapping makes, as far as it says them itself, in the order of the file.
  package var eventTypes: [String] {
    var types: [String] = []
    for rule in rules {
      if case .constant(let type) = rule.envelope.type, !types.contains(type.text) { types.append(type.text) }
    }
    return types
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
  let kinds: KindSelector
  let condition: Expression?
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
  /// Where the rule begins in its file.
  let line: Int
  let kinds: KindSelector
  let condition: Expression?
  /// The list whose elements make one event each; nil where the document makes one.
  let each: Expression?
  let envelope: Envelope
  let ids: [(name: JSONWriter.Key, value: Scalar)]
  let data: Template?
}

extension EventRule {
  /// The rule in messages: "order.placed in line 12 of the mapping".
  var label: String {
    let type = if case .constant(let type) = envelope.type { type.text } else { "the event" }
    return "\(type) in line \(line) of the mapping"
  }
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

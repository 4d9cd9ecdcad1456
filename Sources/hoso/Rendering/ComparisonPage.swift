import Events
import Expressions
import Platform
import Projections

/// A comparison of generations for people.
struct ComparisonPage {
  private let comparison: GenerationComparison

  init(_ comparison: GenerationComparison) { self.comparison = comparison }

  var text: String {
    let former = "generation \(comparison.former)"
    var text = ""
    if comparison.formerPosition != comparison.position {
      text +=
        "Note: \(former) has the events up to \(grouped(comparison.formerPosition)), the new one those up to \(grouped(comparison.position)).\n"
    }
    guard !comparison.isSame else { return text + "Every row is as in \(former).\n" }
    text += "Rows that differ from \(former):\n"
    text += counts.rendered(on: .output)
    for table in comparison.tables { text += "\n" + Self.text(of: table) }
    return text + "\n"
  }

  private var counts: Table {
    var counts = Table([
      ("PROJECTION", .left), ("TABLE", .left), ("ONLY BEFORE", .right), ("ONLY NEW", .right), ("DIFFERENT", .right),
    ])
    for table in comparison.tables {
      counts.add([
        table.projection.rawValue, table.table, grouped(table.onlyBefore), grouped(table.onlyAfter),
        grouped(table.differing),
      ])
    }
    return counts
  }

  private static func text(of table: TableComparison) -> String {
    let frequent = table.fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var text = table.table
    if !frequent.isEmpty {
      text += ": " + frequent.map { "\($0.key) in \(grouped($0.value))" }.joined(separator: ", ")
    }
    var samples = Table([("KEY", .left), ("FIELD", .left), ("BEFORE", .left), ("NEW", .left)])
    for sample in table.samples { samples.add(cells(sample)) }
    return text + "\n" + (table.samples.isEmpty ? "" : samples.rendered(on: .output))
  }

  private static func cells(_ sample: ComparedField) -> [String] {
    guard let field = sample.field else {
      let isThere = presence(sample.before) == presence(sample.after)
      return [sample.key, "(row)", presence(sample.before), isThere ? "different" : presence(sample.after)]
    }
    return [sample.key, field, shown(sample.before), shown(sample.after)]
  }

  private static func presence(_ value: Value) -> String {
    if case .bool(true) = value { "there" } else { "-" }
  }

  private static func shown(_ value: Value) -> String {
    switch value {
    case .list(let elements): elements.compactMap(\.plainText).joined(separator: ", ")
    default: value.plainText ?? "-"
    }
  }
}

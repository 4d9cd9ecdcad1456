import Events
import JSON
import Platform

/// How people moved between segments.
struct MigrationPage {
  private let migration: RFMMigration

  init(_ migration: RFMMigration) { self.migration = migration }

  private static func name(_ segment: String?) -> String { segment ?? "No order" }

  /// Moves that somebody made, in the order of the segments.
  private var moves: [(from: String?, to: String?, people: Int)] {
    migration.segments.flatMap { from in
      migration.segments.compactMap { to in
        let people = migration.count(from: from, to: to)
        return people > 0 ? (from, to, people) : nil
      }
    }
  }

  func write(_ format: OutputFormat) {
    switch format {
    case .table: writeTable()
    case .csv:
      StandardOutput.shared.write(CSVLine.text(["from", "to", "people"]))
      for move in moves {
        StandardOutput.shared.write(CSVLine.text([move.from ?? "", move.to ?? "", "\(move.people)"]))
      }
    case .json: writeJSON()
    }
  }

  /// Rows are segments of the first day, columns those of the second; names of twelve columns fit on no line.
  private func writeTable() {
    let segments = migration.segments
    let most = Double(moves.map(\.people).max() ?? 0)
    var grid = HeatGrid(.output, columns: segments.indices.map { "\($0 + 1)" } + ["ALL"])
    for (index, from) in segments.enumerated() {
      let counts = segments.map { migration.count(from: from, to: $0) }
      let sum = counts.reduce(0, +)
      let cells = counts.map { count in
        HeatGrid.Cell(lines: [count == 0 ? "·" : grouped(count)], share: HeatGrid.share(Double(count), of: most))
      }
      grid.add("\(Self.name(from))  \(index + 1)", cells + [HeatGrid.Cell(lines: [grouped(sum)], share: nil)])
    }
    StandardOutput.shared.write(
      "From \(migration.from.date.iso) (rows) to \(migration.to.date.iso) (columns), people\n\n" + grid.text)
  }

  private func writeJSON() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("from", migration.from.date.iso)
    writer.member("to", migration.to.date.iso)
    writer.key("moves")
    writer.beginArray()
    for move in moves {
      writer.beginObject()
      writer.key("from")
      writer.optional(move.from)
      writer.key("to")
      writer.optional(move.to)
      writer.member("people", move.people)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }
}

import ArgumentParser
import Events
import Expressions
import JSON
import Platform
import TimeZones

/// How a listing is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, csv
}

/// Writes rows of fields as a table, as a JSON array, or as CSV. JSON and CSV stream.
struct RowPrinter<Row> {
  private let fields: [Field<Row>]
  private let format: OutputFormat
  private let printer: ValuePrinter<Row>
  private var table: Table
  private var count = 0

  init(_ fields: [Field<Row>], _ format: OutputFormat, zone: TimeZone, currency: @escaping (Row) -> Currency?) {
    self.fields = fields
    self.format = format
    printer = ValuePrinter(zone: zone, currency: currency)
    table = Table(fields.map { ($0.title, $0.kind.isNumber ? .right : .left) })
    if format == .csv { StandardOutput.shared.write(CSVLine.text(fields.map(\.name))) }
  }

  mutating func add(_ row: Row) throws {
    switch format {
    case .table: table.add(fields.map { printer.cell($0, row) })
    case .csv: StandardOutput.shared.write(CSVLine.text(fields.map { printer.plain($0, row) }))
    case .json: writeJSON(row)
    }
    count += 1
    try StandardOutput.shared.check()
  }

  /// Writes what is held back. An empty table says so on standard error.
  func finish(nothing: String) {
    switch format {
    case .csv: break
    case .json: StandardOutput.shared.write(count == 0 ? "[]\n" : "\n]\n")
    case .table:
      if table.isEmpty { return StandardError.write(nothing + "\n") }
      StandardOutput.shared.write(table.rendered(on: .output))
    }
  }

  private func writeJSON(_ row: Row) {
    StandardOutput.shared.write(count == 0 ? "[\n" : ",\n")
    var writer = JSONWriter()
    writer.beginObject()
    for field in fields {
      writer.key(field.name)
      printer.writeJSON(field, row, to: &writer)
    }
    writer.endObject()
    StandardOutput.shared.write(writer.bytes)
  }
}

extension Field.Kind {
  /// Whether values line up at the right.
  var isNumber: Bool { self == .count || self == .money || self == .ratio }
}

/// Lines of CSV (RFC 4180), with line feeds.
enum CSVLine {
  static func text(_ cells: [String]) -> String {
    cells.map(quotedIfNeeded).joined(separator: ",") + "\n"
  }

  private static func quotedIfNeeded(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

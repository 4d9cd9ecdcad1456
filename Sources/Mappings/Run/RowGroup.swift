import Expressions

/// Rows of one key, which make one document: the first row's columns at the top level, all rows as `rows`.
final class RowGroup: Record {
  let key: String
  private(set) var rows: [CSVRow]
  /// The number of the newest row of the group among all rows of the input.
  private(set) var newestRowNumber: Int
  private var rowList: Value?

  init(key: String, row: CSVRow, rowNumber: Int) {
    self.key = key
    rows = [row]
    newestRowNumber = rowNumber
  }

  func append(_ row: CSVRow, rowNumber: Int) {
    rows.append(row)
    newestRowNumber = rowNumber
    rowList = nil
  }

  var names: [String] { rows[0].names + ["rows"] }  // a group is made with its first row

  func value(named name: String) -> Value {
    guard name == "rows" else { return rows[0].value(named: name) }
    if let rowList { return rowList }
    let list = Value.list(rows.map { .record($0) })
    rowList = list
    return list
  }
}

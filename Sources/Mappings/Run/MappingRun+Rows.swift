import Expressions

extension MappingRun {
  /// Takes a row. Returns what became of it and of a group that is complete because of it; a row that waits in its group
  /// has no outcome yet.
  package func take(row: CSVRow) -> [MappedBody] { countedRow() + bodies(ofRow: row) }

  /// Counts a row for the open groups and gives what becomes of the one that is complete now.
  func countedRow() -> [MappedBody] {
    guard let complete = groups?.advance() else { return [] }
    return bodies(of: complete)
  }

  private func bodies(ofRow row: CSVRow) -> [MappedBody] {
    if let problem = problem(with: row.columns) { return [Origin(row).failed(problem)] }
    context.line = row.line
    let scope = Scope(.record(row))
    do throws(DocumentError) {
      if let reason = try skipReason(Array(mapping.skips.indices), in: scope) { return [Origin(row).filtered(reason)] }
      guard let group = mapping.group else { return bodies(of: row, Origin(row)) }
      return add(row, key: try key(of: group, in: scope), withinRows: group.withinRows)
    } catch {
      return [Origin(row).failed(error.message)]
    }
  }

  private func key(of group: GroupRule, in scope: Scope) throws(DocumentError) -> String {
    let value = try group.key.value(at: "group.by", in: scope, context)
    guard let key = value.plainText, !key.isEmpty else {
      throw DocumentError("expected a text that names the group, found \(value.kindName)", at: ["group.by"])
    }
    return key
  }

  private func add(_ row: CSVRow, key: String, withinRows: Int) -> [MappedBody] {
    switch groups?.add(row, key: key) {
    case nil, .added: return []
    case .groupIsClosed:
      let reason = "the group '\(key)' was closed after \(withinRows) rows without a row of it; raise `within_rows`"
      return [Origin(row).failed(reason)]
    case .groupIsFull(let group):
      let reason = "the group '\(key)' has more than \(OpenGroups.rowsMax) rows; check `by`"
      return [Origin(group).failed(reason), Origin(row).failed(reason)]
    }
  }

  func bodies(of group: RowGroup) -> [MappedBody] { bodies(of: group, Origin(group)) }

  private func bodies(of record: any Record, _ origin: Origin) -> [MappedBody] {
    context.line = origin.lines.lowerBound
    return [MappedBody(outcomes: [outcome(of: record)], origin: origin)]
  }

  private func problem(with columns: CSVColumns) -> String? {
    if let checkedColumns, checkedColumns.columns === columns { return checkedColumns.problem }
    let problems = mapping.problems(with: columns)
    let problem = problems.isEmpty ? nil : problems.joined(separator: "; ")
    checkedColumns = (columns, problem)
    return problem
  }
}

extension Origin {
  fileprivate init(_ row: CSVRow) {
    self.init(lines: row.line...(row.line + row.lineCount - 1), lineCount: row.lineCount) {
      row.columns.asFile(row.source)
    }
  }

  fileprivate init(_ group: RowGroup) {
    let (first, last) = (group.rows[0], group.rows[group.rows.count - 1])  // a group is made with its first row
    let rows = group.rows
    self.init(lines: first.line...(last.line + last.lineCount - 1), lineCount: rows.reduce(0) { $0 + $1.lineCount }) {
      first.columns.asFile(rows.map(\.source).joined(separator: [0x0A]))
    }
  }
}

import Expressions

extension MappingRun {
  /// Takes a row. Returns what became of it and of a group that is complete because of it; a row that waits in its group
  /// has no outcome yet.
  package func take(row: CSVRow) -> [MappingOutcome] { countedRow() + outcomes(ofRow: row) }

  /// Counts a row for the open groups and gives the outcomes of the one that is complete now.
  func countedRow() -> [MappingOutcome] {
    guard let complete = groups?.advance() else { return [] }
    return outcomes(of: complete)
  }

  private func outcomes(ofRow row: CSVRow) -> [MappingOutcome] {
    if let problem = problem(with: row.columns) { return [Origin(row).failed(problem)] }
    context.line = row.line
    let scope = Scope(.record(row))
    do throws(DocumentError) {
      if let reason = try skipReason(in: scope) { return [.filtered(reason: reason, lineCount: row.lineCount)] }
      guard let group = mapping.group else { return outcomes(of: row, Origin(row)) }
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

  private func add(_ row: CSVRow, key: String, withinRows: Int) -> [MappingOutcome] {
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

  func outcomes(of group: RowGroup) -> [MappingOutcome] { outcomes(of: group, Origin(group)) }

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
    self.init(lines: row.line...(row.line + row.lineCount - 1), lineCount: row.lineCount) { Array(row.source) }
  }

  fileprivate init(_ group: RowGroup) {
    let (first, last) = (group.rows[0], group.rows[group.rows.count - 1])  // a group is made with its first row
    self.init(
      lines: first.line...(last.line + last.lineCount - 1), lineCount: group.rows.reduce(0) { $0 + $1.lineCount }
    ) {
      Array(group.rows.map(\.source).joined(separator: [0x0A]))
    }
  }
}

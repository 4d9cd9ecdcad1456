/// The groups that may still get rows. Every operation takes constant time; memory is that of the open groups, of as
/// many references as `withinRows`, and of the keys of all closed groups (a key of up to 15 bytes takes 16).
struct OpenGroups {
  /// More rows than one event could hold; a key that all rows share must not exhaust memory.
  static let rowsMax = 100_000

  enum Addition {
    case added
    case groupIsClosed
    /// The group had the most rows that are allowed; it is closed and none of its rows counts.
    case groupIsFull(RowGroup)
  }

  private let withinRows: Int
  private var open: [String: RowGroup] = [:]
  private var closedKeys: Set<String> = []
  private var rowNumber = -1
  /// At `n % (withinRows + 1)` the group of row n.
  private var recent: [RowGroup?] = []

  init(withinRows: Int) { self.withinRows = withinRows }

  /// Counts a row, whatever becomes of it. Returns the group that is complete now, if there is one.
  mutating func advance() -> RowGroup? {
    rowNumber += 1
    guard rowNumber > withinRows else {
      recent.append(nil)
      return nil
    }
    let slot = rowNumber % (withinRows + 1)
    let oldest = recent[slot]
    recent[slot] = nil
    guard let oldest, oldest.newestRowNumber == rowNumber - withinRows - 1 else { return nil }
    return close(oldest.key)
  }

  /// Adds the row that was counted last.
  mutating func add(_ row: CSVRow, key: String) -> Addition {
    let slot = rowNumber % (withinRows + 1)
    if let group = open[key] {
      guard group.rows.count < Self.rowsMax else { return close(key).map { .groupIsFull($0) } ?? .groupIsClosed }
      group.append(row, rowNumber: rowNumber)
      recent[slot] = group
      return .added
    }
    guard !closedKeys.contains(key) else { return .groupIsClosed }
    let group = RowGroup(key: key, row: row, rowNumber: rowNumber)
    open[key] = group
    recent[slot] = group
    return .added
  }

  /// Closes all groups, in the order of their newest rows. O(n log n) in the open groups.
  mutating func closeAll() -> [RowGroup] {
    let groups = open.values.sorted { $0.newestRowNumber < $1.newestRowNumber }
    for group in groups { _ = close(group.key) }
    return groups
  }

  private mutating func close(_ key: String) -> RowGroup? {
    closedKeys.insert(key)
    return open.removeValue(forKey: key)
  }
}

package import EventLog
package import Projections

/// What is wanted of a comparison.
package struct ComparisonWish {
  /// How many differing rows of each table are shown.
  package var samplesMax = 3
  /// Gets every difference, in the order of tables and keys.
  package var note: (ComparedField) throws -> Void = { _ in }

  package init() {}
}

/// How a new generation differs from the one before it.
package struct GenerationComparison {
  package let former: Int
  /// How far the former one was: what arrived later can be no difference of folding.
  package let formerPosition: Position
  package let position: Position
  /// Those in which rows differ.
  package let tables: [TableComparison]

  package var isSame: Bool { tables.isEmpty }
}

/// How the rows of one table differ.
package struct TableComparison {
  package let projection: ProjectionName
  package let table: String
  package fileprivate(set) var onlyBefore = 0
  package fileprivate(set) var onlyAfter = 0
  package fileprivate(set) var differing = 0
  /// By field, in how many rows it differs; empty for tables whose rows have no named fields.
  package fileprivate(set) var fields: [String: Int] = [:]
  /// The first differences, whole rows of them.
  package fileprivate(set) var samples: [ComparedField] = []
  private var sampledKeys = 0

  init(_ tag: RowTag) {
    projection = tag.projection
    table = tag.name
  }

  var isSame: Bool { onlyBefore + onlyAfter + differing == 0 }

  /// Takes the differences of one row.
  mutating func add(_ row: [ComparedField], isBefore: Bool, isAfter: Bool, samplesMax: Int) {
    switch (isBefore, isAfter) {
    case (true, false): onlyBefore += 1
    case (false, true): onlyAfter += 1
    default: differing += 1
    }
    for field in row { if let name = field.field { fields[name, default: 0] += 1 } }
    guard sampledKeys < samplesMax else { return }
    sampledKeys += 1
    samples += row
  }
}

import Expressions
import Identity
import Projections
import ReadModels

/// Finds the fields in which rows of two generations differ.
struct RowComparison {
  let configuration: Configuration

  func compare(
    _ former: borrowing Snapshot, _ new: borrowing Snapshot, _ tag: RowTag, _ wish: ComparisonWish
  ) throws -> TableComparison {
    var table = TableComparison(tag)
    try new.forEachDifference(from: former, in: tag) { difference in
      let row = try fields(difference, former, new)
      table.add(
        row, isBefore: difference.before != nil, isAfter: difference.after != nil, samplesMax: wish.samplesMax)
      for field in row { try wish.note(field) }
    }
    return table
  }

  private func fields(
    _ row: RowDifference, _ former: borrowing Snapshot, _ new: borrowing Snapshot
  ) throws -> [ComparedField] {
    switch row.tag {
    case .people: return try people(row, former, new)
    case .orders: return try entities(row, .orders, former, new)
    case .tickets: return try entities(row, .tickets, former, new)
    case .messages: return try entities(row, .messages, former, new)
    default: return [whole(row, row.keyText)]
    }
  }

  /// That the row is only there in one of the generations, or differs in what has no name.
  private func whole(_ row: RowDifference, _ key: String) -> ComparedField {
    ComparedField(
      projection: row.tag.projection, table: row.tag.name, key: key, field: nil, before: .bool(row.before != nil),
      after: .bool(row.after != nil))
  }

  private func named(
    _ row: RowDifference, _ key: String, _ differences: [(name: String, Value, Value)]
  ) -> [ComparedField] {
    guard !differences.isEmpty else { return [whole(row, key)] }
    return differences.map { name, before, after in
      ComparedField(
        projection: row.tag.projection, table: row.tag.name, key: key, field: name, before: before, after: after)
    }
  }

  private func people(
    _ row: RowDifference, _ former: borrowing Snapshot, _ new: borrowing Snapshot
  ) throws -> [ComparedField] {
    let key = PersonID(row.identifier).description
    guard let before = row.before, let after = row.after else { return [whole(row, key)] }
    let old = FoundPerson(key: row.identifier, person: try Person(decoding: before, form: former.checkpoint.version))
    let now = FoundPerson(key: row.identifier, person: try Person(decoding: after, form: new.checkpoint.version))
    let fields = FieldSet.people(configuration)
    let open = Set(openNames(old.person)).union(openNames(now.person)).sorted()
    return named(row, key, fields.differences(old, now, besides: open.compactMap { fields.field(named: $0) }))
  }

  /// The names of a person's fields that not everybody has.
  private func openNames(_ person: Person) -> [String] {
    person.traits.keys.map { $0.hasPrefix("traits.") ? $0 : "traits." + $0 }
      + person.custom.byName.keys.flatMap(CustomEventField.names)
  }

  private func entities<State: EntityState>(
    _ row: RowDifference, _ fields: FieldSet<OwnedEntity<State>>, _ former: borrowing Snapshot,
    _ new: borrowing Snapshot
  ) throws -> [ComparedField] {
    let old = try row.before.map { try OwnedEntity(try State.decode($0, form: former.checkpoint.version), in: former) }
    let now = try row.after.map { try OwnedEntity(try State.decode($0, form: new.checkpoint.version), in: new) }
    let key = old?.state.id ?? now?.state.id ?? row.keyText
    guard let old, let now else { return [whole(row, key)] }
    return named(row, key, fields.differences(old, now))
  }
}

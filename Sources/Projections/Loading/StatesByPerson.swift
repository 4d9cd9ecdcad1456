import BinaryCoding
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// The states of a generation by person, in files: where they are not in memory, people are made of what lies together
/// here, and no row is looked up by its key. One for each thread that adds to it.
final class StatesByPerson {
  static let partCount = 256

  private let load: PeopleLoad
  /// By index of the identifier; see ``ResolvedPeople/people()``.
  private let people: [Int32]
  /// By the place of the person among all identifiers: the states, each with the person that it is of.
  fileprivate let states: PartFile
  /// By the first byte of the owner's key: the keys of the table of owned entities.
  fileprivate let owned: PartFile
  /// What entities that belong to nobody contribute.
  private(set) var tallies = Tallies()

  init(_ load: PeopleLoad, people: [Int32], path: String) {
    self.load = load
    self.people = people
    states = PartFile(path: path + "-states", partCount: Self.partCount)
    owned = PartFile(path: path + "-owned", partCount: Self.partCount)
  }

  /// Adds what lies in a part of the tables of states.
  func add(_ rows: LoadSource.StoredRows, part: Int) throws {
    var last = 0
    try rows.snapshot.forEach(in: rows.tables.identifiers, part: part) { key, row in
      let index = try load.index(of: StoredKey.hash(key), behind: &last)
      try add(PersonPart(person: Int(people[index]), kind: nil, strength: load.graph.ranks[index]), row)
    }
    try add(OrderState.self, rows, rows.tables.orders, part) { $0.add($1) }
    try add(TicketState.self, rows, rows.tables.tickets, part) { _, _ in }
    try add(MessageState.self, rows, rows.tables.messages, part) { $0.add($1) }
    try add(CreditState.self, rows, rows.tables.credits, part) { _, _ in }
  }

  private func add<State: EntityState>(
    _: State.Type, _ rows: LoadSource.StoredRows, _ table: Table, _ part: Int, tally: (inout Tallies, State) -> Void
  ) throws {
    try rows.snapshot.forEach(in: table, part: part) { key, row in
      guard let owner = try State.owner(ofStored: row, form: rows.checkpoint.version)?.hash else {
        return tally(&tallies, try State.decode(row, form: rows.checkpoint.version))
      }
      try owned.add(to: Int(owner.high >> 56)) { file in
        RowKey(owner: owner, State.kind, StoredKey.hash(key)).withBytes { file.raw($0) }
      }
      try add(PersonPart(person: Int(people[try load.index(of: owner)]), kind: State.kind, strength: 0), row)
    }
  }

  private func add(_ part: PersonPart, _ row: UnsafeRawBufferPointer) throws {
    guard part.person >= 0 else { return }
    try states.add(to: part.person * Self.partCount / people.count) { part.encode(row, to: &$0) }
  }

  /// Writes what still waits for being written: then it can be read, from any thread.
  func finish() throws {
    try states.finish()
    try owned.finish()
  }
}

/// What is made of states that lie in files by person.
struct PeopleFromFiles {
  let people: ResolvedPeople
  let files: [StatesByPerson]
  let settings: FoldSettings
  let tables: ProfileTables
  /// Of the rows of states.
  let form: UInt32

  /// The people of a part, with all that they and what is theirs contribute to tallies.
  func rows(part: Int) throws -> LoadedRows {
    let bytes = try PartFile.bytes(part, of: files.map(\.states))
    var rows = LoadedRows(batch: RowBatch(tables.people, .people))
    try bytes.withUnsafeBytes { bytes in
      let places = PersonPart.places(bytes)
      guard let first = places.lazy.map(\.person).min(), let last = places.lazy.map(\.person).max() else { return }
      let groups = Groups(places, count: last - first + 1) { ($0.person - first, $0.start) }
      for person in first...last where !groups[person - first].isEmpty {
        try add(person, groups[person - first], bytes, to: &rows)
      }
    }
    return rows
  }

  private func add(
    _ person: Int, _ places: ArraySlice<Int>, _ bytes: UnsafeRawBufferPointer, to rows: inout LoadedRows
  ) throws {
    var builder = PersonBuilder(attributionWindow: settings.attributionWindow)
    for start in places {
      let (part, row) = PersonPart.decode(bytes, at: start)
      switch part.kind {
      case nil: builder.add(try IdentifierState.decode(row, form: form), strength: Int(part.strength))
      case .order:
        let order = try OrderState.decode(row, form: form, provenance: false)
        rows.tallies.add(order)
        builder.add(order)
      case .message:
        let message = try MessageState.decode(row, form: form, provenance: false)
        rows.tallies.add(message)
        builder.add(message)
      case .ticket: builder.add(try TicketState.decode(row, form: form, provenance: false))
      case .credit: builder.add(try CreditState.decode(row, form: form, provenance: false))
      }
    }
    let (key, person) = try people.finished(builder, person)
    rows.add(person, key)
  }

  /// What belongs to identifiers whose keys begin with a byte.
  func owned(part: Int) throws -> LoadedRows {
    let keyBytes = 33
    var batch = RowBatch(tables.owned)
    let bytes = try PartFile.bytes(part, of: files.map(\.owned))
    bytes.withUnsafeBytes { bytes in
      func key(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[(index * keyBytes)..<((index + 1) * keyBytes)])
      }
      let order = sortedByUniformPrefix(bytes.count / keyBytes, { StoredKey.position(key($0)) << 8 }) { a, b in
        key(a).lexicographicallyPrecedes(key(b))
      }
      for index in order { batch.add(key(index), UnsafeRawBufferPointer(start: nil, count: 0)) }
    }
    return LoadedRows(batch: batch)
  }
}

/// What a state of a person has before its row.
private struct PersonPart {
  /// The index of the person's strongest identifier.
  let person: Int
  /// Nil for the state of an identifier.
  let kind: EntityKind?
  /// That of the identifier.
  let strength: UInt8

  private static let headBytes = 10

  func encode(_ row: UnsafeRawBufferPointer, to writer: inout ByteWriter) {
    writer.fixed(UInt32(person))
    writer.byte(kind?.rawValue ?? 0)
    writer.byte(strength)
    writer.fixed(UInt32(row.count))
    writer.raw(row)
  }

  /// What lies at a place that ``places(_:)`` gave.
  static func decode(_ bytes: UnsafeRawBufferPointer, at start: Int) -> (part: Self, row: UnsafeRawBufferPointer) {
    let rowStart = start + headBytes
    let row = UnsafeRawBufferPointer(rebasing: bytes[rowStart..<(rowStart + number(bytes, start + 6))])
    let part = Self(
      person: number(bytes, start), kind: EntityKind(rawValue: bytes[start + 4]), strength: bytes[start + 5])
    return (part, row)
  }

  /// Where each state begins, and whose it is.
  static func places(_ bytes: UnsafeRawBufferPointer) -> [(person: Int, start: Int)] {
    var places: [(person: Int, start: Int)] = []
    var start = 0
    while start < bytes.count {
      places.append((number(bytes, start), start))
      start += headBytes + number(bytes, start + 6)
    }
    return places
  }

  private static func number(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Int {
    Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }
}

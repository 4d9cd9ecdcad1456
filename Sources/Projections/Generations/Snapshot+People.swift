import Hashing
package import Identity
import KeyValueStore
package import ReadModels
import Threads

extension Snapshot {
  /// The key of the person that an identifier belongs to; nil for an identifier that was never seen. O(log n).
  package func personKey(of identifier: IdentifierKey) throws(ProjectionError) -> IdentifierKey? {
    try value(RowKey(identifier), in: tables.membership) { StoredKey.identifier($0) }
  }

  /// The person with a key, which is that of the person's strongest identifier. O(log n).
  package func person(at key: IdentifierKey) throws(ProjectionError) -> Person? {
    try value(RowKey(key), in: tables.people) { try Person(decoding: $0, form: form) }
  }

  /// The person that an identifier belongs to; nil for one that was never seen, and for one that links nobody and of
  /// which nothing else is known. O(log n).
  package func person(of identifier: IdentifierKey) throws(ProjectionError) -> (key: IdentifierKey, person: Person)? {
    guard let key = try personKey(of: identifier) else { return nil }
    guard let person = try person(at: key) else {
      if try standing(of: identifier) != .linking { return nil }
      throw .damaged("the person of identifier \(identifier.hash) has no row")
    }
    return (key, person)
  }

  /// The identifier that a person id, also a former one, was made from; nil for an id that nobody ever had. O(log n).
  package func identifier(of id: PersonID) throws(ProjectionError) -> IdentifierKey? {
    var found: IdentifierKey?
    try scan(tables.membership, from: RowKey(id.lowestKey)) { key, _ in
      let identifier = StoredKey.identifier(key)
      if id.matches(identifier) { found = identifier }
      return false
    }
    return found
  }

  /// The keys of a person's identifiers, strongest first; empty for a key that is not a person's. O(log n + identifiers).
  package func members(of person: IdentifierKey) throws(ProjectionError) -> [IdentifierKey] {
    try value(RowKey(person), in: tables.people) { row in
      try Person.identifiers(ofStored: row, form: form).map { IdentifierKey($0) }
    } ?? []
  }

  /// The first bytes of keys in two halves that hold about as many people each: several threads may read them at the same
  /// time.
  package static var halves: [Range<Int>] { [0..<128, 128..<256] }

  /// Calls `body` for every person whose key begins with one of some bytes, in the order of keys, until it returns false.
  /// With `figuresOnly` of people the figures only, where rows begin with them. O(people).
  package func forEachPerson(
    in parts: Range<Int> = 0..<256, figuresOnly: Bool = false, _ body: (IdentifierKey, Person) throws -> Bool
  ) throws {
    try forEachRow(of: parts) { key, row in
      try body(key, try Person(decoding: row, form: form, figuresOnly: figuresOnly))
    }
  }

  /// Calls `body` for every person who ever ordered, or was credited; `history` is what of it. Half of the people go to one
  /// reader and half to the other, each in the order of keys, those of the first before those of the second: on two
  /// threads. Throws `withoutPurchases` where the rows are of a form that did not keep it. O(people).
  package func forEachBuyer<Reader>(
    _ readers: inout (first: Reader, second: Reader),
    _ body: (inout Reader, IdentifierKey, _ history: PurchaseHistory) throws -> Void
  ) throws {
    guard form >= 4 else { throw ProjectionError.withoutPurchases }
    // Each thread has a reader of its own, and gives it back when it has ended.
    var (first, second) = readers
    try concurrently({ try read(Self.halves[0], &first, body) }, { try read(Self.halves[1], &second, body) })
    readers = (first, second)
  }

  private func read<Reader>(
    _ parts: Range<Int>, _ reader: inout Reader,
    _ body: (inout Reader, IdentifierKey, PurchaseHistory) throws -> Void
  ) throws {
    try forEachRow(of: parts) { key, row in
      let history = try Person.purchases(ofStored: row, form: form)
      if !history.isEmpty { try body(&reader, key, history) }
      return true
    }
  }

  /// Calls `body` for the rows of people whose keys begin with some bytes, until it returns false.
  private func forEachRow(
    of parts: Range<Int>, _ body: (IdentifierKey, UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    // Errors of the caller's own are handed on as they are.
    var failure: (any Error)?
    var goesOn = true
    for part in parts where goesOn {
      try scan(tables.people, prefix: RowKey(part: UInt8(part))) { key, row in
        do { goesOn = try body(StoredKey.identifier(key), row) } catch { (failure, goesOn) = (error, false) }
        return goesOn
      }
    }
    if let failure { throw failure }
  }

  /// What the events anchored on an identifier say. O(log n).
  package func identifierState(_ key: IdentifierKey) throws(ProjectionError) -> IdentifierState? {
    try value(RowKey(key), in: tables.identifiers) { try IdentifierState.decode($0, form: form) }
  }

  /// Calls `body` for every identifier in the order of keys, with the key of its person, until it returns false. O(n).
  package func forEachIdentifier(
    _ body: (_ identifier: IdentifierKey, _ person: IdentifierKey, IdentifierState) throws -> Bool
  ) throws {
    try forEach(in: tables.identifiers, from: nil) { key, row in
      let identifier = StoredKey.identifier(key)
      guard let person = try personKey(of: identifier) else {
        throw ProjectionError.damaged("identifier \(identifier.hash) belongs to nobody")
      }
      return try body(identifier, person, try IdentifierState.decode(row, form: form))
    }
  }
}

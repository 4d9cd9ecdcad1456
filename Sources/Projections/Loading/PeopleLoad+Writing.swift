import Events
import Hashing
import Identity
import KeyValueStore
import ReadModels

extension PeopleLoad {
  /// Writes the owned entities, who belongs to whom, the people, and what links nobody.
  mutating func write(to writer: inout GenerationWriter) throws {
    let resolution = resolve()
    let entities = Groups(owned, count: keys.count) { (Int($0.owner), $0.entity) }
    let members = Groups(keys.indices, count: keys.count) { (resolution.roots[$0], $0) }
    let strongest = try strongest(of: members, writer)
    try writeOwned(entities, &writer)
    try writeUnlinkable(&writer)
    try writeLinks(resolution, &writer)
    for index in order {
      try RowKey(keys[index]).withBytes { key in
        try RowKey(keys[strongest[resolution.roots[index]]]).withBytes {
          try writer.appendIndex($0, forKey: key, in: writer.tables.membership)
        }
      }
    }
    try writePeople(members, strongest, entities, &writer)
  }

  private func writePeople(
    _ members: Groups<Int>, _ strongest: [Int], _ entities: Groups<OwnedEntity>, _ writer: inout GenerationWriter
  ) throws {
    var rows = EncodedRows<Hash128>()
    for root in keys.indices where !members[root].isEmpty && !isNobody(members[root]) {
      let person = try person(members[root], entities, writer)
      let key = keys[strongest[root]]
      guard let contact = person.contacts.first, IdentifierKey(contact.identifier).hash == key else {
        throw ProjectionError.damaged("the strongest identifier of a person was not found")
      }
      writer.checkpoint.stages[Int(person.stage.rawValue)] += 1
      rows.add(key) { person.encode(to: &$0) }
    }
    try rows.forEachSorted { key, row, _ in
      try RowKey(key).withBytes { try writer.append(row, forKey: $0, in: writer.tables.people, .people) }
    }
  }

  /// Whether this is a value that links nobody and of which nothing else is known.
  func isNobody(_ members: ArraySlice<Int>) -> Bool {
    guard members.count == 1, let only = members.first else { return false }
    return graph.standings[only] != .linking && !hasFacts[only]
  }

  private func writeUnlinkable(_ writer: inout GenerationWriter) throws {
    for index in order where graph.standings[index] != .linking {
      try RowKey(keys[index]).withBytes { key in
        try withUnsafeBytes(of: graph.standings[index].rawValue) {
          try writer.appendIndex($0, forKey: key, in: writer.tables.unlinkable)
        }
      }
    }
  }

  private func writeLinks(_ resolution: Resolution, _ writer: inout GenerationWriter) throws {
    let places = Ranks(order)
    func write(_ links: [(first: UInt32, second: UInt32)], to table: Table) throws {
      for (first, second) in links.sorted(by: { places.comes($0, before: $1) }) {
        try RowKey(keys[Int(first)], keys[Int(second)]).withBytes {
          try writer.appendIndex(UnsafeRawBufferPointer(start: nil, count: 0), forKey: $0, in: table)
        }
      }
    }
    try write(graph.links.map { ($0.b, $0.a) }, to: writer.tables.backlinks)
    try write(resolution.refused.map { (graph.links[$0].a, graph.links[$0].b) }, to: writer.tables.conflicts)
  }

  private func writeOwned(_ entities: Groups<OwnedEntity>, _ writer: inout GenerationWriter) throws {
    for index in order {
      let group = entities[index]
      let sorted =
        group.count < 2 ? Array(group) : group.sorted { ($0.kind.rawValue, $0.key) < ($1.kind.rawValue, $1.key) }
      for entity in sorted {
        try RowKey(owner: keys[index], entity.kind, entity.key).withBytes { key in
          try writer.appendIndex(UnsafeRawBufferPointer(start: nil, count: 0), forKey: key, in: writer.tables.owned)
        }
      }
    }
  }

  /// By root, the index of the identifier that the person is known by; see `Person.isStronger`.
  func strongest(of members: Groups<Int>, _ rows: borrowing some RowReading & ~Copyable) throws -> [Int] {
    var strongest = [Int](repeating: -1, count: keys.count)
    for root in keys.indices {
      for index in members[root] {
        let best = strongest[root]
        if best < 0 { strongest[root] = index } else if try isStronger(index, best, rows) { strongest[root] = index }
      }
    }
    return strongest
  }

  private func isStronger(_ a: Int, _ b: Int, _ rows: borrowing some RowReading & ~Copyable) throws -> Bool {
    let (rankA, rankB) = (graph.ranks[a], graph.ranks[b])
    if rankA != rankB { return rankA < rankB }
    if firstSeen[a] != firstSeen[b] { return firstSeen[a] < firstSeen[b] }
    let (left, right) = (try identifier(a, rows).contact, try identifier(b, rows).contact)
    return Person.isStronger((Int(rankA), left), (Int(rankB), right))
  }
}

/// The places of identifiers in the order of their keys: comparing two numbers is faster than comparing two keys.
private struct Ranks {
  private var places: [UInt32]

  init(_ order: [Int]) {
    places = [UInt32](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { places[index] = UInt32(place) }
  }

  func comes(_ a: (first: UInt32, second: UInt32), before b: (first: UInt32, second: UInt32)) -> Bool {
    if a.first != b.first { return places[Int(a.first)] < places[Int(b.first)] }
    return places[Int(a.second)] < places[Int(b.second)]
  }
}

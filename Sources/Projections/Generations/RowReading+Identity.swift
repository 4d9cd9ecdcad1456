import BinaryCoding
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// What a generation knows about who is who.
extension RowReading where Self: ~Copyable {
  /// The key of the person that an identifier belongs to; nil for a new one.
  func label(of identifier: Hash128) throws -> Hash128? {
    try RowKey(identifier).withBytes { try withRow($0, in: tables.membership) { StoredKey.hash($0) } }
  }

  /// The identifiers of a person. A key without a row is that of an identifier that stands alone.
  func members(ofLabel key: Hash128) throws -> [Hash128] {
    try RowKey(key).withBytes { keyBytes in
      try withRow(keyBytes, in: tables.people) { row in
        try Person.identifiers(ofStored: row).map { IdentifierKey($0).hash }
      }
    } ?? [key]
  }

  func standing(of identifier: Hash128) throws -> Standing {
    let code = try RowKey(identifier).withBytes { try withRow($0, in: tables.unlinkable) { $0.first } }
    guard let code else { return .linking }
    guard let code, let standing = Standing(rawValue: code) else {
      throw ProjectionError.damaged("why the identifier \(identifier) links nobody is unknown")
    }
    return standing
  }

  /// The rank of an identifier's type.
  func rank(of identifier: Hash128, _ rules: GroupingRules) throws -> Int {
    let rank = try RowKey(identifier).withBytes { key in
      try withRow(key, in: tables.identifiers) { row in
        var reader = ByteReader(row)
        return rules.rank(ofType: try reader.text())
      }
    }
    guard let rank else { throw ProjectionError.damaged("the identifier \(identifier) has no row") }
    return rank
  }

  /// The identifiers that events anchored on one carry as well.
  func linkStates(from anchor: Hash128) throws -> [(other: Hash128, link: LinkState)] {
    var links: [(other: Hash128, link: LinkState)] = []
    try forEachRow(prefix: RowKey(anchor), in: tables.links) { key, row in
      links.append((StoredKey.hash(key, at: 16), try LinkState.decode(row, form: form)))
    }
    return links
  }

  /// What stands beside an identifier in the keys of a table of pairs.
  func others(of identifier: Hash128, in table: Table) throws -> [Hash128] {
    var others: [Hash128] = []
    try forEachRow(prefix: RowKey(identifier), in: table) { key, _ in others.append(StoredKey.hash(key, at: 16)) }
    return others
  }

  /// The links of an identifier, whichever end it is.
  func links(ofEitherEnd identifier: Hash128) throws -> [LinkKey] {
    try others(of: identifier, in: tables.links).map { LinkKey(anchor: identifier, other: $0) }
      + others(of: identifier, in: tables.backlinks).map { LinkKey(anchor: $0, other: identifier) }
  }

  func decisionStates(
    about identifier: Hash128
  ) throws -> [(other: Hash128, state: DecisionState)] {
    var decisions: [(other: Hash128, state: DecisionState)] = []
    try forEachRow(prefix: RowKey(identifier), in: tables.decisions) { key, row in
      decisions.append((StoredKey.hash(key, at: 16), try DecisionState.decode(row, form: form)))
    }
    return decisions
  }

  /// Whether a decision is in force about one of the identifiers.
  func hasDecisions(about identifiers: [Hash128]) throws -> Bool {
    guard try !isEmpty(tables.decisions) else { return false }
    for identifier in identifiers {
      if try decisionStates(about: identifier).contains(where: { $0.state.isInForce }) { return true }
    }
    return false
  }
}

extension GenerationWriter {
  mutating func setStanding(_ standing: Standing, of identifier: Hash128) throws {
    try RowKey(identifier).withBytes { key in
      try withUnsafeBytes(of: standing.rawValue) { try putIndex($0, forKey: key, in: tables.unlinkable) }
    }
  }
}

package import BinaryCoding
import Events
import Hashing
package import Identity

/// The state of an order, ticket, message or credit: keyed by its own id, and belonging to an identifier.
package protocol EntityState: FoldState {
  static var kind: EntityKind { get }
  /// The state before the first event.
  init(id: String)
  /// As senders name the entity; numbers by their digits.
  var id: String { get }
  /// The identifier that the entity belongs to.
  var owner: Owner? { get set }
  /// Folds an event that speaks of the entity, and leaves the owner alone.
  mutating func fold(_ event: FoldedEvent)
}

/// A claim of an identifier on an entity. Of several the first event decides, and one that begins the entity's life
/// before all others: orders belong to who placed them, whoever pays.
package struct Owner: Hashable, Sendable {
  package let identifier: IdentifierKey
  private let rank: UInt8
  private let stamp: Stamp

  /// The claim that an event about an entity of a kind makes for the identifier that it is anchored on.
  init(_ identifier: IdentifierKey, _ event: FoldedEvent, on kind: EntityKind) {
    self.identifier = identifier
    rank = event.type.begins(kind) ? 0 : 1
    stamp = event.stamp
  }

  private func comesBefore(_ other: Self) -> Bool {
    rank != other.rank ? rank < other.rank : stamp < other.stamp
  }

  /// Whether the claim of an event cannot come before this one, as its rank and time say already.
  func outranks(_ event: FoldedEvent, on kind: EntityKind) -> Bool {
    let other: UInt8 = event.type.begins(kind) ? 0 : 1
    return rank != other ? rank < other : stamp.time < event.time
  }

  static func first(_ a: Owner?, _ b: Owner?) -> Owner? {
    guard let a, let b else { return a ?? b }
    return b.comesBefore(a) ? b : a
  }

  func encode(to writer: inout ByteWriter) {
    writer.identifierKey(identifier)
    writer.byte(rank)
    stamp.encode(to: &writer)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    identifier = try reader.identifierKey()
    rank = try reader.byte()
    stamp = try Stamp(&reader)
  }
}

extension EntityState {
  /// The identifier that a stored state belongs to, as rows of all entities begin with their id and that. O(1).
  package static func owner(
    ofStored row: UnsafeRawBufferPointer, form: UInt32
  ) throws(CodingError) -> IdentifierKey? {
    var reader = ByteReader(row, form: form)
    try reader.skipEntityID()
    return try reader.flag() ? try reader.identifierKey() : nil
  }

  /// Whether an event that names an entity by these bytes means this one.
  package func isNamed(_ name: UnsafeBufferPointer<UInt8>) -> Bool { id.hasSameBytes(as: name) }

  /// Folds an event that speaks of the entity, with the identifier it is anchored on.
  package mutating func fold(_ event: FoldedEvent, anchor: IdentifierKey?) {
    if let anchor, owner.map({ !$0.outranks(event, on: Self.kind) }) ?? true {
      owner = Owner.first(owner, Owner(anchor, event, on: Self.kind))
    }
    fold(event)
  }
}

extension ByteWriter {
  mutating func identifier(_ identifier: Identifier) {
    text(identifier.type)
    id(identifier.value)
  }

  mutating func identifierKey(_ key: IdentifierKey) {
    bigEndian(key.hash.high)
    bigEndian(key.hash.low)
  }

  mutating func owner(_ owner: Owner?) {
    flag(owner != nil)
    owner?.encode(to: &self)
  }

  mutating func money(_ money: Money) {
    unsigned(money.currency.rawValue)
    signed(money.minorUnits)
  }
}

extension ByteReader {
  mutating func owner() throws(CodingError) -> Owner? {
    guard wantsProvenance else {
      try skipOwner()
      return nil
    }
    return try optional { (reader) throws(CodingError) in try Owner(&reader) }
  }

  private mutating func skipOwner() throws(CodingError) {
    guard try flag() else { return }
    _ = (try identifierKey(), try byte())
    _ = try Stamp(skipping: &self)
  }

  mutating func identifier() throws(CodingError) -> Identifier {
    Identifier(type: try text(), value: form >= 6 ? try id() : try text())
  }

  /// Forms before 6 spell identifiers out.
  fileprivate mutating func identifierKey() throws(CodingError) -> IdentifierKey {
    if form >= 6 { return IdentifierKey(Hash128(high: try bigEndian(), low: try bigEndian())) }
    return IdentifierKey(try identifier())
  }

  /// The id that the row of an entity begins with.
  mutating func entityID() throws(CodingError) -> String { form >= 6 ? try id() : try text() }

  fileprivate mutating func skipEntityID() throws(CodingError) {
    if form >= 6 { _ = try rawID() } else { _ = try blob() }
  }

  mutating func money() throws(CodingError) -> Money {
    guard let code = UInt32(exactly: try unsigned()) else { throw CodingError("a currency is out of range") }
    return Money(minorUnits: try signed(), currency: Currency(rawValue: code))
  }

  mutating func optionalMoney() throws(CodingError) -> Money? {
    try optional { (reader) throws(CodingError) in try reader.money() }
  }

  mutating func optionalText() throws(CodingError) -> String? {
    try optional { (reader) throws(CodingError) in try reader.text() }
  }
}

import BinaryCoding
package import Events

/// The state of an order, ticket, message or credit: keyed by its own id, and belonging to an identifier.
package protocol EntityState: FoldState {
  init(id: String)
  var id: String { get }
  /// The identifier that the entity belongs to.
  var owner: Owner? { get set }
  mutating func fold(_ event: FoldedEvent)
}

/// A claim of an identifier on an entity. Of several the first event decides, and one that begins the entity's life
/// before all others: orders belong to who placed them, whoever pays.
package struct Owner: Hashable, Sendable {
  package let identifier: Identifier
  private let rank: UInt8
  private let stamp: Stamp

  package init(_ identifier: Identifier, _ event: FoldedEvent) {
    self.identifier = identifier
    rank = event.type.beginsEntity ? 0 : 1
    stamp = event.stamp
  }

  private func comesBefore(_ other: Self) -> Bool {
    rank != other.rank ? rank < other.rank : stamp < other.stamp
  }

  static func first(_ a: Owner?, _ b: Owner?) -> Owner? {
    guard let a, let b else { return a ?? b }
    return b.comesBefore(a) ? b : a
  }

  func encode(to writer: inout ByteWriter) {
    writer.text(identifier.type)
    writer.text(identifier.value)
    writer.byte(rank)
    stamp.encode(to: &writer)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    identifier = Identifier(type: try reader.text(), value: try reader.text())
    rank = try reader.byte()
    stamp = try Stamp(&reader)
  }
}

extension EntityState {
  /// Folds an event that speaks of the entity, with the identifier it is anchored on.
  package mutating func fold(_ event: FoldedEvent, anchor: Identifier?) {
    if let anchor { owner = Owner.first(owner, Owner(anchor, event)) }
    fold(event)
  }
}

extension ByteWriter {
  mutating func owner(_ owner: Owner?) { optional(owner) { $1.encode(to: &$0) } }
  mutating func money(_ money: Money) {
    unsigned(money.currency.rawValue)
    signed(money.minorUnits)
  }
}

extension ByteReader {
  mutating func owner() throws(CodingError) -> Owner? {
    try optional { (reader) throws(CodingError) in try Owner(&reader) }
  }

  mutating func money() throws(CodingError) -> Money {
    guard let code = UInt32(exactly: try unsigned()) else { throw CodingError("a currency is out of range") }
    return Money(minorUnits: try signed(), currency: Currency(rawValue: code))
  }
}

package import BinaryCoding
package import Events

/// A credit note. One that names an order lessens that order; others lessen their owner's net value.
package struct CreditState: EntityState {
  package static let kind = EntityKind.credit
  package let id: String
  package var owner: Owner?

  /// What the latest event says.
  package private(set) var amount: Register<Money>?
  package private(set) var orderID, reason: Register<String>?
  /// Microseconds since 1970.
  package private(set) var issuedAt: Int64?

  package init(id: String) { self.id = id }

  package mutating func fold(_ event: FoldedEvent) {
    issuedAt.keepEarliest(event.time)
    if let money = event.money("amount") { amount.set(money, event) }
    if let order = event.text("order_id") { orderID.set(order, event) }
    if let text = event.text("reason") { reason.set(text, event) }
  }

  package mutating func merge(_ other: Self) {
    owner = Owner.first(owner, other.owner)
    amount.merge(other.amount)
    orderID.merge(other.orderID)
    reason.merge(other.reason)
    issuedAt.keepEarliest(other.issuedAt)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.id(id)
    writer.owner(owner)
    writer.register(amount) { $0.money($1) }
    writer.register(orderID) { $0.text($1) }
    writer.register(reason) { $0.text($1) }
    writer.time(issuedAt)
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    id = try reader.entityID()
    owner = try reader.owner()
    amount = try reader.register { (reader) throws(CodingError) in try reader.money() }
    orderID = try reader.register { (reader) throws(CodingError) in try reader.text() }
    reason = try reader.register { (reader) throws(CodingError) in try reader.text() }
    issuedAt = try reader.time()
  }
}

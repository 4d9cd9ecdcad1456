package import BinaryCoding
package import Events
import Hashing
import JSON

/// One order, whatever channels speak of it and in whatever order.
package struct OrderState: EntityState {
  package static let kind = EntityKind.order
  package let id: String
  package var owner: Owner?

  /// What the latest `order.placed` says.
  package private(set) var placed: Register<OrderDetails>?
  /// What earlier placements said of the total.
  package private(set) var revisions = OrderRevisions()
  /// When the order was first placed: the earliest time that an `order.placed` gives, or happened at. All times are in
  /// microseconds since 1970.
  package private(set) var placedAt: Int64?
  /// When each later step was first reported.
  package private(set) var steps = StepTimes<OrderStep>()
  package private(set) var texts = TextRegisters<OrderText>()
  /// Sum of the payments that have no id, by currency, in minor units.
  private(set) var unnamedPayments = NamedValues<Int64>()
  /// Refunds by refund id, or by a hash of the event's source and id; credit notes that name the order by credit id.
  package private(set) var refunds = NamedValues<Register<Money>>()
  /// Goods sent back, by the event that says so; empty when everything was.
  package private(set) var returns = NamedValues<Register<[OrderItem]>>()
  /// Reported incidents by kind.
  package private(set) var incidents = NamedValues<Int>()
  /// Payments that have an id, by it: the latest statement about one replaces the others.
  package private(set) var payments = NamedValues<Register<Money>>()

  package init(id: String) { self.id = id }

  package mutating func fold(_ event: FoldedEvent) {
    switch event.type {
    case .orderPlaced: foldPlaced(event)
    case .orderPaid: foldPaid(event)
    case .orderRefunded: foldRefund(event, id: event.name("refund_id").map { "refund:" + $0 })
    case .creditIssued: foldRefund(event, id: event.name("credit_id").map { "credit:" + $0 })
    case .orderReturned: returns.set(eventKey(event), OrderItem.list(event.data, event.currency), event)
    case .orderIncidentReported: incidents.add(event.name("kind") ?? "other")
    case .orderShipped:
      texts.take(.carrier, from: "carrier", of: event)
      texts.take(.tracking, from: "tracking", of: event)
    case .orderCancelled: texts.take(.cancelReason, from: "reason", of: event)
    default: break
    }
    if let step = OrderStep(event.type) { steps.reach(step, at: event.time) }
  }

  /// A hash, because texts as keys would make one of two events whose ids are spellings of one text.
  private func eventKey(_ event: FoldedEvent) -> String {
    let bytes = Array(event.source.bytes) + [0] + Array(event.id.bytes)
    return "event:" + bytes.withUnsafeBytes { XXH3.hash128($0).description }
  }

  private mutating func foldPlaced(_ event: FoldedEvent) {
    guard let details = OrderDetails(event) else { return }
    place(Register(details, at: event.stamp))
    placedAt.keepEarliest(event.placingTime)
  }

  /// The latest placement is kept whole, and of the others their totals.
  private mutating func place(_ new: Register<OrderDetails>?) {
    guard let new else { return }
    guard let placed else {
      placed = new
      return
    }
    revisions.add(placed.stamp < new.stamp ? placed : new)
    self.placed.merge(new)
  }

  private mutating func foldPaid(_ event: FoldedEvent) {
    guard let amount = event.money("amount") else { return }
    if let id = event.name("payment_id") { return payments.set(id, amount, event) }
    unnamedPayments.update(amount.currency.code, adding: amount.minorUnits) { $0 &+= amount.minorUnits }
  }

  private mutating func foldRefund(_ event: FoldedEvent, id: String?) {
    guard let amount = event.money("amount") else { return }
    refunds.set(id ?? eventKey(event), amount, event)
  }

  package mutating func merge(_ other: Self) {
    owner = Owner.first(owner, other.owner)
    revisions.merge(other.revisions)
    place(other.placed)
    placedAt.keepEarliest(other.placedAt)
    steps.merge(other.steps)
    texts.merge(other.texts)
    unnamedPayments.merge(other.unnamedPayments) { $0 &+= $1 }
    refunds.merge(other.refunds)
    returns.merge(other.returns)
    incidents.merge(other.incidents)
    payments.merge(other.payments)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.id(id)
    writer.owner(owner)
    writer.register(placed) { $1.encode(to: &$0) }
    writer.time(placedAt)
    steps.encode(to: &writer)
    texts.encode(to: &writer)
    unnamedPayments.encode(to: &writer) { $0.signed($1) }
    refunds.encode(to: &writer) { $0.set($1) { $0.money($1) } }
    returns.encode(to: &writer) { $0.set($1) { $0.items($1) } }
    incidents.encode(to: &writer) { $0.count($1) }
    revisions.encode(to: &writer)
    payments.encode(to: &writer) { $0.set($1) { $0.money($1) } }
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    id = try reader.entityID()
    owner = try reader.owner()
    placed = try reader.register { (reader) throws(CodingError) in try OrderDetails(&reader) }
    placedAt = try reader.time()
    steps = try StepTimes(&reader)
    texts = try TextRegisters(&reader)
    unnamedPayments = try NamedValues(&reader) { (reader) throws(CodingError) in try reader.signed() }
    refunds = try Self.amounts(&reader)
    returns = try NamedValues(&reader) { (reader) throws(CodingError) in
      try reader.set { (reader) throws(CodingError) in try reader.items() }
    }
    incidents = try NamedValues(&reader) { (reader) throws(CodingError) in try reader.count() }
    if reader.form >= 4 { revisions = try OrderRevisions(&reader) }
    if reader.form >= 5 { payments = try Self.amounts(&reader) }
  }

  private static func amounts(_ reader: inout ByteReader) throws(CodingError) -> NamedValues<Register<Money>> {
    try NamedValues(&reader) { (reader) throws(CodingError) in
      try reader.set { (reader) throws(CodingError) in try reader.money() }
    }
  }
}

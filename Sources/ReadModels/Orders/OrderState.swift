package import BinaryCoding
package import Events

/// One order, whatever channels speak of it and in whatever order.
package struct OrderState: EntityState {
  package let id: String
  package var owner: Owner?

  /// What the latest `order.placed` says.
  package private(set) var placed: Register<OrderDetails>?
  /// When the order was first placed. All times are in microseconds since 1970.
  package private(set) var placedAt: Int64?
  package private(set) var steps = StepTimes<OrderStep>()
  package private(set) var texts = TextRegisters<OrderText>()
  /// Sum of the payments by currency, in minor units.
  package private(set) var paid: [String: Int64] = [:]
  /// Refunds by refund id, or by the event's source and id; credit notes that name the order by credit id.
  package private(set) var refunds: [String: Register<Money>] = [:]
  /// Goods sent back, by the event that says so; empty when everything was.
  package private(set) var returns: [String: Register<[OrderItem]>] = [:]
  /// Reported incidents by kind.
  package private(set) var incidents: [String: Int] = [:]

  package init(id: String) { self.id = id }

  package mutating func fold(_ event: FoldedEvent) {
    switch event.type {
    case .orderPlaced: foldPlaced(event)
    case .orderPaid: foldPaid(event)
    case .orderRefunded: foldRefund(event, id: event.text("refund_id").map { "refund:" + $0 })
    case .creditIssued: foldRefund(event, id: event.text("credit_id").map { "credit:" + $0 })
    case .orderReturned: returns[eventKey(event)].set(OrderItem.list(event.data), event)
    case .orderIncidentReported: incidents[event.text("kind") ?? "other", default: 0] += 1
    case .orderShipped:
      texts.take(.carrier, from: "carrier", of: event)
      texts.take(.tracking, from: "tracking", of: event)
    case .orderCancelled: texts.take(.cancelReason, from: "reason", of: event)
    default: break
    }
    if let step = OrderStep(event.type) { steps.reach(step, at: event.time) }
  }

  private func eventKey(_ event: FoldedEvent) -> String {
    let stamp = event.stamp
    return "event:\(stamp.source)\u{0}\(stamp.id)"
  }

  private mutating func foldPlaced(_ event: FoldedEvent) {
    guard let details = OrderDetails(event) else { return }
    placed.set(details, event)
    placedAt.keepEarliest(event.time)
  }

  private mutating func foldPaid(_ event: FoldedEvent) {
    guard let amount = event.money("amount") else { return }
    paid[amount.currency.code, default: 0] &+= amount.minorUnits
  }

  private mutating func foldRefund(_ event: FoldedEvent, id: String?) {
    guard let amount = event.money("amount") else { return }
    refunds[id ?? eventKey(event)].set(amount, event)
  }

  package mutating func merge(_ other: Self) {
    owner = Owner.first(owner, other.owner)
    placed.merge(other.placed)
    placedAt.keepEarliest(other.placedAt)
    steps.merge(other.steps)
    texts.merge(other.texts)
    paid.merge(other.paid, uniquingKeysWith: &+)
    refunds.mergeRegisters(other.refunds)
    returns.mergeRegisters(other.returns)
    incidents.addCounts(other.incidents)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.text(id)
    writer.owner(owner)
    writer.register(placed) { $1.encode(to: &$0) }
    writer.time(placedAt)
    steps.encode(to: &writer)
    texts.encode(to: &writer)
    writer.dictionary(paid) { $0.signed($1) }
    writer.dictionary(refunds) { writer, register in writer.register(register) { $0.money($1) } }
    writer.dictionary(returns) { writer, register in writer.register(register) { $0.items($1) } }
    writer.dictionary(incidents) { $0.count($1) }
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    id = try reader.text()
    owner = try reader.owner()
    placed = try reader.register { (reader) throws(CodingError) in try OrderDetails(&reader) }
    placedAt = try reader.time()
    steps = try StepTimes(&reader)
    texts = try TextRegisters(&reader)
    paid = try reader.dictionary { (reader) throws(CodingError) in try reader.signed() }
    refunds = try reader.registers { (reader) throws(CodingError) in try reader.money() }
    returns = try reader.registers { (reader) throws(CodingError) in try reader.items() }
    incidents = try reader.dictionary { (reader) throws(CodingError) in try reader.count() }
  }
}

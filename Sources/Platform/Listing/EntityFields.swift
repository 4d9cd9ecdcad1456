import Events
import Expressions
package import Identity
package import Projections
package import ReadModels

/// An order, ticket or message with the person it belongs to.
package struct OwnedEntity<State: EntityState> {
  package let state: State
  /// Nil for an entity that no person is known of.
  package let person: PersonID?

  /// Looks up the person. O(log n).
  package init(_ state: State, in snapshot: borrowing Snapshot) throws {
    self.state = state
    person = try state.owner.flatMap { try snapshot.personKey(of: $0.identifier) }.map { PersonID($0) }
  }
}

extension FieldSet where Row == OwnedEntity<OrderState> {
  /// The fields of `order list`.
  package static var orders: FieldSet<OwnedEntity<OrderState>> {
    let fields: [Field<OwnedEntity<OrderState>>] = [
      Field("order_id", "ORDER", .text) { .text($0.state.id) },
      Field("status", "STATUS", .text) { .text($0.state.status.rawValue) },
      Field("placed", "PLACED", .time) { Value(microseconds: $0.state.placedAt) },
      Field("total", "TOTAL", .money) { Value($0.state.total) },
      Field("paid", "PAYMENTS", .money) { Value($0.state.paidTotal) },
      Field("refunded", "REFUNDED", .money) { Value($0.state.refunded) },
      Field("net", "NET", .money) { Value($0.state.net) },
      Field("currency", "CURRENCY", .text) { Value($0.state.total?.currency.code) },
      Field("counts", "COUNTS", .flag) { .bool($0.state.counts) },
      Field("channel", "CHANNEL", .text) { Value($0.state.placed?.value.channel) },
      Field("store", "STORE", .text) { Value($0.state.placed?.value.store) },
      Field("campaign", "CAMPAIGN", .text) { Value($0.state.placed?.value.campaign) },
      Field("coupon", "COUPON", .text) { Value($0.state.placed?.value.coupon) },
      Field("skus", "SKUS", .list) { Value(texts: $0.state.placed?.value.items.map(\.sku) ?? []) },
      Field("person", "PERSON", .text) { Value($0.person?.description) },
    ]
    let steps = OrderStep.allCases.map { step in
      Field<OwnedEntity<OrderState>>("\(step)_at", "\(step)".uppercased(), .time) {
        Value(microseconds: $0.state.steps[step])
      }
    }
    let told: [Field<OwnedEntity<OrderState>>] = [
      Field("carrier", "CARRIER", .text) { Value($0.state.texts[.carrier]) },
      Field("tracking", "TRACKING", .text) { Value($0.state.texts[.tracking]) },
      Field("cancel_reason", "CANCEL REASON", .text) { Value($0.state.texts[.cancelReason]) },
    ]
    return FieldSet(fields + steps + told)
  }
}

extension FieldSet where Row == OwnedEntity<TicketState> {
  /// The fields of `ticket list`.
  package static var tickets: FieldSet<OwnedEntity<TicketState>> {
    FieldSet([
      Field("ticket_id", "TICKET", .text) { .text($0.state.id) },
      Field("status", "STATUS", .text) { .text($0.state.isResolved ? "resolved" : "open") },
      Field("priority", "PRIORITY", .text) { Value($0.state.texts[.priority]) },
      Field("opened", "OPENED", .time) { Value(microseconds: $0.state.steps[.opened]) },
      Field("answered", "FIRST ANSWER", .time) { Value(microseconds: $0.state.steps[.answered]) },
      Field("resolved", "RESOLVED", .time) { Value(microseconds: $0.state.steps[.resolved]) },
      Field("hours_to_resolve", "HOURS", .count) {
        Value(hoursFrom: $0.state.steps[.opened], to: $0.state.steps[.resolved])
      },
      Field("agent", "AGENT", .text) { Value($0.state.texts[.agent]) },
      Field("score", "SCORE", .text) { Value($0.state.texts[.score]) },
      Field("order_id", "ORDER", .text) { Value($0.state.texts[.orderID]) },
      Field("subject", "SUBJECT", .text) { Value($0.state.texts[.subject]) },
      Field("person", "PERSON", .text) { Value($0.person?.description) },
    ])
  }
}

extension FieldSet where Row == OwnedEntity<MessageState> {
  /// The fields of `message list`.
  package static var messages: FieldSet<OwnedEntity<MessageState>> {
    let fields: [Field<OwnedEntity<MessageState>>] = [
      Field("message_id", "MESSAGE", .text) { .text($0.state.id) },
      Field("channel", "CHANNEL", .text) { Value($0.state.texts[.channel]) },
      Field("campaign", "CAMPAIGN", .text) { Value($0.state.texts[.campaign]) },
      Field("variant", "VARIANT", .text) { Value($0.state.texts[.variant]) },
      Field("subject", "SUBJECT", .text) { Value($0.state.texts[.subject]) },
      Field("opens", "OPENS", .count) { Value($0.state.opens) },
      Field("clicks", "CLICKS", .count) { Value($0.state.clicks) },
      Field("bounce", "BOUNCE", .text) { Value($0.state.texts[.bounce]) },
      Field("person", "PERSON", .text) { Value($0.person?.description) },
    ]
    let steps = MessageStep.allCases.map { step in
      let name = step == .openedByMachine ? "opened_by_machine" : "\(step)"
      return Field<OwnedEntity<MessageState>>(name, name.uppercased(), .time) {
        Value(microseconds: $0.state.steps[step])
      }
    }
    return FieldSet(fields + steps)
  }
}

extension Value {
  /// Hours between two times with one decimal; null where one is missing.
  fileprivate init(hoursFrom start: Int64?, to end: Int64?) {
    guard let start, let end else {
      self = .null
      return
    }
    let tenths = (end - start) / 360_000_000
    self = .number(ExactDecimal(significand: Int128(tenths), scale: 1))
  }
}

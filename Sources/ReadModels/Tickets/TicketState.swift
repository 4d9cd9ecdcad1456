package import BinaryCoding
import JSON

/// One help-desk ticket. Times are in microseconds since 1970.
package struct TicketState: EntityState {
  package static let kind = EntityKind.ticket
  package let id: String
  package var owner: Owner?

  package private(set) var texts = TextRegisters<TicketText>()
  package private(set) var steps = StepTimes<TicketStep>()
  package private(set) var lastResolvedAt, lastReopenedAt: Int64?
  /// Replies by who wrote them: `agent`, `customer`, or empty where the event does not say.
  package private(set) var replies = NamedValues<Int>()

  package init(id: String) { self.id = id }

  /// Open from its opening on, resolved from the last resolution that no reopening follows.
  package var isResolved: Bool {
    guard let lastResolvedAt else { return false }
    return lastResolvedAt >= lastReopenedAt ?? .min
  }

  package mutating func fold(_ event: FoldedEvent) {
    switch event.type {
    case .ticketOpened: foldOpened(event)
    case .ticketAssigned: texts.take(.agent, from: "agent", of: event)
    case .ticketReplied: foldReply(event)
    case .ticketResolved:
      steps.reach(.resolved, at: event.time)
      lastResolvedAt.keepLatest(event.time)
    case .ticketReopened: lastReopenedAt.keepLatest(event.time)
    case .ticketRated: texts.take(.score, from: "score", of: event)
    default: break
    }
  }

  private mutating func foldOpened(_ event: FoldedEvent) {
    steps.reach(.opened, at: event.time)
    texts.takeName(.channel, event.channel.bytes, of: event)
    texts.take(.subject, from: "subject", of: event)
    texts.take(.priority, from: "priority", of: event)
    texts.take(.orderID, from: "order_id", of: event)
  }

  private mutating func foldReply(_ event: FoldedEvent) {
    let author = event.name("by") ?? (event.text("agent") == nil ? "" : "agent")
    replies.add(author)
    if author == "agent" { steps.reach(.answered, at: event.time) }
  }

  package mutating func merge(_ other: Self) {
    owner = Owner.first(owner, other.owner)
    texts.merge(other.texts)
    steps.merge(other.steps)
    lastResolvedAt.keepLatest(other.lastResolvedAt)
    lastReopenedAt.keepLatest(other.lastReopenedAt)
    replies.merge(other.replies)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.id(id)
    writer.owner(owner)
    texts.encode(to: &writer)
    steps.encode(to: &writer)
    writer.time(lastResolvedAt)
    writer.time(lastReopenedAt)
    replies.encode(to: &writer) { $0.count($1) }
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    id = try reader.entityID()
    owner = try reader.owner()
    texts = try TextRegisters(&reader)
    steps = try StepTimes(&reader)
    lastResolvedAt = try reader.time()
    lastReopenedAt = try reader.time()
    replies = try NamedValues(&reader) { (reader) throws(CodingError) in try reader.count() }
  }
}

/// The steps of a ticket's life of which the first time counts.
package enum TicketStep: Int, FieldName {
  case opened, answered, resolved
}

/// What events say of a ticket in words.
package enum TicketText: Int, FieldName {
  case subject, priority, orderID, agent, score, channel
}

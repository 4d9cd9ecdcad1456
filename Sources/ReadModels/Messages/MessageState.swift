package import BinaryCoding
import JSON

/// One message to one person, by e-mail or another channel. Times are in microseconds since 1970.
package struct MessageState: EntityState {
  package static let kind = EntityKind.message
  package let id: String
  package var owner: Owner?

  package private(set) var texts = TextRegisters<MessageText>()
  package private(set) var steps = StepTimes<MessageStep>()
  /// Opened by the person, not by a machine; so are ``opens``.
  package private(set) var lastOpenedAt: Int64?
  package private(set) var opens = 0
  package private(set) var clicks = 0
  /// When the person opened or clicked it: what orders are credited to its campaign by.
  package private(set) var touches = TouchSet()
  /// Whether an event of an e-mail spoke of it.
  package private(set) var isEmail = false
  /// By which events the person refused e-mail: unsubscribing or complaining. They may name nothing but the message.
  package private(set) var refusals = Consents()

  package init(id: String) { self.id = id }

  package mutating func fold(_ event: FoldedEvent) {
    foldDescription(event)
    if event.type.isOpening { return foldOpened(event) }
    if event.type.isClick {
      clicks += 1
      touches.insert(Touch(.click, at: event.time))
    }
    if event.type == .emailUnsubscribed || event.type == .emailComplained { refusals.fold(event) }
    if let step = MessageStep(event.type) { steps.reach(step, at: event.time) }
  }

  private mutating func foldDescription(_ event: FoldedEvent) {
    isEmail = isEmail || event.type.isEmail
    texts.takeName(.channel, event.channel.bytes, of: event)
    texts.takeName(.campaign, from: "campaign", of: event)
    texts.takeName(.variant, from: "variant", of: event)
    texts.take(.subject, from: "subject", of: event)
    if event.type == .emailBounced || event.type == .messageFailed { texts.take(.bounce, from: "kind", of: event) }
  }

  /// Opens by a mail client's proxy say nothing about the person.
  private mutating func foldOpened(_ event: FoldedEvent) {
    if event.flag("machine") == true { return steps.reach(.openedByMachine, at: event.time) }
    opens += 1
    touches.insert(Touch(.open, at: event.time))
    steps.reach(.opened, at: event.time)
    lastOpenedAt.keepLatest(event.time)
  }

  package mutating func merge(_ other: Self) {
    owner = Owner.first(owner, other.owner)
    texts.merge(other.texts)
    steps.merge(other.steps)
    lastOpenedAt.keepLatest(other.lastOpenedAt)
    opens += other.opens
    clicks += other.clicks
    touches.merge(other.touches)
    isEmail = isEmail || other.isEmail
    refusals.merge(other.refusals)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.id(id)
    writer.owner(owner)
    texts.encode(to: &writer)
    steps.encode(to: &writer)
    writer.time(lastOpenedAt)
    writer.count(opens)
    writer.count(clicks)
    writer.byte(isEmail ? 1 : 0)
    refusals.encode(to: &writer)
    touches.encode(to: &writer)
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    id = try reader.entityID()
    owner = try reader.owner()
    texts = try TextRegisters(&reader)
    steps = try StepTimes(&reader)
    lastOpenedAt = try reader.time()
    opens = try reader.count()
    clicks = try reader.count()
    isEmail = try reader.byte() != 0
    refusals = try Consents(&reader)
    touches = reader.form >= 3 ? try TouchSet(&reader) : TouchSet()
  }
}

/// The steps of a message's life.
package enum MessageStep: Int, FieldName {
  case sent, delivered, opened, openedByMachine, clicked, bounced, complained, unsubscribed, failed

  init?(_ type: EventType) {
    switch type {
    case .emailSent, .messageSent: self = .sent
    case .emailDelivered, .messageDelivered: self = .delivered
    case .emailOpened, .messageOpened: self = .opened
    case .emailClicked, .messageClicked: self = .clicked
    case .emailBounced: self = .bounced
    case .emailComplained: self = .complained
    case .emailUnsubscribed: self = .unsubscribed
    case .messageFailed: self = .failed
    default: return nil
    }
  }
}

/// What events say of a message in words; `bounce` is hard or soft.
package enum MessageText: Int, FieldName {
  case channel, campaign, variant, subject, bounce
}

extension EventType {
  fileprivate var isOpening: Bool { self == .emailOpened || self == .messageOpened }
  fileprivate var isClick: Bool { self == .emailClicked || self == .messageClicked }
}

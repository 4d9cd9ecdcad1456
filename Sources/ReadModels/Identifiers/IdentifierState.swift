package import BinaryCoding
package import Events
import JSON

/// What the events anchored on one identifier say, and when the identifier was seen at all.
package struct IdentifierState: FoldState {
  package let identifier: Identifier
  /// Microseconds since 1970, over all events that carry the identifier.
  package private(set) var firstSeen: Int64
  package private(set) var lastSeen: Int64

  /// Events anchored on the identifier: all, by channel, and by store for those that name one.
  package private(set) var events = 0
  package private(set) var channels = NameCounts()
  package private(set) var stores = NameCounts()
  package private(set) var visits = VisitSet()
  /// Whether an event captured the person as a lead.
  package private(set) var isLead = false
  package private(set) var traits = Traits()
  /// Whether each channel may be used to reach the person, at which address, and who said so.
  package private(set) var consents = Consents()
  /// Events of types that need no schema.
  package private(set) var custom = CustomEvents()

  /// The state before the first event, which is at `time`.
  package init(_ identifier: Identifier, seen time: Int64) {
    self.identifier = identifier
    firstSeen = time
    lastSeen = time
  }

  /// The state of an identifier that only decisions name: it was never seen, and what an operator says today must not
  /// look like something that the person did.
  package init(unseen identifier: Identifier) {
    self.identifier = identifier
    firstSeen = .max
    lastSeen = .min
  }

  /// What the grouping of people wants to know.
  package struct Summary: Sendable {
    package let identifier: Identifier
    package let firstSeen: Int64
    package let events: Int
  }

  package var summary: Summary { Summary(identifier: identifier, firstSeen: firstSeen, events: events) }

  /// The summary of a stored state, whose row begins with it. O(bytes of the identifier).
  package static func summary(ofStored row: UnsafeRawBufferPointer, form: UInt32) throws(CodingError) -> Summary {
    var reader = ByteReader(row, form: form)
    let identifier = try reader.identifier()
    let firstSeen = try reader.signed()
    _ = try reader.signed()
    return Summary(identifier: identifier, firstSeen: firstSeen, events: try reader.count())
  }

  /// The identifier as one of a person's.
  package var contact: Person.Contact {
    Person.Contact(identifier: identifier, firstSeen: firstSeen, lastSeen: lastSeen)
  }

  /// Whether the identifier's value is spelt with these bytes.
  package mutating func hasValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    identifier.value.hasSameBytes(as: bytes)
  }

  /// Notes that an event carried the identifier.
  package mutating func see(_ time: Int64) {
    firstSeen = min(firstSeen, time)
    lastSeen = max(lastSeen, time)
  }

  /// Folds an event that is anchored on the identifier. Several may have been made of one event of the log: only the first
  /// of them counts as an event.
  package mutating func fold(_ event: FoldedEvent, counts: Bool = true) {
    see(event.time)
    if counts { count(event) }
    if event.type.isBrowsing { visits.insert(event.time) }
    switch event.type {
    case .leadCaptured: isLead = true
    case .customerRegistered, .customerUpdated:
      traits.fold(event)
      consents.fold(event)
    case .consentChanged, .emailUnsubscribed, .emailComplained: consents.fold(event)
    case .other: custom.fold(event)
    default: break
    }
  }

  private mutating func count(_ event: FoldedEvent) {
    events += 1
    channels.add(normalising: event.channel.bytes)
    if let store = event.store { stores.add(normalising: store.bytes) }
  }

  package mutating func merge(_ other: Self) {
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    events += other.events
    channels.merge(other.channels)
    stores.merge(other.stores)
    visits.merge(other.visits)
    isLead = isLead || other.isLead
    traits.merge(other.traits)
    consents.merge(other.consents)
    custom.merge(other.custom)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.identifier(identifier)
    writer.signed(firstSeen)
    writer.signed(lastSeen &- firstSeen)
    writer.count(events)
    channels.encode(to: &writer)
    stores.encode(to: &writer)
    visits.encode(to: &writer)
    writer.byte(isLead ? 1 : 0)
    traits.encode(to: &writer)
    consents.encode(to: &writer)
    custom.encode(to: &writer)
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    identifier = try reader.identifier()
    firstSeen = try reader.signed()
    lastSeen = firstSeen &+ (try reader.signed())
    events = try reader.count()
    channels = try NameCounts(&reader)
    stores = try NameCounts(&reader)
    visits = try VisitSet(&reader)
    isLead = try reader.byte() != 0
    traits = try Traits(&reader)
    consents = try Consents(&reader)
    if reader.form >= 5 { custom = try CustomEvents(&reader) }
  }
}

package import BinaryCoding
package import Events
import JSON

/// What the events anchored on one identifier say, and when the identifier was seen at all.
package struct IdentifierState: FoldState {
  package let identifier: Identifier
  /// Microseconds since 1970, over all events that carry the identifier.
  package private(set) var firstSeen: Int64
  package private(set) var lastSeen: Int64

  /// Events anchored on the identifier, by channel and by store.
  package private(set) var events = 0
  package private(set) var channels: [String: Int] = [:]
  package private(set) var stores: [String: Int] = [:]
  package private(set) var visits = VisitSet()
  package private(set) var isLead = false
  package private(set) var traits = Traits()
  /// Whether each channel may be used to reach the person; nil where consent was deleted.
  package private(set) var consent: [String: Register<Bool?>] = [:]

  package init(_ identifier: Identifier, seen time: Int64) {
    self.identifier = identifier
    firstSeen = time
    lastSeen = time
  }

  /// Notes that an event carried the identifier.
  package mutating func see(_ time: Int64) {
    firstSeen = min(firstSeen, time)
    lastSeen = max(lastSeen, time)
  }

  /// Folds an event that is anchored on the identifier.
  package mutating func fold(_ event: FoldedEvent) {
    see(event.time)
    events += 1
    channels[event.channelName, default: 0] += 1
    if let store = event.storeName { stores[store, default: 0] += 1 }
    if event.type.isBrowsing { visits.insert(event.time) }
    switch event.type {
    case .leadCaptured: isLead = true
    case .customerRegistered, .customerUpdated: foldCustomer(event)
    case .consentChanged: foldConsent(event)
    case .emailUnsubscribed, .emailComplained: consent["email"].set(false, event)
    default: break
    }
  }

  private mutating func foldCustomer(_ event: FoldedEvent) {
    guard let data = event.data else { return }
    traits.fold(data, event)
    guard let channels = data["consent"] else { return }
    for (channel, granted) in channels.members {
      consent[String(decoding: channel.bytes, as: UTF8.self)].set(granted.bool, event)
    }
  }

  private mutating func foldConsent(_ event: FoldedEvent) {
    guard let channel = event.text("channel"), let granted = event.flag("granted") else { return }
    consent[channel].set(granted, event)
  }

  package mutating func merge(_ other: Self) {
    firstSeen = min(firstSeen, other.firstSeen)
    lastSeen = max(lastSeen, other.lastSeen)
    events += other.events
    channels.addCounts(other.channels)
    stores.addCounts(other.stores)
    visits.merge(other.visits)
    isLead = isLead || other.isLead
    traits.merge(other.traits)
    consent.mergeRegisters(other.consent)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.text(identifier.type)
    writer.text(identifier.value)
    writer.signed(firstSeen)
    writer.signed(lastSeen)
    writer.count(events)
    writer.dictionary(channels) { $0.count($1) }
    writer.dictionary(stores) { $0.count($1) }
    visits.encode(to: &writer)
    writer.byte(isLead ? 1 : 0)
    traits.encode(to: &writer)
    writer.dictionary(consent) { writer, register in
      writer.register(register) { $0.byte($1.map { $0 ? 2 : 1 } ?? 0) }
    }
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    identifier = Identifier(type: try reader.text(), value: try reader.text())
    firstSeen = try reader.signed()
    lastSeen = try reader.signed()
    events = try reader.count()
    channels = try reader.dictionary { (reader) throws(CodingError) in try reader.count() }
    stores = try reader.dictionary { (reader) throws(CodingError) in try reader.count() }
    visits = try VisitSet(&reader)
    isLead = try reader.byte() != 0
    traits = try Traits(&reader)
    consent = try reader.dictionary { (reader) throws(CodingError) in
      let register = try reader.register { (reader) throws(CodingError) -> Bool? in
        let code = try reader.byte()
        return code == 0 ? nil : code == 2
      }
      guard let register else { throw CodingError("a consent without its event") }
      return register
    }
  }
}

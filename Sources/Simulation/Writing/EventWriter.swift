/// Writes one event as minified JSON into a buffer that is used again for the next one.
///
/// The texts written are the simulation's own and hold no character that JSON escapes, so nothing is escaped here;
/// `raw` is therefore no place for text from outside.
struct EventWriter {
  var bytes: [UInt8] = []
  private(set) var sourceRange = 0..<0
  private(set) var idRange = 0..<0
  private(set) var time: Milliseconds = 0
  var needsComma = false
  /// Every time in the shop's zone, whatever the sender's habit.
  var localTimeOnly = false
  private var eventCount = 0
  private var random: RandomSource

  init(seed: UInt64) {
    random = RandomSource(seed: seed, stream: .eventIds)
    bytes.reserveCapacity(2048)
  }

  /// Starts an event with everything that precedes `ids`. Version 1 is not named.
  mutating func open(_ type: StaticString, version: Int = 1, at time: Milliseconds, from origin: Origin) {
    bytes.removeAll(keepingCapacity: true)
    self.time = time
    eventCount += 1
    raw("{\"id\":\"")
    let idStart = bytes.count
    writeId(of: origin)
    idRange = idStart..<bytes.count
    raw("\",\"type\":\"")
    raw(type)
    raw("\"")
    needsComma = true
    if version > 1 { number("version", version) }
    beginText("time")
    timestamp(time, localTimeOnly ? .localSeconds : origin.clock)
    raw("\",\"source\":\"")
    let sourceStart = bytes.count
    raw(origin.source)
    sourceRange = sourceStart..<bytes.count
    raw("\",\"channel\":\"")
    raw(origin.channel)
    if let store = origin.store {
      raw("\",\"store\":\"")
      raw(store)
    }
    raw("\"")
  }

  private mutating func writeId(of origin: Origin) {
    switch origin.idStyle {
    case .random:
      uuid(high: random.next(), low: random.next(), version: 4)
    case .timeOrdered:
      uuid(high: UInt64(time) << 16 | random.next() >> 52, low: random.next(), version: 7)
    case .counted(let prefix):
      raw(prefix)
      raw("-")
      compactDate(time)
      raw("-")
      padded(eventCount, width: 8)
    }
  }

  /// Closes `data` and the event.
  mutating func close() {
    raw("}}")
  }
}

/// The system that sends an event, and its habits.
struct Origin {
  var source: StaticString
  var channel: StaticString
  var store: StaticString?
  var idStyle: IdStyle
  var clock: Clock

  init(_ source: StaticString, _ channel: StaticString, store: StaticString? = nil, ids: IdStyle, clock: Clock) {
    (self.source, self.channel, self.store, idStyle, self.clock) = (source, channel, store, ids, clock)
  }

  enum IdStyle {
    /// UUID version 4.
    case random
    /// UUID version 7 (RFC 9562).
    case timeOrdered
    /// Prefix, day and a growing number.
    case counted(StaticString)
  }

  enum Clock {
    case utcMilliseconds
    case localSeconds
  }
}

extension Origin {
  static let web = Origin("web", "web", ids: .random, clock: .utcMilliseconds)
  static let warehouse = Origin("warehouse", "web", ids: .counted("wh"), clock: .localSeconds)
  static let carrier = Origin("carrier", "web", ids: .timeOrdered, clock: .localSeconds)
  static let payments = Origin("payments", "web", ids: .random, clock: .utcMilliseconds)
  static let mailer = Origin("esp", "email", ids: .timeOrdered, clock: .utcMilliseconds)
  static let textMessages = Origin("sms-gateway", "sms", ids: .timeOrdered, clock: .localSeconds)
  static let helpDesk = Origin("helpdesk", "support", ids: .counted("hd"), clock: .localSeconds)
  static let chat = Origin("chat", "chat", ids: .timeOrdered, clock: .utcMilliseconds)
  static let social = Origin("social", "social", ids: .timeOrdered, clock: .utcMilliseconds)
  static let crm = Origin("crm", "crm", ids: .counted("crm"), clock: .localSeconds)
}

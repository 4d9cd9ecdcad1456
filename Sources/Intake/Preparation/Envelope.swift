package import Events
package import EventLog
package import JSON

/// What is wrong with an event that was offered.
package struct EventProblem: Error {
  package let kind: ProblemKind
  /// JSON Pointer (RFC 6901) of the value concerned.
  package let pointer: String
  package let reason: String

  init(_ kind: ProblemKind, _ pointer: String = "", _ reason: String) {
    self.kind = kind
    self.pointer = pointer
    self.reason = reason
  }
}

package typealias ProblemKind = Reject.Kind

/// The envelope of an event, as it stands in a parsed document. It borrows from the parser.
package struct Envelope {
  package var id: JSONValue
  package var type: JSONValue
  package var version: Int
  package var time: Instant
  package var timeText: JSONValue
  package var source: JSONValue
  package var channel: JSONValue
  package var store: JSONValue?
  package var ids: JSONValue?
  package var data: JSONValue?
  package var isBackfill: Bool
  /// `data` as it was sent, where that is minified already and can be stored as it is.
  package var minifiedData: UnsafeBufferPointer<UInt8>?

  package static let channels: [StaticString] = [
    "web", "app", "pos", "marketplace", "social", "chat", "email", "sms", "push", "phone", "support", "crm",
  ]

  /// Characters that an event id or a source may have at most.
  private static let idCharactersMax = 200
  private static let sourceCharactersMax = 100

  /// Reads and checks the envelope; `now` is what a time may be at most a day ahead of.
  /// `minifiedCount` is the length of the document if it has no blanks and no escapes.
  package init(_ root: JSONValue, minifiedCount: Int?, now: Instant) throws(EventProblem) {
    guard root.kind == .object else { throw EventProblem(.envelope, "", "an event is a JSON object; this is \(root.kind.article)") }
    var fields = Fields()
    for (key, value) in root.members { try fields.take(key, value) }
    let minifiedCount = minifiedCount.map { fields.dataEnd ?? $0 - 1 }
    id = try Self.text(fields.id, "id", charactersMax: Self.idCharactersMax)
    type = try Self.text(fields.type, "type", charactersMax: Self.idCharactersMax)
    source = try Self.text(fields.source, "source", charactersMax: Self.sourceCharactersMax)
    channel = try Self.channel(fields.channel)
    version = try Self.version(fields.version)
    timeText = try Self.text(fields.time, "time", charactersMax: 64)
    time = try Self.time(timeText, now: now)
    store = try fields.store.map { (value) throws(EventProblem) in try Self.text(value, "store", charactersMax: Self.sourceCharactersMax) }
    ids = try Self.object(fields.ids, "ids")
    data = try Self.object(fields.data, "data")
    minifiedData = minifiedCount.flatMap { end in fields.data.map { $0.source(endingAt: end) } }
    isBackfill = try Self.flag(fields.backfill, "backfill")
    if let extra = fields.unknown, !fields.isCloudEvent { throw Self.unknown(extra) }
  }

  /// Members by name, before they are checked.
  private struct Fields {
    var id, type, version, time, source, channel, store, ids, data, backfill: JSONValue?
    var unknown: JSONValue?
    /// Where `data` ends, in a minified document in which another field follows it.
    var dataEnd: Int?
    /// A CloudEvents 1.0 wrapper: it may carry attributes of its own, which are not kept.
    var isCloudEvent = false

    mutating func take(_ key: JSONValue, _ value: JSONValue) throws(EventProblem) {
      let name = key.bytes
      if data != nil, dataEnd == nil { dataEnd = key.sourceOffset - 2 }
      switch name.count {
      case 2 where name.spells("id"): id = value
      case 3 where name.spells("ids"): ids = value
      case 4 where name.spells("type"): type = value
      case 4 where name.spells("time"): time = value
      case 4 where name.spells("data"): data = value
      case 5 where name.spells("store"): store = value
      case 6 where name.spells("source"): source = value
      case 7 where name.spells("version"): version = value
      case 7 where name.spells("channel"): channel = value
      case 8 where name.spells("backfill"): backfill = value
      case 11 where name.spells("specversion"): try checkCloudEvents(value)
      default: unknown = key
      }
    }

    private mutating func checkCloudEvents(_ value: JSONValue) throws(EventProblem) {
      guard value.kind == .string, value.bytes.spells("1.0") else {
        throw EventProblem(.envelope, "/specversion", "only CloudEvents 1.0 is understood")
      }
      isCloudEvent = true
    }
  }

  private static func unknown(_ key: JSONValue) -> EventProblem {
    let name = String(decoding: key.bytes.prefix(60), as: UTF8.self)
    let known = "id, type, version, time, source, channel, store, ids, data, backfill"
    return EventProblem(.envelope, "/\(name)", "unknown field '\(name)' in the envelope (it has \(known)); put it into data")
  }

  private static func text(
    _ value: JSONValue?, _ name: StaticString, charactersMax: Int
  ) throws(EventProblem) -> JSONValue {
    guard let value else { throw EventProblem(.envelope, "", "the required field '\(name)' is missing") }
    guard value.kind == .string else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' must be a string; this is \(value.kind.article)")
    }
    let bytes = value.bytes
    guard !bytes.isEmpty else { throw EventProblem(.envelope, "/\(name)", "'\(name)' is empty") }
    guard bytes.count <= charactersMax || scalarCount(bytes) <= charactersMax else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' is longer than \(charactersMax) characters")
    }
    guard value.isVerbatimString || !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' holds a control character")
    }
    return value
  }

  private static func scalarCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  private static func channel(_ value: JSONValue?) throws(EventProblem) -> JSONValue {
    let value = try text(value, "channel", charactersMax: 40)
    guard channels.contains(where: { value.bytes.spells($0) }) else {
      let names = channels.map { "\($0)" }.joined(separator: ", ")
      throw EventProblem(.envelope, "/channel", "unknown channel '\(String(decoding: value.bytes, as: UTF8.self))'; channels are \(names)")
    }
    return value
  }

  private static func version(_ value: JSONValue?) throws(EventProblem) -> Int {
    guard let value else { return 1 }
    guard value.kind == .number, let number = ExactDecimal(utf8: value.bytes)?.int64, number >= 1, number <= 1_000_000 else {
      throw EventProblem(.envelope, "/version", "'version' must be a whole number from 1")
    }
    return Int(number)
  }

  private static func time(_ text: JSONValue, now: Instant) throws(EventProblem) -> Instant {
    let time: Instant
    do {
      time = try Instant(rfc3339: text.bytes)
    } catch {
      let found = String(decoding: text.bytes, as: UTF8.self)
      throw EventProblem(.time, "/time", "'\(found)' is not an RFC 3339 time: \(error)")
    }
    guard time.microseconds >= 0 else { throw EventProblem(.time, "/time", "the time lies before 1970") }
    guard time.microseconds <= now.microseconds + 86_400_000_000 else {
      throw EventProblem(.time, "/time", "\(time.rfc3339) lies more than a day in the future; the clock here says \(now.rfc3339)")
    }
    return time
  }

  private static func object(_ value: JSONValue?, _ name: StaticString) throws(EventProblem) -> JSONValue? {
    guard let value else { return nil }
    guard value.kind == .object else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' must be an object; this is \(value.kind.article)")
    }
    return value
  }

  private static func flag(_ value: JSONValue?, _ name: StaticString) throws(EventProblem) -> Bool {
    guard let value else { return false }
    guard let flag = value.bool else {
      throw EventProblem(.envelope, "/\(name)", "'\(name)' must be true or false; this is \(value.kind.article)")
    }
    return flag
  }
}

extension JSONValue.Kind {
  /// The kind with its article, for messages.
  package var article: String {
    switch self {
    case .null: "null"
    case .true, .false: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

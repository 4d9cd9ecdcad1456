import EventLog
package import Events
package import JSON

/// The envelope of an event, as it stands in a parsed document. It borrows from the parser and from the text.
package struct Envelope {
  package let id: JSONValue
  package let type: JSONValue
  package let version: Int
  package let time: Instant
  package let timeText: JSONValue
  package let source: JSONValue
  package let channel: JSONValue
  package let store: JSONValue?
  package let ids: JSONValue?
  package let data: JSONValue?
  package let isBackfill: Bool
  /// `data` as it was sent, where that is minified already and can be stored as it is.
  package let minifiedData: UnsafeBufferPointer<UInt8>?

  /// All channels, as in `schemas/common.json`.
  package static let channels: [StaticString] = [
    "web", "app", "pos", "marketplace", "social", "chat", "email", "sms", "push", "phone", "support", "crm",
  ]

  /// Unicode scalars that an event id, a source or store, and a time may have at most.
  private static let idCharactersMax = 200
  private static let sourceCharactersMax = 100
  private static let timeCharactersMax = 64

  /// Reads and checks the envelope; `now` is what a time may be at most a day ahead of.
  /// `minifiedCount` is the length of the document if it has no blanks and no escapes.
  package init(_ root: JSONValue, minifiedCount: Int?, now: Instant) throws(EventProblem) {
    let fields = try EnvelopeFields(root)
    id = try Self.text(fields.id, "id", charactersMax: Self.idCharactersMax)
    type = try Self.text(fields.type, "type", charactersMax: Self.idCharactersMax)
    source = try Self.text(fields.source, "source", charactersMax: Self.sourceCharactersMax)
    channel = try Self.channel(fields.channel)
    version = try Self.version(fields.version)
    timeText = try Self.text(fields.time, "time", charactersMax: Self.timeCharactersMax)
    time = try Self.time(timeText, now: now)
    store = try fields.store.map { store throws(EventProblem) in
      try Self.text(store, "store", charactersMax: Self.sourceCharactersMax)
    }
    ids = try Self.object(fields.ids, "ids")
    data = try Self.object(fields.data, "data")
    minifiedData = fields.minifiedData(documentBytes: minifiedCount)
    isBackfill = try Self.flag(fields.backfill, "backfill")
    try fields.refuseUnknown()
  }
}

/// The members of an envelope by name, before they are checked.
struct EnvelopeFields {
  private(set) var id, type, version, time, source, channel, store, ids, data, backfill: JSONValue?
  /// The key of the first member that an envelope does not have.
  private var unknown: JSONValue?
  /// Where `data` ends, in a minified document in which another field follows it.
  private var dataEnd: Int?
  /// A CloudEvents 1.0 wrapper: it may carry attributes of its own, which are not kept.
  private var isCloudEvent = false

  init(_ root: JSONValue) throws(EventProblem) {
    guard root.kind == .object else {
      throw EventProblem(.envelope, "", "an event is a JSON object; this is \(root.kind.article)")
    }
    for (key, value) in root.members { try take(key, value) }
  }

  private mutating func take(_ key: JSONValue, _ value: JSONValue) throws(EventProblem) {
    let name = key.bytes
    // Before the content of a key stand its quote and a comma.
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
    case 11 where name.spells("data_base64"): throw Self.binaryData
    default: unknown = unknown ?? key
    }
  }

  private mutating func checkCloudEvents(_ version: JSONValue) throws(EventProblem) {
    guard version.kind == .string, version.bytes.spells("1.0") else {
      throw EventProblem(.envelope, "/specversion", "only CloudEvents 1.0 is understood")
    }
    isCloudEvent = true
  }

  /// Data of a CloudEvent that would be lost with the attributes that are not kept.
  private static var binaryData: EventProblem {
    EventProblem(.envelope, "/data_base64", "the data of a CloudEvent must be JSON in 'data'")
  }

  /// `data` as it stands in a minified document of that length; nil where the document is not minified.
  func minifiedData(documentBytes: Int?) -> UnsafeBufferPointer<UInt8>? {
    guard let documentBytes, let data else { return nil }
    return data.source(endingAt: dataEnd ?? documentBytes - 1)
  }

  /// Throws if there is a member that an envelope does not have, except for attributes of a CloudEvents wrapper.
  func refuseUnknown() throws(EventProblem) {
    guard let unknown, !isCloudEvent else { return }
    let known = "id, type, version, time, source, channel, store, ids, data, backfill"
    throw EventProblem(
      .envelope, "/" + unknown.excerpt.pointerToken,
      "unknown field '\(unknown.excerpt)' in the envelope (it has \(known)); put it into data")
  }
}

import Events
package import JSON

/// An event of the log, parsed for the folds. It borrows from the parser: valid until the next event is parsed.
package struct FoldedEvent {
  /// In the log; 0 is no position.
  package let position: UInt64
  package let type: EventType
  package let typeName: JSONValue
  /// The version of the type's schema that the event is of.
  package let version: Int
  /// Microseconds since 1970.
  package let time: Int64
  package let source: JSONValue
  package let id: JSONValue
  package let channel: JSONValue
  package let store: JSONValue?
  /// An object of normalised identifiers, by type.
  package let ids: JSONValue?
  /// The object of what the type says.
  package let data: JSONValue?
  /// Made at once for events whose folds set several registers.
  private let preparedStamp: Stamp?

  /// Reads a stored event. Throws only for documents that intake would never have stored.
  package init(_ root: JSONValue, position: UInt64) throws(UnfoldableEvent) {
    var id: JSONValue?
    var type: JSONValue?
    var time: JSONValue?
    var source: JSONValue?
    var channel: JSONValue?
    var version: JSONValue?
    var store: JSONValue?
    var ids: JSONValue?
    var data: JSONValue?
    for (key, value) in root.members {
      let name = key.bytes
      switch name.count {
      case 2: id = value
      case 3: ids = value
      case 4: if name.spells("type") { type = value } else if name.spells("time") { time = value } else { data = value }
      case 5: store = value
      case 6: source = value
      case 7: if name.spells("channel") { channel = value } else { version = value }
      default: break
      }
    }
    guard let id, let type, let time, let source, let channel else {
      throw UnfoldableEvent(position: position, reason: "the envelope is incomplete")
    }
    self.position = position
    self.id = id
    self.type = EventType(type.bytes)
    typeName = type
    self.version = version.flatMap(Self.version) ?? 1
    self.source = source
    self.channel = channel
    self.store = store
    self.ids = ids
    self.data = data
    do {
      self.time = try Instant(rfc3339: time.bytes).microseconds
    } catch {
      throw UnfoldableEvent(position: position, reason: "\(error)")
    }
    preparedStamp = self.type.setsRegisters ? Self.stamp(self.time, source, id) : nil
  }

  private static func version(_ value: JSONValue) -> Int? {
    // One digit, for as long as one can think; no text is made of it.
    if value.kind == .number, value.bytes.count == 1 { return Int(value.bytes[0] &- UInt8(ascii: "0")) }
    return value.numberText.flatMap(Int.init)
  }

  /// The event's place among all writers. Free for events that set registers; others allocate.
  package var stamp: Stamp { preparedStamp ?? Self.stamp(time, source, id) }

  private static func stamp(_ time: Int64, _ source: JSONValue, _ id: JSONValue) -> Stamp {
    Stamp(time: time, source: source.bytes, id: id.bytes)
  }

  /// In NFC, as it serves as a key; so does ``storeName``.
  package var channelName: String { String(normalising: channel.bytes) }
  package var storeName: String? { store.map { String(normalising: $0.bytes) } }

  /// A boolean of `data`.
  func flag(_ name: StaticString) -> Bool? { data?[name]?.bool }

  /// A text of `data`; integers count as their text, so that an id is the same whether sent as 7 or "7".
  func text(_ name: StaticString) -> String? {
    data?[name].flatMap(Self.text)
  }

  static func text(_ value: JSONValue) -> String? {
    guard isText(value) else { return nil }
    return String(decoding: value.bytes, as: UTF8.self)
  }

  /// Whether a value can be taken as a text.
  static func isText(_ value: JSONValue) -> Bool {
    (value.kind == .string || value.kind == .number) && !value.bytes.isEmpty
  }

  /// As `text`, for what serves as a key.
  func name(_ field: StaticString) -> String? {
    guard let value = data?[field], Self.isText(value) else { return nil }
    return String(normalising: value.bytes)
  }

  /// An amount of `data` in the event's currency; nil where either is missing.
  func money(_ name: StaticString) -> Money? {
    guard let value = data?[name], let currency else { return nil }
    return Self.money(value, currency)
  }

  /// The currency that the amounts of `data` are in.
  var currency: Currency? { data?["currency"].flatMap { Currency(utf8: $0.bytes) } }

  static func money(_ value: JSONValue, _ currency: Currency) -> Money? {
    guard let amount = ExactDecimal(utf8: value.bytes) else { return nil }
    do { return try Money(amount, currency) } catch { return nil }
  }
}

/// An event that a fold cannot read. It is parked; the projection goes on.
package struct UnfoldableEvent: Error, CustomStringConvertible {
  package let position: UInt64
  package let reason: String

  package init(position: UInt64, reason: String) {
    self.position = position
    self.reason = reason
  }

  package var description: String { "the event at position \(position) cannot be folded: \(reason)" }
}

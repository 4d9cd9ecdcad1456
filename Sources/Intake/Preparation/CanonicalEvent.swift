import Events
import JSON

/// The stored form of an event: envelope fields in one order, defaults left out, identifiers normalised, `data` as sent
/// but minified, where a decision names identifiers with these normalised too. Equal events have equal bytes unless `data` was spelt differently.
enum CanonicalEvent {
  static func write(
    _ envelope: Envelope, identifiers: NormalisedIdentifiers, _ decision: DecidedPair?, to writer: inout JSONWriter
  ) {
    writer.beginObject()
    write("id", envelope.id, to: &writer)
    write("type", envelope.type, to: &writer)
    if envelope.version != 1 {
      writer.key("version")
      writer.value(envelope.version)
    }
    write("time", envelope.timeText, to: &writer)
    write("source", envelope.source, to: &writer)
    write("channel", envelope.channel, to: &writer)
    if let store = envelope.store { write("store", store, to: &writer) }
    if !identifiers.isEmpty { write(identifiers, to: &writer) }
    if let data = envelope.data {
      if let decision {
        write(data, decision, to: &writer)
      } else {
        write(data, minified: envelope.minifiedData, to: &writer)
      }
    }
    if envelope.isBackfill {
      writer.key("backfill")
      writer.value(true)
    }
    writer.endObject()
    writer.endDocument()
  }

  private static func write(_ key: StaticString, _ value: JSONValue, to writer: inout JSONWriter) {
    writer.key(key)
    writer.value(value)
  }

  private static func write(_ data: JSONValue, minified: UnsafeBufferPointer<UInt8>?, to writer: inout JSONWriter) {
    writer.key("data")
    if let minified { writer.raw(minified) } else { writer.value(data) }
  }

  private static func write(_ data: JSONValue, _ decision: DecidedPair, to writer: inout JSONWriter) {
    writer.key("data")
    writer.beginObject()
    for (key, value) in data.members {
      switch String(decoding: key.bytes, as: UTF8.self) {
      case "a": write("a", decision.a, to: &writer)
      case "b": write("b", decision.b, to: &writer)
      default: writer.member(key, value)
      }
    }
    writer.endObject()
  }

  private static func write(_ key: StaticString, _ identifier: Identifier, to writer: inout JSONWriter) {
    writer.key(key)
    writer.beginObject()
    writer.key(identifier.type)
    writer.value(identifier.value)
    writer.endObject()
  }

  private static func write(_ identifiers: NormalisedIdentifiers, to writer: inout JSONWriter) {
    writer.key("ids")
    writer.beginObject()
    identifiers.bytes.withUnsafeBufferPointer { bytes in
      for (name, range) in identifiers.named {
        writer.key(name)
        writer.string(UnsafeBufferPointer(rebasing: bytes[range]))
      }
    }
    writer.endObject()
  }
}

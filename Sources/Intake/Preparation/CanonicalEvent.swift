import Events
import JSON

/// The stored form of an event: envelope fields in one order, defaults left out, identifiers normalised, `data` as sent
/// but minified. Equal events have equal bytes unless `data` was spelt differently.
enum CanonicalEvent {
  static func write(_ envelope: Envelope, identifiers: NormalisedIdentifiers, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("id")
    writer.value(envelope.id)
    writer.key("type")
    writer.value(envelope.type)
    if envelope.version != 1 {
      writer.key("version")
      writer.value(envelope.version)
    }
    writer.key("time")
    writer.value(envelope.timeText)
    writer.key("source")
    writer.value(envelope.source)
    writer.key("channel")
    writer.value(envelope.channel)
    if let store = envelope.store {
      writer.key("store")
      writer.value(store)
    }
    if !identifiers.isEmpty { write(identifiers, to: &writer) }
    if let data = envelope.data {
      writer.key("data")
      if let minified = envelope.minifiedData { writer.raw(minified) } else { writer.value(data) }
    }
    if envelope.isBackfill {
      writer.key("backfill")
      writer.value(true)
    }
    writer.endObject()
    writer.endDocument()
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

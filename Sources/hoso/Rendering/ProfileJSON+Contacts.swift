import Events
import JSON
import Platform
import ReadModels

/// How to reach a person, and whether one may.
extension ProfileJSON {
  func writeIdentifiers(_ person: Person, _ writer: inout JSONWriter) {
    writer.key("ids")
    writer.beginObject()
    for type in configuration.identifiers.types.map(\.name) {
      let values = person.contacts.filter { $0.identifier.type == type }.map(\.identifier.value)
      guard !values.isEmpty else { continue }
      writer.key(type)
      writer.beginArray()
      for value in values { writer.value(value) }
      writer.endArray()
    }
    writer.endObject()
    writer.key("identifiers")
    writer.beginArray()
    for contact in person.contacts { write(contact, &writer) }
    writer.endArray()
  }

  private func write(_ contact: Person.Contact, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("type")
    writer.value(contact.identifier.type)
    writer.key("value")
    writer.value(contact.identifier.value)
    writer.time("first_seen", contact.firstSeen)
    writer.time("last_seen", contact.lastSeen)
    writer.endObject()
  }

  /// The newest word on each channel, and below it each channel and address with its history.
  func writeConsent(_ person: Person, _ writer: inout JSONWriter) {
    writer.key("consent")
    writer.beginObject()
    for (channel, granted) in person.consent.sorted(by: { $0.key < $1.key }) {
      writer.key(channel)
      writer.value(granted)
    }
    writer.endObject()
    writer.key("consents")
    writer.beginArray()
    for consent in person.consents { write(consent, &writer) }
    writer.endArray()
  }

  private func write(_ consent: Consent, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("channel")
    writer.value(consent.channel)
    writer.key("address")
    writer.optional(consent.address)
    writer.key("granted")
    writer.optional(consent.granted)
    writer.time("since", consent.since)
    writer.key("history")
    writer.beginArray()
    for change in consent.history { write(change, &writer) }
    writer.endArray()
    writer.endObject()
  }

  private func write(_ change: ConsentChange, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.time("time", change.stamp.time)
    writer.key("granted")
    writer.optional(change.granted)
    for (name, text) in [
      ("source", change.stamp.source), ("event", change.stamp.id), ("type", change.type.rawValue),
      ("purpose", change.purpose), ("method", change.method),
    ] {
      writer.key(name)
      writer.optional(text)
    }
    writer.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func optional(_ flag: Bool?) {
    if let flag { value(flag) } else { null() }
  }
}

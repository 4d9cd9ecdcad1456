import Events
import Identity
import JSON
import Platform
import Projections
import ReadModels

/// A person as JSON: the fields that scripts rely on.
struct ProfileJSON {
  let configuration: Configuration

  init(_ configuration: Configuration) { self.configuration = configuration }

  func write(_ found: FoundPerson, _ moment: Moment?, _ scores: ProfileScores, timeline: [TimelineEntry]?) {
    var writer = JSONWriter()
    writer.beginObject()
    switch moment {
    case .time(let time): writer.time("as_of", time)
    case .position(let position):
      writer.key("at_position")
      writer.value(position)
    case nil: break
    }
    writer.key("person")
    writer.value(found.id.description)
    writer.key("stage")
    writer.value(found.person.stage.name)
    writeIdentifiers(found.person, &writer)
    writeTraits(found.person.traits, &writer)
    writeConsent(found.person, &writer)
    writeOrders(found.person, &writer)
    writeActivity(found.person, &writer)
    scores.write(to: &writer)
    if let timeline { writeTimeline(timeline, &writer) }
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  /// Custom traits stand beside the known ones, which win over a custom one of the same name; the address is an object.
  private func writeTraits(_ traits: [String: String], _ writer: inout JSONWriter) {
    writer.key("traits")
    writer.beginObject()
    for (name, json) in traits.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("address.") {
      let isCustom = name.hasPrefix("traits.")
      let key = isCustom ? String(name.dropFirst("traits.".count)) : name
      if isCustom, traits[key] != nil || key == "address" { continue }
      writer.key(key)
      writer.raw(json)
    }
    let address = Traits.addressFields.compactMap { field in traits["address." + field].map { (field, $0) } }
    if !address.isEmpty {
      writer.key("address")
      writer.beginObject()
      for (field, json) in address {
        writer.key(field)
        writer.raw(json)
      }
      writer.endObject()
    }
    writer.endObject()
  }

  private func writeOrders(_ person: Person, _ writer: inout JSONWriter) {
    let orders = person.orders
    let money = PersonMoney(orders, configuration.exchange)
    writer.key("orders")
    writer.beginObject()
    for (name, count) in [("count", orders.count), ("placed", orders.placed), ("cancelled", orders.cancelled)] {
      writer.key(name)
      writer.value(count)
    }
    for (name, amount) in [
      ("gross", money?.gross), ("net", money?.net), ("refunded", money?.refunded), ("average", money?.average),
    ] {
      writer.key(name)
      writer.optional(amount?.decimalString)
    }
    writer.key("currency")
    writer.optional(money?.currency.code)
    writer.time("first", orders.first)
    writer.time("last", orders.last)
    if orders.amounts.count > 1 { writeCurrencies(orders, &writer) }
    writer.endObject()
    writeProducts(person.products, &writer)
    writeCategories(person, &writer)
  }

  private func writeCurrencies(_ orders: OrderFigures, _ writer: inout JSONWriter) {
    writer.key("by_currency")
    writer.beginArray()
    for (currency, amounts) in orders.amounts.sorted(by: { $0.key < $1.key }) {
      writer.beginObject()
      writer.key("currency")
      writer.value(currency.code)
      for (name, units) in [("gross", amounts.gross), ("net", amounts.net), ("refunded", amounts.refunded)] {
        writer.key(name)
        writer.value(Money(minorUnits: units, currency: currency).decimalString)
      }
      writer.endObject()
    }
    writer.endArray()
  }

  private func writeActivity(_ person: Person, _ writer: inout JSONWriter) {
    writer.key("visits")
    writer.beginObject()
    writer.key("count")
    writer.value(person.visits)
    writer.time("last", person.lastVisit)
    writer.endObject()
    writer.key("email")
    writer.beginObject()
    for (name, count) in [
      ("sent", person.email.sent), ("delivered", person.email.delivered), ("opened", person.email.opened),
      ("clicked", person.email.clicked), ("bounced", person.email.bounced),
    ] {
      writer.key(name)
      writer.value(count)
    }
    writer.time("last_opened", person.email.lastOpened)
    writer.endObject()
    writer.key("tickets")
    writer.beginObject()
    for (name, count) in [
      ("open", person.ticketsOpen), ("resolved", person.ticketsResolved),
      ("count", person.ticketsOpen + person.ticketsResolved),
    ] {
      writer.key(name)
      writer.value(count)
    }
    writer.endObject()
    writer.counts("channels", person.channels)
    writer.counts("stores", person.stores)
    writeCustom(person.custom, &writer)
    writer.key("events")
    writer.value(person.events)
    writer.time("first_seen", person.firstSeen)
    writer.time("last_seen", person.lastSeen)
  }

  private func writeTimeline(_ entries: [TimelineEntry], _ writer: inout JSONWriter) {
    writer.key("timeline")
    writer.beginArray()
    for entry in entries { writer.value(entry) }
    writer.endArray()
  }
}

extension JSONWriter {
  mutating func optional(_ text: String?) {
    if let text { value(text) } else { null() }
  }

  /// A time in microseconds as RFC 3339 in UTC; the greatest and the least number stand for never.
  mutating func time(_ name: StaticString, _ microseconds: Int64?) {
    key(name)
    guard let microseconds, microseconds != .max, microseconds != .min else { return null() }
    value(Instant(microseconds: microseconds).rfc3339)
  }

  mutating func counts(_ name: StaticString, _ counts: [String: Int]) {
    key(name)
    beginObject()
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      key(name)
      value(count)
    }
    endObject()
  }

  mutating func value(_ entry: TimelineEntry) {
    beginObject()
    key("position")
    value(entry.position)
    key("time")
    value(entry.time.rfc3339)
    key("type")
    value(entry.type)
    key("id")
    value(entry.id)
    key("source")
    value(entry.source)
    key("channel")
    value(entry.channel)
    endObject()
  }
}

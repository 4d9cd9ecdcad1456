import Events
import Platform
import ReadModels

/// The lists of the page.
extension ProfilePage {
  func identifiers(_ person: Person) -> String {
    var table = Table([("TYPE", .left), ("VALUE", .left), ("FIRST SEEN", .left), ("LAST SEEN", .left)])
    for contact in person.contacts {
      table.add([
        contact.identifier.type, contact.identifier.value, times.minute(contact.firstSeen),
        times.minute(contact.lastSeen),
      ])
    }
    return table.rendered(on: terminal)
  }

  func products(_ person: Person) -> String {
    var table = Table([("SKU", .left), ("UNITS", .right), ("ORDERS", .right), ("LAST", .left), ("NAME", .left)])
    let best = person.products.sorted { ($1.value.orders, $0.key) < ($0.value.orders, $1.key) }
    for (sku, figures) in best.prefix(Self.productsMax) {
      table.add([sku, figures.units.description, "\(figures.orders)", times.day(figures.last), figures.name ?? ""])
    }
    return table.rendered(on: terminal) + more(best.count - Self.productsMax)
  }

  /// The categories that were bought most.
  func categories(_ person: Person) -> String {
    var table = Table([("CATEGORY", .left), ("UNITS", .right), ("ORDERS", .right), ("LAST", .left)])
    let favourites = person.favouriteCategories
    for (name, figures) in favourites.prefix(Self.categoriesMax) {
      table.add([name, figures.units.description, "\(figures.orders)", times.day(figures.last)])
    }
    return table.rendered(on: terminal) + more(favourites.count - Self.categoriesMax)
  }

  /// The types that happened most.
  func custom(_ events: CustomEvents) -> String {
    var table = Table([("TYPE", .left), ("EVENTS", .right), ("FIRST", .left), ("LAST", .left)])
    let types = events.byName.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    for (name, figures) in types.prefix(Self.customMax) {
      let (first, last) = (times.minute(figures.first), times.minute(figures.last))
      table.add([CustomEvents.typePrefix + name, grouped(figures.count), first, last])
    }
    let others = events.others.map { terminal.dim("and \(counted($0.count, "event")) of types beyond those") + "\n" }
    return table.rendered(on: terminal) + more(types.count - Self.customMax) + (others ?? "")
  }

  private func more(_ count: Int) -> String { count > 0 ? terminal.dim("and \(count) more") + "\n" : "" }

  /// Each channel and address, as it stands.
  func consents(_ consents: [Consent]) -> String {
    var table = Table([("CHANNEL", .left), ("CONSENT", .left), ("SINCE", .left), ("ADDRESS", .left)])
    for consent in consents {
      let answer = consent.granted.map { $0 ? "yes" : "no" } ?? "deleted"
      table.add([consent.channel, answer, times.minute(consent.since), consent.address ?? ""])
    }
    return table.rendered(on: terminal)
  }

  func timeline(_ entries: some Sequence<TimelineEntry>) -> String {
    var table = Table([("WHEN", .left), ("WHAT", .left), ("WHERE", .left), ("", .left)])
    for entry in entries {
      table.add([times.minute(entry.time.microseconds), entry.type, entry.store ?? entry.source, entry.summary])
    }
    return table.rendered(on: terminal)
  }
}

import Events
import Identity
import JSON
import Platform
import ReadModels
import UnicodeText

/// A person as a page for a reader: who, what they bought, how they were last in touch.
struct ProfilePage {
  /// How many of the latest events the page shows.
  static let latestCount = 10

  private let configuration: Configuration
  private let terminal: Terminal
  private let times: TimeFormatter

  init(_ configuration: Configuration, _ terminal: Terminal) {
    self.configuration = configuration
    self.terminal = terminal
    times = TimeFormatter(zone: configuration.timeZone)
  }

  func write(_ found: FoundPerson, _ entries: [TimelineEntry], isWhole: Bool) {
    let person = found.person
    let name = person.displayName ?? person.contacts.first?.identifier.value ?? "?"
    var text =
      terminal.bold(name.printable) + "  " + person.stage.name + "  " + terminal.dim(found.id.description) + "\n\n"
    for (label, value) in facts(person) { text += line(label, value) }
    text += "\n" + terminal.bold("Identifiers") + "\n" + identifiers(person)
    if !person.products.isEmpty { text += "\n" + terminal.bold("Bought") + "\n" + products(person) }
    text += "\n" + terminal.bold(isWhole ? "Timeline" : "Latest events") + "\n"
    text += timeline(isWhole ? entries : entries.suffix(Self.latestCount))
    StandardOutput.shared.write(text)
  }

  private func facts(_ person: Person) -> [(String, String)] {
    var facts: [(String, String)] = [("Orders", orders(person))]
    if let money = PersonMoney(person.orders, configuration) {
      facts.append(("Value", value(money)))
    } else {
      for (currency, amounts) in person.orders.amounts.sorted(by: { $0.key < $1.key }) {
        facts.append(("Value", AmountFormat.text(Money(minorUnits: amounts.net, currency: currency)) + " net"))
      }
    }
    facts.append(("Visits", count(person.visits, "visit", last: person.lastVisit)))
    facts.append(("E-mail", email(person.email)))
    facts.append(("Tickets", tickets(person)))
    if !person.consent.isEmpty { facts.append(("Consent", consent(person.consent))) }
    facts.append(("Channels", counts(person.channels)))
    if !person.stores.isEmpty { facts.append(("Stores", counts(person.stores))) }
    facts.append(
      (
        "Seen",
        "\(times.minute(person.firstSeen)) to \(times.minute(person.lastSeen)), \(grouped(person.events)) events"
      ))
    return facts + traits(person.traits)
  }

  private func orders(_ person: Person) -> String {
    let orders = person.orders
    guard orders.placed > 0 else { return "none" }
    var text = "\(orders.count)"
    if orders.placed != orders.count { text += " of \(orders.placed) placed" }
    if orders.cancelled > 0 { text += ", \(orders.cancelled) cancelled" }
    if let first = orders.first, let last = orders.last {
      text += first == last ? ", on \(times.day(first))" : ", from \(times.day(first)) to \(times.day(last))"
    }
    return text
  }

  private func value(_ money: PersonMoney) -> String {
    var text = AmountFormat.text(money.net) + " net"
    if money.refunded.minorUnits != 0 {
      text += " (\(AmountFormat.text(money.gross)) less \(AmountFormat.text(money.refunded)) refunded)"
    }
    if let average = money.average { text += ", \(AmountFormat.text(average)) an order" }
    return text
  }

  private func count(_ count: Int, _ noun: String, last: Int64?) -> String {
    guard let last else { return "none" }
    return "\(grouped(count)) \(noun)\(count == 1 ? "" : "s"), last \(times.minute(last))"
  }

  private func email(_ email: EmailFigures) -> String {
    guard email.sent + email.opened + email.bounced > 0 else { return "none" }
    let opened = email.lastOpened.map { ", last opened \(times.minute($0))" } ?? ""
    return "\(email.sent) sent, \(email.opened) opened, \(email.clicked) clicked\(opened)"
  }

  private func tickets(_ person: Person) -> String {
    person.ticketsOpen + person.ticketsResolved == 0
      ? "none" : "\(person.ticketsOpen) open, \(person.ticketsResolved) resolved"
  }

  private func consent(_ consent: [String: Bool]) -> String {
    consent.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value ? "yes" : "no")" }.joined(separator: ", ")
  }

  private func counts(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \(grouped($0.value))" }.joined(
      separator: ", ")
  }

  private func traits(_ traits: [String: String]) -> [(String, String)] {
    let shown = ["name", "first_name", "last_name"]
    return traits.filter { !shown.contains($0.key) }.sorted { $0.key < $1.key }.map { key, json in
      let name = key.split(separator: ".").last.map(String.init) ?? key
      return (name.prefix(1).uppercased() + name.dropFirst(), Self.readable(json))
    }
  }

  /// A JSON text without its quotes.
  private static func readable(_ json: String) -> String {
    do {
      let parser = JSONParser()
      let value = try parser.parse(json.utf8)
      if value.kind == .array { return value.elements.compactMap(\.string).joined(separator: ", ") }
      return value.string ?? json
    } catch {
      return json
    }
  }

  private func identifiers(_ person: Person) -> String {
    var table = Table([("TYPE", .left), ("VALUE", .left), ("FIRST SEEN", .left), ("LAST SEEN", .left)])
    for contact in person.contacts {
      table.add([
        contact.identifier.type, contact.identifier.value, times.minute(contact.firstSeen),
        times.minute(contact.lastSeen),
      ])
    }
    return table.rendered(on: terminal)
  }

  private func products(_ person: Person) -> String {
    var table = Table([("SKU", .left), ("UNITS", .right), ("ORDERS", .right), ("LAST", .left), ("NAME", .left)])
    let best = person.products.sorted { ($1.value.orders, $0.key) < ($0.value.orders, $1.key) }
    for (sku, figures) in best.prefix(8) {
      table.add([sku, figures.units.description, "\(figures.orders)", times.day(figures.last), figures.name ?? ""])
    }
    let more = best.count > 8 ? terminal.dim("and \(best.count - 8) more") + "\n" : ""
    return table.rendered(on: terminal) + more
  }

  private func timeline(_ entries: some Sequence<TimelineEntry>) -> String {
    var table = Table([("WHEN", .left), ("WHAT", .left), ("WHERE", .left), ("", .left)])
    for entry in entries {
      table.add([times.minute(entry.time.microseconds), entry.type, entry.store ?? entry.source, entry.summary])
    }
    return table.rendered(on: terminal)
  }

  private func line(_ label: String, _ value: String) -> String {
    label.printable + String(repeating: " ", count: max(1, 12 - displayWidth(of: label))) + value.printable + "\n"
  }
}

import Events
import Identity
import JSON
import Platform
import Projections
import ReadModels
import UnicodeText

/// A person as a page for a reader: who, what they bought, how they were last in touch.
struct ProfilePage {
  /// How many of the latest events the page shows.
  static let latestCount = 10
  /// How many products, categories and types of custom events.
  static let productsMax = 8
  static let categoriesMax = 5
  static let customMax = 8

  private let configuration: Configuration
  let terminal: Terminal
  let times: TimeFormatter

  init(_ configuration: Configuration, _ terminal: Terminal) {
    self.configuration = configuration
    self.terminal = terminal
    times = TimeFormatter(zone: configuration.timeZone)
  }

  func write(
    _ found: FoundPerson, _ moment: Moment?, _ scores: ProfileScores, _ entries: [TimelineEntry], isWhole: Bool
  ) {
    let person = found.person
    let name = person.displayName ?? person.contacts.first?.identifier.value ?? "?"
    var text =
      terminal.bold(name.printable) + "  " + person.stage.name + "  " + terminal.dim(found.id.description) + "\n\n"
    if let moment { text += line("As of", self.text(moment)) }
    for (label, value) in facts(person, scores) { text += line(label, value) }
    text += section("Identifiers", identifiers(person))
    if !person.consents.isEmpty { text += section("Consent by address", consents(person.consents)) }
    if !person.products.isEmpty { text += section("Bought", products(person)) }
    if !person.categories.isEmpty { text += section("Favourite categories", categories(person)) }
    if !person.custom.isEmpty { text += section("Custom events", custom(person.custom)) }
    text += section(
      isWhole ? "Timeline" : "Latest events", timeline(isWhole ? entries : entries.suffix(Self.latestCount)))
    StandardOutput.shared.write(text)
  }

  private func text(_ moment: Moment) -> String {
    switch moment {
    case .time(let time): times.minute(time) + ", by when events happened"
    case .position(let position): "position \(grouped(position)), by when events arrived"
    }
  }

  private func section(_ title: String, _ content: String) -> String { "\n" + terminal.bold(title) + "\n" + content }

  private func facts(_ person: Person, _ scores: ProfileScores) -> [(String, String)] {
    var facts: [(String, String)] = [("Orders", orders(person))]
    if let money = PersonMoney(person.orders, configuration.exchange) {
      facts.append(("Value", value(money)))
    } else {
      for (currency, amounts) in person.orders.amounts.sorted(by: { $0.key < $1.key }) {
        facts.append(("Value", AmountFormat.text(Money(minorUnits: amounts.net, currency: currency)) + " net"))
      }
    }
    facts += scores.facts
    facts.append(("Visits", count(person.visits, "visit", last: person.lastVisit)))
    facts.append(("E-mail", email(person.email)))
    facts.append(("Tickets", tickets(person)))
    if !person.consent.isEmpty { facts.append(("Consent", consent(person.consent))) }
    facts.append(("Channels", person.channels.isEmpty ? "none" : counts(person.channels)))
    if !person.stores.isEmpty { facts.append(("Stores", counts(person.stores))) }
    facts.append(
      (
        "Seen",
        "\(times.minute(person.firstSeen)) to \(times.minute(person.lastSeen)), \(counted(person.events, "event"))"
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

  /// The newest word on each channel, at whatever address.
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

  private func line(_ label: String, _ value: String) -> String {
    label.printable + String(repeating: " ", count: max(1, 12 - displayWidth(of: label))) + value.printable + "\n"
  }
}

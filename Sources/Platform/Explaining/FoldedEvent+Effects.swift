import Events
import JSON
import ReadModels

extension FoldedEvent {
  /// What the event does to an order, if it has a bearing on one of the figures.
  func order(_ figures: [String], of subject: FieldSubject) -> String? {
    guard subject.owns(self) else { return nil }
    let bearing: Set<String>
    switch type {
    case .orderPlaced: bearing = ["count", "placed", "gross", "net", "average", "first", "last", "currency"]
    case .orderCancelled: bearing = ["count", "cancelled", "gross", "net", "average", "first", "last"]
    case .orderReturned: bearing = ["count", "net", "average", "first", "last"]
    case .orderRefunded, .creditIssued: bearing = ["count", "refunded", "net", "average", "first", "last"]
    default: return nil
    }
    guard !bearing.isDisjoint(with: figures) else { return nil }
    let order = data?["order_id"]?.excerpt ?? data?["credit_id"]?.excerpt ?? ""
    let amount = (data?["total"] ?? data?["amount"])?.excerpt
    let placed = type == .orderPlaced && placingTime < time ? data?["placed_at"]?.excerpt : nil
    let words = [
      order, amount, amount == nil ? nil : data?["currency"]?.excerpt, placed.map { "first placed \($0)" },
    ].compactMap { $0 }
    return words.joined(separator: " ")
  }

  /// What the event says about the consent to be reached by a channel, or by any.
  func consents(_ wanted: String?) -> [(channel: String, word: String)] {
    var words: [(channel: String, word: String)] = []
    switch type {
    case .consentChanged:
      if let channel = data?["channel"]?.string, let granted = data?["granted"]?.bool {
        words.append((channel, granted ? "yes" : "no"))
      }
    case .emailUnsubscribed, .emailComplained: words.append(("email", "no"))
    case .customerRegistered, .customerUpdated:
      guard let consent = data?["consent"] else { break }
      if consent.isNull { words.append((wanted ?? "all", "deleted")) }
      for (channel, value) in consent.members {
        guard let word = value.isNull ? "deleted" : value.bool.map({ $0 ? "yes" : "no" }) else { continue }
        words.append((channel.string ?? "", word))
      }
    default: break
    }
    return words.filter { wanted == nil || $0.channel == wanted }
  }
}

extension JSONValue {
  /// A field of a customer by the name that profiles give it: known ones, those of the address, and a shop's own.
  func trait(_ name: String) -> JSONValue? {
    if name == "address" { return self["address"] }
    if name.hasPrefix("address.") {
      guard let address = self["address"] else { return nil }
      return address.isNull ? address : address.member(String(name.dropFirst("address.".count)))
    }
    if Traits.knownFields.contains(name), let known = member(name) { return known }
    guard let custom = self["traits"] else { return nil }
    return custom.isNull ? custom : custom.member(name)
  }

  private func member(_ name: String) -> JSONValue? {
    for (key, value) in members where key.string == name { return value }
    return nil
  }

  /// The value for a reader, cut where it is long.
  var excerpt: String {
    if let text = string ?? numberText { return text.count > 60 ? String(text.prefix(59)) + "…" : text }
    if let bool { return bool ? "true" : "false" }
    var writer = JSONWriter()
    writer.value(self)
    return writer.text.count > 60 ? String(writer.text.prefix(59)) + "…" : writer.text
  }
}

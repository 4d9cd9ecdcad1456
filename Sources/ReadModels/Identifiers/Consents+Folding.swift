import JSON

extension Consents {
  /// Folds what an event says of consent; events of other types say nothing.
  mutating func fold(_ event: FoldedEvent) {
    switch event.type {
    case .customerRegistered, .customerUpdated: foldCustomer(event)
    case .consentChanged: foldChanged(event)
    case .emailUnsubscribed, .emailComplained: add(false, on: "email", event)
    default: break
    }
  }

  /// A null channel deletes its consent and a null object those of all channels; what is no boolean says nothing.
  private mutating func foldCustomer(_ event: FoldedEvent) {
    guard let channels = event.data?["consent"] else { return }
    if channels.isNull { return deleteAll(ConsentChange(nil, event)) }
    for (channel, granted) in channels.members where !channel.bytes.isEmpty {
      guard granted.isNull || granted.bool != nil else { continue }
      add(granted.bool, on: String(normalising: channel.bytes), event)
    }
  }

  private mutating func foldChanged(_ event: FoldedEvent) {
    guard let channel = event.name("channel"), let granted = event.flag("granted") else { return }
    add(granted, on: channel, event)
  }

  private mutating func add(_ granted: Bool?, on channel: String, _ event: FoldedEvent) {
    add(ConsentChange(granted, event), on: channel, at: Self.address(on: channel, of: event))
  }

  /// The identifier of the event by which the channel reaches a person. It need not be the one that the event is
  /// anchored on.
  private static func address(on channel: String, of event: FoldedEvent) -> String? {
    guard let type = identifierType(of: channel), let value = event.ids?[type], value.kind == .string,
      !value.bytes.isEmpty
    else {
      return nil
    }
    return String(normalising: value.bytes)
  }

  /// Chats that know people by their phone numbers count as borne by the phone.
  private static func identifierType(of channel: String) -> StaticString? {
    switch channel {
    case "email": "email"
    case "sms", "phone", "mms", "rcs", "zalo", "whatsapp", "viber": "phone"
    default: nil
    }
  }
}

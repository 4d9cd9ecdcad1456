extension CampaignState {
  /// One part for a message that names a campaign. O(1).
  package static func parts(of message: MessageState) -> [Self] {
    guard let campaign = message.texts[.campaign] else { return [] }
    var part = CampaignState(campaign: campaign, variant: message.texts[.variant])
    for count in CampaignCount.allCases where message.has(count) { part[count] = 1 }
    return part.isEmpty ? [] : [part]
  }

  /// One part for each campaign and variant that orders of the person are credited to.
  package static func parts(of person: Person) -> [Self] {
    person.attributed.map { attributed in
      var part = CampaignState(campaign: attributed.campaign, variant: attributed.variant)
      part[.orders] = attributed.orders
      part.revenue = attributed.revenue
      return part
    }
  }
}

extension MessageState {
  /// Whether the message counts as such, by its own events or because a later step proves an earlier one.
  ///
  /// What was opened by anybody, clicked, unsubscribed by or reported as spam was delivered; what was delivered or
  /// bounced was sent: systems that report opens may never report the sending, and rates must not exceed their base.
  /// A click proves no open, since scanners of links click as well; what failed was not sent unless an event says so.
  fileprivate func has(_ count: CampaignCount) -> Bool {
    switch count {
    case .sent: steps[.sent] != nil || wasDelivered || steps[.bounced] != nil
    case .delivered: wasDelivered
    case .opened: steps[.opened] != nil
    case .openedByMachine: steps[.openedByMachine] != nil && steps[.opened] == nil
    case .clicked: steps[.clicked] != nil
    case .unsubscribed: steps[.unsubscribed] != nil
    case .bounced: steps[.bounced] != nil
    case .hardBounced: steps[.bounced] != nil && texts[.bounce] == "hard"
    case .softBounced: steps[.bounced] != nil && texts[.bounce] == "soft"
    case .complained: steps[.complained] != nil
    case .failed: steps[.failed] != nil
    case .orders: false
    }
  }

  private var wasDelivered: Bool {
    steps[.delivered] != nil || steps[.opened] != nil || steps[.openedByMachine] != nil || steps[.clicked] != nil
      || steps[.unsubscribed] != nil || steps[.complained] != nil
  }
}

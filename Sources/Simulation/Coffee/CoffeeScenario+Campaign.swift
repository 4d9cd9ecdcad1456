extension CoffeeScenario {
  private static let sendTime = CivilDate(year: 2026, month: 3, day: 10).at(9)

  /// 50 recipients had bought Arabica and 150 had not; 15 of these and 35 of those open. The five who order are web
  /// buyers who have ordered before.
  mutating func chooseRecipients() {
    let admirers = random.shuffled(1..<Self.arabicaBuyers)
    let others = random.shuffled(Self.arabicaBuyers..<Self.customers)
    campaignBuyers = Array(
      admirers.filter(isKnownWebBuyer).prefix(2) + others.filter(isKnownWebBuyer).prefix(3))
    let chosenAdmirers = campaignBuyers[..<2] + admirers.filter { !campaignBuyers.contains($0) }.prefix(47)
    let chosenOthers = campaignBuyers[2...] + others.filter { !campaignBuyers.contains($0) }.prefix(147)
    recipients = [Self.heroine] + chosenAdmirers + chosenOthers
    openers = [Self.heroine] + chosenAdmirers.prefix(14) + chosenOthers.prefix(35)
  }

  private func isKnownWebBuyer(_ person: Int) -> Bool {
    (1..<Self.firstNewBuyer).contains(person)
      && composer.people[person].traits.isDisjoint(with: [.visitsStore, .usesMarketplace])
  }

  mutating func sendCampaign() {
    for person in recipients {
      let sent = Self.sendTime + Milliseconds(random.below(1800)) * .second
      composer.mail(
        "email.sent", person, campaign: Self.campaign, at: sent,
        detail: .subject("Arabica Cầu Đất mùa mới, giảm đến 15%"))
      composer.mail("email.delivered", person, campaign: Self.campaign, at: sent + 20 * .second)
    }
    let strangers = openers.filter { $0 != Self.heroine && !campaignBuyers.contains($0) }
    for person in openers { open(person) }
    for person in strangers.prefix(8) {
      composer.mail(
        "email.opened", person, campaign: Self.campaign, at: Self.sendTime + 31 * .minute, detail: .machine(true))
    }
    for person in campaignBuyers + strangers.suffix(13) {
      composer.mail(
        "email.clicked", person, campaign: Self.campaign, at: Self.sendTime + 22 * .hour, detail: .link)
    }
  }

  /// Everybody opens on the same day, at least an hour after sending.
  private mutating func open(_ person: Int) {
    let wait = .hour + Milliseconds(random.below(13 * 3600)) * .second
    composer.mail(
      "email.opened", person, campaign: Self.campaign, at: Self.sendTime + wait, detail: .machine(false))
  }
}

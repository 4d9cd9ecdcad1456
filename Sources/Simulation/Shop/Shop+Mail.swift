extension Shop {
  /// Subscribers take turns: a campaign goes to every twelfth of them.
  private static let turns = 12

  mutating func sendCampaign(_ week: Int, at time: Milliseconds) {
    for person in composer.people.indices where isRecipient(person, week: week) {
      sendMail(person, week: week, at: time + Milliseconds(random.below(7200)) * .second)
    }
    schedule(.sendCampaign(week: Int16(week + 1)), at: time + 7 * .day)
  }

  /// Only the addresses that the shop knows by now count.
  private func isRecipient(_ index: Int, week: Int) -> Bool {
    let person = composer.people[index]
    guard person.traits.contains(.reads), index % Self.turns == week % Self.turns else { return false }
    return person.traits.contains(.hasArrived)
  }

  private mutating func sendMail(_ person: Int, week: Int, at time: Milliseconds) {
    let campaign = Campaign.weekly(week)
    let subject = Phrases.mailSubjects[week % Phrases.mailSubjects.count]
    composer.mail("email.sent", person, campaign: campaign, at: time, detail: .subject(subject))
    let arrival = time + Milliseconds(random.between(1...40)) * .second
    if random.chance(25) { return bounce(person, campaign, at: arrival) }
    composer.mail("email.delivered", person, campaign: campaign, at: arrival)
    if random.chance(130) {
      composer.mail("email.opened", person, campaign: campaign, at: arrival + 3 * .second, detail: .machine(true))
    }
    if random.chance(300) { read(person, week: week, at: awake(arrival + random.wait(mean: 8 * .hour))) }
  }

  private mutating func bounce(_ person: Int, _ campaign: Campaign, at time: Milliseconds) {
    let isHard = random.chance(200)
    composer.mail("email.bounced", person, campaign: campaign, at: time, detail: .bounce(isHard ? "hard" : "soft"))
    if isHard { composer.people[person].traits.remove(.reads) }
  }

  private mutating func read(_ person: Int, week: Int, at time: Milliseconds) {
    let campaign = Campaign.weekly(week)
    composer.mail("email.opened", person, campaign: campaign, at: time, detail: .machine(false))
    if random.chance(15) { return unsubscribe(person, campaign, at: time + .minute) }
    guard random.chance(200) else { return }
    composer.mail("email.clicked", person, campaign: campaign, at: time + 20 * .second, detail: .link)
    if random.chance(80) {
      schedule(.buyFromCampaign(Int32(person), week: Int16(week)), at: time + .minute)
    } else {
      var visit = visit(person, at: time + 21 * .second)
      visit.campaign = campaign
      look(&visit, views: random.atLeastOne(mean: 2))
    }
  }

  private mutating func unsubscribe(_ person: Int, _ campaign: Campaign, at time: Milliseconds) {
    let complains = random.chance(60)
    composer.mail(complains ? "email.complained" : "email.unsubscribed", person, campaign: campaign, at: time)
    composer.consentChanged(person, .email, channel: "email", granted: false, from: .mailer, at: time + .second)
    composer.people[person].traits.remove(.reads)
  }
}

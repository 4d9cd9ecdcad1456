import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("A campaign")
struct CampaignTests {
  @Test("counts each message once for each step, however often it is reported")
  func steps() throws {
    let all = ["email.sent", "email.delivered", "email.opened", "email.opened", "email.clicked", "email.clicked"]
    let campaign = try campaign([
      message(1, all), message(2, ["email.sent", "email.delivered"]), message(3, ["email.sent", "email.unsubscribed"]),
      message(4, ["email.sent", "email.complained"]), message(5, ["message.sent", "message.failed"]),
    ])
    let expected: [CampaignCount: Int64] = [
      .sent: 5, .delivered: 4, .opened: 1, .clicked: 1, .unsubscribed: 1, .complained: 1, .failed: 1,
    ]
    for count in CampaignCount.allCases { #expect(campaign[count] == expected[count] ?? 0, "\(count)") }
  }

  @Test("takes what was opened, clicked or complained of for delivered, and what bounced for sent")
  func impliedSteps() throws {
    for type in ["email.delivered", "email.opened", "email.clicked", "email.unsubscribed", "email.complained"] {
      let campaign = try campaign([message(1, [type])])
      #expect(campaign[.sent] == 1 && campaign[.delivered] == 1, "\(type)")
    }
    let bounced = try campaign([message(1, ["email.bounced"])])
    #expect(bounced[.sent] == 1 && bounced[.delivered] == 0)
    let failed = try campaign([message(1, ["message.failed"])])
    #expect(failed[.sent] == 0 && failed[.failed] == 1)
    #expect(try campaign([message(1, ["email.clicked"])])[.opened] == 0)
  }

  @Test("tells what a person opened from what only a machine did")
  func machines() throws {
    let machine = #","machine":true"#
    let campaign = try campaign([
      message(1, ["email.sent", "email.opened"], machine),
      message(2, ["email.opened", "message.opened"], machine, and: event("email.opened", at: 9, #"{"message_id":2}"#)),
    ])
    #expect((campaign[.opened], campaign[.openedByMachine], campaign[.delivered]) == (1, 1, 2))
  }

  @Test("parts bounces into hard and soft ones as far as events say")
  func bounces() throws {
    let campaign = try campaign([
      message(1, ["email.bounced"], #","kind":"hard""#), message(2, ["email.bounced"], #","kind":"soft""#),
      message(3, ["email.bounced"]), message(4, ["message.failed"], #","kind":"hard""#),
    ])
    #expect((campaign[.bounced], campaign[.hardBounced], campaign[.softBounced]) == (3, 1, 1))
  }

  @Test("has a row for each variant, and none for messages without a campaign")
  func variants() throws {
    let messages = [
      try message(1, ["email.sent"], #","variant":"A""#), try message(2, ["email.sent"], #","variant":"B""#),
      try message(3, ["email.sent"]), try folded([event("email.sent", #"{"message_id":4}"#)], id: "4"),
    ]
    let rows = Tallies(messages.flatMap(CampaignState.parts(of:))).rows.values
    #expect(Set(rows.map { $0.campaign + "/" + ($0.variant ?? "-") }) == ["tet/A", "tet/B", "tet/-"])
    let spellings = [
      try folded([event("email.sent", #"{"message_id":1,"campaign":"C\#u{00E0}"}"#)], id: "1") as MessageState,
      try folded([event("email.sent", #"{"message_id":2,"campaign":"Ca\#u{0300}"}"#)], id: "2"),
    ]
    #expect(Tallies(spellings.flatMap(CampaignState.parts(of:))).rows.count == 1)
  }

  @Test("has rates of what was sent and what was delivered")
  func rates() throws {
    var campaign = try campaign(
      (1...8).map { try message($0, ["email.delivered"]) } + [message(9, ["email.bounced"])]
        + (10...12).map { try message($0, ["email.opened"]) } + [message(13, ["email.opened", "email.clicked"])]
        + [message(14, ["email.unsubscribed"]), message(15, ["email.complained"])])
    campaign.merge(try credited(7))
    let rates = [
      campaign.deliveryRate, campaign.openRate, campaign.clickRate, campaign.clickToOpenRate, campaign.unsubscribeRate,
      campaign.bounceRate, campaign.complaintRate, campaign.conversionRate,
    ]
    let expected = ["0.933333", "0.285714", "0.071429", "0.25", "0.071429", "0.066667", "0.071429", "0.5"]
    #expect(rates.map { $0.map { "\($0)" } } == expected)
    let dong = try #require(Currency("VND"))
    #expect(campaign.revenuePerRecipient(Money(minorUnits: 100, currency: dong))?.minorUnits == 7)
    let empty = CampaignState(campaign: "tet", variant: nil)
    #expect(empty.deliveryRate == nil && empty.openRate == nil && empty.clickToOpenRate == nil)
    #expect(empty.revenuePerRecipient(Money(minorUnits: 100, currency: dong)) == nil)
  }

  /// A campaign that only orders are known of.
  private func credited(_ count: Int) throws -> CampaignState {
    let clicked = try message(1, ["email.clicked"])
    let orders = try (1...count).map { try order($0, []) }
    return try #require(CampaignState.parts(of: Person(orders: orders, messages: [clicked])).first)
  }

  private func message(
    _ id: Int, _ types: [String], _ more: String = "", and other: GeneratedEvent...
  ) throws -> MessageState {
    try folded(
      types.map { event($0, #"{"message_id":\#(id),"campaign":"tet"\#(more)}"#) } + other, id: "\(id)")
  }

  private func campaign(_ messages: [MessageState]) throws -> CampaignState {
    try #require(Tallies(messages.flatMap(CampaignState.parts(of:))).rows.values.first)
  }
}

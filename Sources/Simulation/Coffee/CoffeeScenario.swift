/// The shop "The Coffee" until the end of March 2026, zone Asia/Ho_Chi_Minh (+07:00), currency VND. Its figures are the
/// same for every seed:
///
/// - 1,000 registered customers, `C-0001` to `C-1000`, each with one `customer.registered` that has customer_id, name,
///   email and phone; exactly 500 of them have bought, that is, have an order that was not cancelled. Web buyers order
///   by customer_id, branch buyers by phone or loyalty card, marketplace buyers by marketplace_id and phone.
/// - 300 visitors of the web shop who never say who they are come in addition.
/// - 200 orders placed in March 2026 (160 delivered, 24 shipped, 6 cancelled, 10 being packed). `order.packed` is the
///   last event of exactly those 10, and of no other order. Orders of the months before were all delivered.
/// - One campaign, `arabica-march`, sent on 2026-03-10 to 200 people (200 `email.sent`, 200 `email.delivered`), of whom
///   exactly 50 had bought Arabica (SKU prefix `ARA-`) before that date.
/// - Exactly 50 of the 200 opened it themselves, once each; 8 of the 50 were also opened by a machine
///   (`machine: true`), nobody else's was; 18 of the 50 clicked.
/// - Exactly 5 of the 50 placed one order each with `campaign: arabica-march`, after opening.
/// - 15 tickets opened from 2026-03-16 to 2026-03-22, of which exactly 10 were resolved within 48 hours and not
///   reopened; of the others 3 were resolved after more than 48 hours (1 of these was reopened and is open) and 2 are
///   open. 20 tickets of other weeks are all resolved.
/// - Nguyễn Thị Hương Giang, `C-0001`, huong.giang@example.vn, 0901 234 567, has bought exactly 10 bags of `ARA-500`
///   at 185,000 VND in exactly 3 orders, 1,850,000 VND altogether: 3 bags on the web on 2026-01-17, 2 bags in branch
///   hcm-01 on 2026-02-14 (known by phone only), 5 bags on the web on 2026-03-05. She visited the web shop on a phone
///   and a laptop, opened the campaign on 2026-03-10, and has one ticket, opened on 2026-03-18 about her third order and
///   resolved within 48 hours: it is one of the 15 and one of the 10.
///
/// Everybody's events lie between 2025-10-01 and 2026-03-31; nothing is late, repeated, shared or junk.
struct CoffeeScenario {
  static let customers = 1000
  static let visitors = 300
  static let buyers = 500
  /// Buyers 0 to 149, the heroine among them, bought Arabica before March; the other buyers never did.
  static let arabicaBuyers = 150
  /// Buyers from this one on bought in March for the first time.
  static let firstNewBuyer = 440
  static let heroine = 0
  static let campaign = Campaign.named("arabica-march")

  var composer: EventComposer
  var random: RandomSource
  var plans: [PlannedOrder] = []
  /// The 200 people to whom the campaign goes.
  var recipients: [Int] = []
  /// The 50 openers, the heroine first.
  var openers: [Int] = []
  /// Those of the openers who order because of the campaign.
  var campaignBuyers: [Int] = []
  var lastTicket = 0

  init(seed: UInt64) {
    random = RandomSource(seed: seed, stream: .behaviour)
    composer = EventComposer(
      seed: seed, junk: 0,
      outbox: Outbox(late: 0, repeats: 0, end: CivilDate(year: 2026, month: 4, day: 1).at(0), seed: seed))
    composer.customerDigits = 4
    composer.writer.localTimeOnly = true
    populate(seed: seed)
  }

  /// Writes everything into the outbox, which puts it into the order of time.
  mutating func play() {
    registerEverybody()
    chooseRecipients()
    planOrders()
    placeOrders()
    sendCampaign()
    openTickets()
    visitWebShop()
    playHeroine()
  }

  /// A moment of the given day, in the shop's waking hours. Days are counted from 2026-03-01, which is 0.
  mutating func moment(onDay day: Int) -> Milliseconds {
    Self.march1 + Milliseconds(day) * .day + Milliseconds(random.between(8 * 3600...20 * 3600)) * .second
  }

  static let march1 = CivilDate(year: 2026, month: 3, day: 1).at(0)
}

/// An order that the scenario is going to place.
struct PlannedOrder {
  var order: Order
  var placed: Milliseconds
  var ending: Ending

  enum Ending {
    case delivered
    case shipped
    case packed
    case cancelled
  }
}

import Events
import GeneratedEvents
import Identity
import Platform
import Projections
import ReadModels
import Scoring
import Testing

@Suite("Who bought what until when")
struct BuyersTests {
  private func placed(
    _ id: String, by email: String = "an@example.com", _ time: String, _ total: Int, _ currency: String = "VND"
  ) -> String {
    Self.event(
      id, "order.placed", by: email, time,
      #"{"order_id":"\#(id)","currency":"\#(currency)","total":\#(total),"items":[]}"#)
  }

  private static func event(_ id: String, _ type: String, by email: String, _ time: String, _ data: String) -> String {
    PlatformTests.event("\(type)-\(id)", type, time: time, ids: #"{"email":"\#(email)"}"#, data: data)
  }

  private func credit(_ id: String, _ time: String, _ amount: Int) -> String {
    Self.event(
      id, "credit.issued", by: "an@example.com", time, #"{"credit_id":"\#(id)","amount":\#(amount),"currency":"VND"}"#)
  }

  private func buyers(_ events: [String], asOf date: String? = nil, configuration: String? = nil) throws -> Buyers {
    let platform = try Shop(configuration: configuration).open(events)
    return try platform.ask { try platform.buyers(asOf: date.flatMap { CivilDate(iso: $0) }, in: $0) }
  }

  @Test("Past days see only what had happened by their end, in the shop's time zone")
  func past() throws {
    let events = [
      placed("1", "2026-01-10T03:00:00Z", 100), placed("2", "2026-02-10T16:59:59Z", 50),
      placed("3", "2026-02-10T17:00:00Z", 30),
      Self.event("1", "order.cancelled", by: "an@example.com", "2026-02-20T03:00:00Z", #"{"order_id":"1"}"#),
      Self.event(
        "2", "order.refunded", by: "an@example.com", "2026-02-15T03:00:00Z",
        #"{"order_id":"2","amount":20,"currency":"VND"}"#),
    ]
    let nets = try ["2026-01-10", "2026-02-10", "2026-02-11", "2026-02-15", "2026-02-20"].map {
      try #require(try buyers(events, asOf: $0).buyers.first)
    }
    #expect(nets.map(\.net) == [100, 150, 180, 160, 60])
    #expect(nets.map(\.orders) == [1, 2, 3, 3, 2])
    #expect(throws: ScoringError.self) { try buyers(events, asOf: "2026-01-09") }
    // Without a day, that of the last order.
    let last = try buyers(events)
    #expect(last.day.date.iso == "2026-02-11" && last.rfmFigures == [RFMFigures(recencyDays: 0, orders: 2, net: 60)])
  }

  @Test("A total that was changed later is, on earlier days, what it was then")
  func revisions() throws {
    let events = [
      placed("1", "2026-01-10T03:00:00Z", 100),
      Self.event(
        "1b", "order.placed", by: "an@example.com", "2026-01-12T03:00:00Z",
        #"{"order_id":"1","currency":"VND","total":70,"items":[]}"#),
    ]
    #expect(try buyers(events, asOf: "2026-01-11").buyers.map(\.net) == [100])
    #expect(try buyers(events, asOf: "2026-01-12").buyers.map(\.net) == [70])
    #expect(
      try buyers(events, asOf: "2026-01-12").buyers.map(\.firstDay) == [CivilDate(iso: "2026-01-10")?.daysSinceEpoch])
  }

  @Test("Orders of one day are one repeat; the first day's are none")
  func days() throws {
    let times = [
      "2026-01-10T01:00:00Z", "2026-01-10T09:00:00Z", "2026-01-20T01:00:00Z", "2026-01-20T02:00:00Z",
      "2026-01-25T01:00:00Z",
    ]
    let events = times.enumerated().map { placed("\($0)", $1, 10 * ($0 + 1)) }
    let buyers = try buyers(events, asOf: "2026-02-01")
    let buyer = try #require(buyers.buyers.first)
    #expect(buyer.recencyFrequency(on: buyers.day) == RecencyFrequency(repeats: 2, recencyDays: 15, ageDays: 22))
    #expect(
      buyer.repeatValue(minorUnits: 1) == RepeatValue(repeats: 2, mean: 60) && buyer.orders == 5 && buyer.net == 150)
  }

  @Test("A credit that names no order is taken off the order before it, and what is left off the others")
  func credits() throws {
    let orders = [placed("1", "2026-01-10T03:00:00Z", 3), placed("2", "2026-02-10T03:00:00Z", 168_470)]
    func value(_ credits: [String]) throws -> (net: Int64, mean: Double) {
      let buyers = try buyers(orders + credits, asOf: "2026-03-01")
      return (try #require(buyers.buyers.first).net, buyers.repeatValues[0].mean)
    }
    #expect(try value([credit("c", "2026-02-10T04:00:00Z", 168_470)]) == (3, 0))
    #expect(try value([credit("c", "2026-02-10T04:00:00Z", 168_471)]) == (2, 0))
    #expect(try value([credit("c", "2026-01-20T04:00:00Z", 2)]) == (168_471, 168_470))
    #expect(try value([credit("c", "2026-01-20T04:00:00Z", 13)]) == (168_460, 168_460))
    #expect(try value([credit("c", "2026-01-20T04:00:00Z", 999_999)]) == (0, 0))
    #expect(try value([credit("c", "2026-03-02T04:00:00Z", 5)]) == (168_473, 168_470))
  }

  @Test("What a person's profile says of orders is what scores are made of", arguments: 0..<6)
  func agreement(seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(seed))
    let platform = try Shop(configuration: "currency: VND\nrates: {USD: 25000, EUR: 27000}\n").open(
      generator.events(800).map { String(decoding: $0.document, as: UTF8.self) })
    try platform.ask { snapshot in
      let buyers = try platform.buyers(asOf: CivilDate(iso: "2030-01-01"), in: snapshot)
      var (people, byKey) = (0, [IdentifierKey: Buyer]())
      for buyer in buyers.buyers { byKey[buyer.key] = buyer }
      try snapshot.forEachPerson { key, person in
        guard person.orders.count > 0, let money = PersonMoney(person.orders, platform.configuration.exchange) else {
          return true
        }
        let buyer = try #require(byKey[key], "seed \(seed)")
        #expect(buyer.orders == person.orders.count && buyer.net == money.net.minorUnits, "seed \(seed)")
        people += 1
        return true
      }
      #expect(people == buyers.buyers.count && people > 0)
    }
  }

  @Test("Amounts of several currencies need rates; who has one without is left out and counted")
  func currencies() throws {
    let events = [
      placed("1", "2026-01-10T03:00:00Z", 25_000), placed("2", by: "b@example.com", "2026-01-11T03:00:00Z", 2, "USD"),
      placed("3", by: "c@example.com", "2026-01-12T03:00:00Z", 2, "EUR"),
    ]
    #expect(throws: ScoringError.self) { try buyers(events) }
    let some = try buyers(events, configuration: "currency: VND\nrates: {USD: 25400}\n")
    #expect(some.buyers.map(\.net).sorted() == [25_000, 50_800])
    #expect(some.withoutRate == [try #require(Currency("EUR")): 1])
  }
}

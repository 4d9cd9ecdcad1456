import Events
import GeneratedEvents
import Platform
import ReadModels
import Testing

@Suite struct MoneyTests {
  private let vnd = Currency("VND") ?? Currency(rawValue: 0)
  private let usd = Currency("USD") ?? Currency(rawValue: 0)
  private let kwd = Currency("KWD") ?? Currency(rawValue: 0)

  private func configuration(base: Currency?, _ rates: [Currency: String] = [:]) throws -> Configuration {
    var configuration = try Configuration.standard()
    configuration.baseCurrency = base
    configuration.rates = try rates.mapValues { try #require(ExactDecimal($0)) }
    return configuration
  }

  @Test(
    "An amount is converted exactly and rounded once, half away from zero",
    arguments: [
      ("USD", 1, "25400", "VND", 254), ("USD", 1, "25450", "VND", 255), ("USD", 1, "25449.999", "VND", 254),
      ("USD", -1, "25450", "VND", -255), ("VND", 12_700, "0.00003937", "USD", 50), ("KWD", 1_234, "3.25", "USD", 401),
      ("USD", 100, "0.307", "KWD", 307), ("VND", Int64.max, "1", "JPY", Int64.max),
    ] as [(String, Int64, String, String, Int64)])
  func conversion(code: String, minorUnits: Int64, rate: String, base: String, expected: Int64) throws {
    let (currency, base) = (try #require(Currency(code)), try #require(Currency(base)))
    let configuration = try configuration(base: base, [currency: rate])
    let converted = configuration.inBaseCurrency(Money(minorUnits: minorUnits, currency: currency))
    #expect(converted == Money(minorUnits: expected, currency: base))
  }

  @Test("The base currency stays as it is; without a base, without a rate and beyond 64 bits there is no amount")
  func withoutConversion() throws {
    let amount = Money(minorUnits: 7, currency: vnd)
    #expect(try configuration(base: vnd).inBaseCurrency(amount) == amount)
    #expect(try configuration(base: nil).inBaseCurrency(amount) == nil)
    #expect(try configuration(base: usd).inBaseCurrency(amount) == nil)
    let large = Money(minorUnits: .max, currency: usd)
    #expect(try configuration(base: vnd, [usd: "25400"]).inBaseCurrency(large) == nil)
  }

  private func figures(_ amounts: [Currency: (Int64, Int64, Int64)], count: Int) -> OrderFigures {
    var figures = OrderFigures()
    figures.count = count
    for (currency, (gross, refunded, net)) in amounts {
      figures.amounts[currency, default: .init()].gross = gross
      figures.amounts[currency, default: .init()].refunded = refunded
      figures.amounts[currency, default: .init()].net = net
    }
    return figures
  }

  @Test("Without a base currency the only one there is counts, and several cannot be added")
  func onlyCurrency() throws {
    let configuration = try configuration(base: nil)
    let money = try #require(PersonMoney(figures([usd: (1_000, 200, 800)], count: 3), configuration.exchange))
    #expect(money.currency == usd)
    #expect([money.gross, money.refunded, money.net].map(\.minorUnits) == [1_000, 200, 800])
    #expect(money.average == Money(minorUnits: 267, currency: usd))
    #expect(PersonMoney(figures([usd: (1, 0, 1), vnd: (1, 0, 1)], count: 2), configuration.exchange) == nil)
    #expect(PersonMoney(figures([:], count: 0), configuration.exchange) == nil)
  }

  @Test("With a base currency all amounts are converted, and none is given where one has no rate")
  func severalCurrencies() throws {
    let configuration = try configuration(base: vnd, [usd: "25400"])
    let orders = figures([usd: (1_001, 0, 1_001), vnd: (50_000, 10_000, 40_000)], count: 2)
    let money = try #require(PersonMoney(orders, configuration.exchange))
    #expect([money.gross, money.refunded, money.net].map(\.minorUnits) == [304_254, 10_000, 294_254])
    #expect(money.average?.minorUnits == 147_127)
    #expect(PersonMoney(figures([usd: (1, 0, 1), kwd: (1, 0, 1)], count: 2), configuration.exchange) == nil)
    let nothing = try #require(PersonMoney(figures([:], count: 0), configuration.exchange))
    #expect(nothing.net == Money(minorUnits: 0, currency: vnd))
    #expect(nothing.average == nil)
  }

  @Test("The average is the net value divided by the orders, rounded half away from zero", arguments: UInt64(1)...3)
  func averages(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let configuration = try configuration(base: nil)
    for _ in 0..<200 {
      let (net, count) = (random.number(0..<1_000_000), random.number(1..<50))
      let money = try #require(
        PersonMoney(figures([usd: (Int64(net), 0, Int64(net))], count: count), configuration.exchange))
      #expect(money.average?.minorUnits == Int64((2 * net + count) / (2 * count)), "\(net) / \(count)")
    }
  }
}

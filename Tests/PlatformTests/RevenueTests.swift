import Events
import Expressions
import GeneratedEvents
import Platform
import ReadModels
import Testing

@Suite("Revenue of several currencies")
struct RevenueTests {
  @Test("is one amount in the base currency where all have a rate, or in the only one that there is")
  func totals() throws {
    let (dong, dollar) = (try #require(Currency("VND")), try #require(Currency("USD")))
    var both = Sums(dong, 40_000)
    both.merge(Sums(dollar, 1001))
    var configuration = try Configuration.standard()
    #expect(configuration.total(of: both) == nil)
    #expect(configuration.total(of: Sums(dollar, 1001)) == Money(minorUnits: 1001, currency: dollar))
    #expect(configuration.total(of: Sums()) == nil)
    configuration.baseCurrency = dong
    #expect(configuration.total(of: both) == nil)
    #expect(configuration.total(of: Sums()) == Money(minorUnits: 0, currency: dong))
    configuration.rates = [dollar: ExactDecimal(25_400)]
    #expect(configuration.total(of: both) == Money(minorUnits: 294_254, currency: dong))
  }

  @Test("of a campaign is listed beside its rates, which are fractions")
  func campaign() throws {
    let configuration = try Configuration.standard()
    let fields = FieldSet<CampaignState>.campaigns(configuration)
    let row = CampaignState(campaign: "tet", variant: nil)
    #expect(try #require(fields.field(named: "open_rate")).kind == .ratio)
    #expect(try #require(fields.field(named: "open_rate")).value(row).isNull)
    #expect(try #require(fields.field(named: "revenue")).value(row).isNull)
    #expect(try #require(fields.field(named: "sent")).value(row).plainText == "0")
    #expect(Set(fields.all.map(\.name)).count == fields.all.count)
  }
}

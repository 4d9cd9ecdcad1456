import Events
import Platform
import Scoring
import Testing
import TimeZones

@Suite struct ConfigurationTests {
  private func read(_ yaml: String) throws -> Configuration {
    try Platform.configuration(of: try Shop(configuration: yaml).directory)
  }

  private func expectStandard(_ configuration: Configuration) throws {
    #expect(configuration.timeZone == (try TimeZone(identifier: "Asia/Ho_Chi_Minh")))
    #expect(configuration.baseCurrency == nil)
    #expect(configuration.rates == [:])
    #expect(configuration.identifiers.types == IdentifierRules.standard.types)
    #expect(configuration.identifiers.blocked == IdentifierRules.standard.blocked)
    #expect(configuration.identifiers.region == .vietNam)
    #expect(configuration.projections == ProjectionSettings())
    #expect(configuration.projections.keep == 1 && configuration.projections.memoryMax == 1 << 30)
  }

  @Test(
    "Without a file, and with one that says nothing, the defaults hold",
    arguments: [nil, "", "# nothing\n", "---\n", "rates: {}\ncurrency: VND\n"])
  func defaults(yaml: String?) throws {
    var configuration = try Platform.configuration(of: try Shop(configuration: yaml).directory)
    if yaml?.contains("VND") == true {
      #expect(configuration.baseCurrency == Currency("VND"))
      configuration.baseCurrency = nil
    }
    try expectStandard(configuration)
  }

  @Test("The file that is written for a new directory gives the defaults, and what was chosen")
  func template() throws {
    let first = try Shop()
    let path = try first.directory.initialise(timeZone: Configuration.defaultZone, currency: nil, region: "VN")
    #expect(path == first.directory.configurationFile)
    try expectStandard(try Platform.configuration(of: first.directory))
    let second = try Shop()
    _ = try second.directory.initialise(timeZone: "America/New_York", currency: "USD", region: "US")
    let chosen = try Platform.configuration(of: second.directory)
    #expect(chosen.timeZone.identifier == "America/New_York")
    #expect(chosen.baseCurrency == Currency("USD"))
    #expect(chosen.identifiers.region == PhoneRegion("US"))
  }

  @Test(
    "A value that cannot be used, or that would be more than a value, creates nothing",
    arguments: [
      ("Nowhere/City", nil, "VN"), ("UTC\ncurrency: USD", nil, "VN"), ("UTC", "XXY", "VN"),
      ("UTC", "VND\nregion: US", "VN"),
      ("UTC", "VND", "ZZ"), ("UTC", nil, "VN # Viet Nam"),
    ] as [(String, String?, String)])
  func refusedValues(timeZone: String, currency: String?, region: String) throws {
    let shop = try Shop()
    #expect(throws: (any Error).self) {
      try shop.directory.initialise(timeZone: timeZone, currency: currency, region: region)
    }
    #expect(try TextFile.read(shop.directory.configurationFile) == nil)
  }

  @Test("A configuration that is there is left as it is")
  func existing() throws {
    let shop = try Shop(configuration: "region: US\n")
    let error = #expect(throws: DirectoryError.self) {
      try shop.directory.initialise(timeZone: "UTC", currency: nil, region: "VN")
    }
    #expect(error?.description == "\(shop.directory.configurationFile) is there already; it was left as it is")
    #expect(try TextFile.read(shop.directory.configurationFile) == "region: US\n")
  }

  @Test("Every key is read, in any order")
  func everyKey() throws {
    let configuration = try read(
      """
      rates:
        USD: 25400
        EUR: "27500.5"
      identity:
        blocked: [x, "", "no one"]
        types:
          - wifi_mac
          - {name: mail, form: email, unique: true}
          - name: tel
            form: phone
          - {name: id, form: verbatim, unique: false}
      region: FR
      currency: VND
      projections: {keep: 3, memory: 512 MiB}
      time_zone: "+05:30"
      """.replacing(#"x, "", "#, with: "x, "))
    #expect(configuration.timeZone.identifier == "+05:30")
    #expect(configuration.baseCurrency == Currency("VND"))
    #expect(configuration.rates.count == 2)
    #expect(configuration.rates[try #require(Currency("EUR"))] == ExactDecimal("27500.5"))
    #expect(configuration.identifiers.blocked == ["x", "no one"])
    #expect(configuration.identifiers.region == PhoneRegion("FR"))
    #expect(configuration.projections.keep == 3 && configuration.projections.memoryMax == 512 << 20)
    #expect(
      configuration.identifiers.types == [
        IdentifierType(name: "wifi_mac"), IdentifierType(name: "mail", form: .email(), limit: 1),
        IdentifierType(name: "tel", form: .phone), IdentifierType(name: "id"),
      ])
  }

  @Test(
    "A mistake is reported with its line and what to write",
    arguments: [
      (
        "region: VN\ntimezone: UTC\n", 2,
        "unknown key 'timezone'; known are time_zone, currency, rates, region, identity, projections, campaigns, rfm, clv"
      ),
      ("[a, b]\n", 1, "the configuration must be a mapping of keys to values"),
      ("\n\ncurrency: vnd\n", 3, "'vnd' is not a currency code of ISO 4217, such as VND or USD"),
      ("currency: [VND]\n", 1, "a currency must be a text"),
      ("time_zone: Mars/Base\n", 1, ""),
      ("region: XX\n", 1, "'XX' is not a known region; write an ISO 3166 code such as VN"),
      ("region:\n", 1, "region must be a text"),
      ("rates:\n  USD: 25400\n", 2, "rates need a base currency; add one, such as currency: VND"),
      ("currency: VND\nrates:\n  VND: 1\n", 3, "VND is the base currency; rates are those of the others"),
      (
        "currency: VND\nrates:\n  USD: many\n", 3,
        "a rate is a number above zero: what one unit is worth in the base currency"
      ),
      (
        "currency: VND\nrates: {USD: 0}\n", 2,
        "a rate is a number above zero: what one unit is worth in the base currency"
      ),
      ("currency: VND\nrates: 25400\n", 2, "rates must be a mapping of keys to values"),
      ("identity:\n  kinds: []\n", 2, "unknown key 'kinds'; known are types, blocked, blocked_patterns"),
      ("identity:\n  types: email\n", 2, "identity.types must be a list"),
      ("identity:\n  types: []\n", 2, "identity.types is empty"),
      ("identity:\n  types:\n    - a\n    - {name: a}\n", 4, "the identifier type 'a' is listed twice"),
      ("identity:\n  types:\n    - {form: phone}\n", 3, "an identifier type needs a name"),
      (
        "identity:\n  types:\n    - name: a\n      form: fax\n", 4,
        "'fax' is not a form; forms are verbatim, email, phone"
      ),
      ("identity:\n  types:\n    - name: a\n      unique: maybe\n", 4, "write true or false"),
      (
        "identity:\n  types:\n    - name: a\n      strength: 1\n", 4,
        "unknown key 'strength'; known are name, form, unique, limit, shared_above, links_max, links_with, drop_tags, dotless_domains"
      ),
      (
        "identity:\n  types: [\"a:b\"]\n", 2,
        "'a:b' cannot name an identifier type; write lower-case letters, digits and _, such as wifi_mac"
      ),
      ("identity:\n  blocked: [a, [b]]\n", 2, "a blocked value must be a text"),
      ("projections: 1\n", 1, "projections must be a mapping of keys to values"),
      ("projections:\n  kept: 1\n", 2, "unknown key 'kept'; known are keep, memory"),
      ("projections:\n  keep: -1\n", 2, "projections.keep must be a whole number from 0 to 100"),
      ("projections:\n  keep: few\n", 2, "projections.keep must be a whole number from 0 to 100"),
      ("projections: {memory: 1.5 GiB}\n", 1, "projections.memory must be a size such as 512 MiB or 2 GiB"),
      ("projections:\n  memory: 512 MB\n", 2, "projections.memory must be a size such as 512 MiB or 2 GiB"),
      ("projections:\n  memory: 512\n", 2, "projections.memory must be a size such as 512 MiB or 2 GiB"),
      ("projections:\n  memory: 99999999999999 GiB\n", 2, "projections.memory must be a size such as 512 MiB or 2 GiB"),
      ("projections:\n  memory: 1 MiB\n", 2, "projections.memory must be from 16 MiB to 1024 GiB"),
      (
        "rfm:\n  percentages: [20, 40, 60]\n", 2,
        "rfm.percentages must be four numbers, each larger than the one before, such as [20, 40, 60, 80]"
      ),
      (
        "rfm:\n  cuts:\n    f: [1, 1, 2, 3]\n", 3,
        "rfm.cuts.f must be four numbers, each larger than the one before, such as [20, 40, 60, 80]"
      ),
      ("rfm:\n  cut: {}\n", 2, "unknown key 'cut'; known are percentages, cuts, grid"),
      (
        "rfm:\n  grid:\n    6: [A, B, C, D, E]\n", 3,
        "rfm.grid has a row for each R score, 5 to 1, once; '6' is none of them"
      ),
      ("rfm:\n  grid:\n    5: [A, B, C, D]\n", 3, "row 5 of rfm.grid has 4 names; it needs 5, for FM scores 1 to 5"),
      (
        "rfm:\n  grid:\n    5: [A, B, C, D, E]\n", 3,
        "rfm.grid needs a row for each R score; there is none for 1, 2, 3, 4"
      ),
      ("clv:\n  horizon_days: 0\n", 2, "clv.horizon_days must be a whole number from 1 to 3650"),
      (
        "clv:\n  discount_rate: 10%\n", 2,
        "clv.discount_rate must be a number from 0 to 10, a year: 0.1 is ten per cent"
      ),
      ("region: VN\nregion: US\n", 2, "this is not YAML: the key `region` stands twice in this mapping"),
      ("region: VN\nrates: [a\n", 3, ""),
      ("region: VN\n\tcurrency: VND\n", 2, ""),
    ])
  func mistakes(yaml: String, line: Int, reason: String) throws {
    let shop = try Shop(configuration: yaml)
    let error = #expect(throws: ConfigurationError.self) { try Platform.configuration(of: shop.directory) }
    #expect(error?.line == line, "\(error?.description ?? "")")
    #expect(error?.file == shop.directory.configurationFile)
    if !reason.isEmpty { #expect(error?.reason == reason) }
    #expect(error?.description.hasPrefix("\(shop.directory.configurationFile):\(line): ") == true)
  }

  @Test(
    "The memory of rebuilds is a size with its unit",
    arguments: [("16 MiB", 16 << 20), ("2GiB", 2 << 30), ("524288 KiB", 512 << 20), ("1024 GiB", 1 << 40)])
  func memory(text: String, bytes: Int) throws {
    let settings = try read("projections: {memory: \(text)}\n").projections
    #expect(settings.memoryMax == bytes && settings.keep == 1)
  }

  @Test("Scores are configured by shares or fixed values, and a grid of names")
  func scores() throws {
    let rfm = try read("rfm: {percentages: [10, 30, 60, 90], cuts: {f: [1, 2, 4, 8], m: [0.5, 1, 2, 3]}}\n").rfm
    #expect(rfm.percentages == [10, 30, 60, 90] && rfm.fixedF == [1, 2, 4, 8] && rfm.fixedR == nil)
    let cuts = rfm.cuts([RFMFigures(recencyDays: 3, orders: 9, net: 5)], currency: try #require(Currency("USD")))
    #expect(cuts == RFMCuts(r: [3, 3, 3, 3], f: [1, 2, 4, 8], m: [50, 100, 200, 300]))
    let rows = (1...5).map { "    \($0): [A\($0), B, C, D, E]\n" }.joined()
    #expect(try read("rfm:\n  grid:\n\(rows)").rfm.grid[r: 4, fm: 1] == "A4")
    #expect(try read("clv: {horizon_days: 120, discount_rate: 0}\n").horizon == Horizon(days: 120, discountRate: 0))
    #expect(try read("clv: {churn_days: 30}\n").horizon.churnDays == 30)
  }

  @Test("A directory whose configuration has a mistake is not opened")
  func opening() throws {
    let shop = try Shop(configuration: "region: XX\n")
    #expect(throws: ConfigurationError.self) { try Platform(shop.directory, .creating) }
  }
}

import Events
import TimeZones
import YAML

/// Reads `hoso.yaml`. Every mistake is reported with its line; unknown keys are mistakes.
package struct ConfigurationReader {
  let file: String

  /// - Parameter file: its name, for messages only.
  package init(file: String) { self.file = file }

  /// The configuration that a text is. Throws ``ConfigurationError`` with the line of a mistake.
  package func read(_ text: String) throws -> Configuration {
    var configuration = try Configuration.standard()
    // A file of comments, or of the mark of a document and nothing else, says nothing.
    guard let root = try compose(text), root.string != "" else { return configuration }
    var ratesNode: Node?
    var region = IdentifierRules.standard.region
    var identityNode: Node?
    for (key, value) in try mapping(root, "the configuration") {
      switch key.string {
      case "time_zone": configuration.timeZone = try zone(value)
      case "currency": configuration.baseCurrency = try currency(value)
      case "rates": ratesNode = value
      case "region": region = try self.region(value)
      case "identity": identityNode = value
      case "projections": configuration.projections = try projections(value)
      case "campaigns": configuration.attributionWindow = try attributionWindow(value)
      case "rfm": configuration.rfm = try rfm(value)
      case "clv": configuration.horizon = try horizon(value)
      default:
        throw unknown(key, in: "time_zone, currency, rates, region, identity, projections, campaigns, rfm, clv")
      }
    }
    if let ratesNode { configuration.rates = try rates(ratesNode, base: configuration.baseCurrency) }
    configuration.identifiers = try identity(identityNode, region: region)
    return configuration
  }

  private func compose(_ text: String) throws -> Node? {
    do {
      return try YAML.compose(yaml: text)
    } catch {
      throw ConfigurationError(file: file, line: error.mark.line, reason: "this is not YAML: \(error.reason)")
    }
  }

  private func zone(_ node: Node) throws -> TimeZone {
    let name = try text(node, "time_zone")
    do {
      return try TimeZone(identifier: name)
    } catch {
      throw mistake(node, "\(error)")
    }
  }

  private func currency(_ node: Node) throws -> Currency {
    let code = try text(node, "a currency")
    guard let currency = Currency(code) else {
      throw mistake(node, "'\(code)' is not a currency code of ISO 4217, such as VND or USD")
    }
    return currency
  }

  private func rates(_ node: Node, base: Currency?) throws -> [Currency: ExactDecimal] {
    guard let base else { throw mistake(node, "rates need a base currency; add one, such as currency: VND") }
    var rates: [Currency: ExactDecimal] = [:]
    for (key, value) in try mapping(node, "rates") {
      let currency = try currency(key)
      guard currency != base else { throw mistake(key, "\(base) is the base currency; rates are those of the others") }
      guard let rate = ExactDecimal(try text(value, "a rate")), rate > .zero else {
        throw mistake(value, "a rate is a number above zero: what one unit is worth in the base currency")
      }
      rates[currency] = rate
    }
    return rates
  }

  private func region(_ node: Node) throws -> PhoneRegion {
    let code = try text(node, "region")
    guard let region = PhoneRegion(code) else {
      throw mistake(node, "'\(code)' is not a known region; write an ISO 3166 code such as VN")
    }
    return region
  }
}

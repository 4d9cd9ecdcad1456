import Events
import TimeZones
import YAML

/// Reads `hoso.yaml`. Every mistake is reported with its line; unknown keys are mistakes.
struct ConfigurationReader {
  let file: String

  func read(_ text: String) throws -> Configuration {
    var configuration = try Configuration.standard()
    guard let root = try compose(text) else { return configuration }
    var ratesNode: Node?
    var region = IdentifierRules.standard.region
    var types = IdentifierRules.standard.types
    var blocked = IdentifierRules.standard.blocked
    for (key, value) in try mapping(root, "the configuration") {
      switch key.string {
      case "time_zone": configuration.timeZone = try zone(value)
      case "currency": configuration.baseCurrency = try currency(value)
      case "rates": ratesNode = value
      case "region": region = try self.region(value)
      case "identity": (types, blocked) = try identity(value, types, blocked)
      default: throw unknown(key, in: "time_zone, currency, rates, region, identity")
      }
    }
    if let ratesNode { configuration.rates = try rates(ratesNode, base: configuration.baseCurrency) }
    configuration.identifiers = IdentifierRules(types: types, blocked: blocked, region: region)
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

  private func identity(
    _ node: Node, _ types: [IdentifierType], _ blocked: [String]
  ) throws -> ([IdentifierType], [String]) {
    var (types, blocked) = (types, blocked)
    for (key, value) in try mapping(node, "identity") {
      switch key.string {
      case "types": types = try self.types(value)
      case "blocked": blocked = try sequence(value, "identity.blocked").map { try text($0, "a blocked value") }
      default: throw unknown(key, in: "types, blocked")
      }
    }
    return (types, blocked)
  }

  private func types(_ node: Node) throws -> [IdentifierType] {
    var types: [IdentifierType] = []
    for element in try sequence(node, "identity.types") {
      let type = try type(element)
      guard !types.contains(where: { $0.name == type.name }) else {
        throw mistake(element, "the identifier type '\(type.name)' is listed twice")
      }
      types.append(type)
    }
    guard !types.isEmpty else { throw mistake(node, "identity.types is empty") }
    return types
  }

  private func type(_ node: Node) throws -> IdentifierType {
    if node.mapping == nil { return IdentifierType(name: try typeName(node)) }
    var name: String?
    var isUnique = false
    var form = IdentifierType.Form.verbatim
    for (key, value) in try mapping(node, "an identifier type") {
      switch key.string {
      case "name": name = try typeName(value)
      case "unique": isUnique = try flag(value)
      case "form": form = try self.form(value)
      default: throw unknown(key, in: "name, unique, form")
      }
    }
    guard let name else { throw mistake(node, "an identifier type needs a name") }
    return IdentifierType(name: name, isUnique: isUnique, form: form)
  }

  /// Names stand before a colon in `type:value`, and in expressions.
  private func typeName(_ node: Node) throws -> String {
    let name = try text(node, "the name of an identifier type")
    let isPlain = name.utf8.allSatisfy { $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    guard isPlain, name.utf8.first.map({ $0 >= 0x61 }) == true else {
      throw mistake(node, "'\(name)' cannot name an identifier type; write lower-case letters, digits and _, such as wifi_mac")
    }
    return name
  }

  private func form(_ node: Node) throws -> IdentifierType.Form {
    switch try text(node, "form") {
    case "verbatim": return .verbatim
    case "email": return .email
    case "phone": return .phone
    case let other: throw mistake(node, "'\(other)' is not a form; forms are verbatim, email, phone")
    }
  }

  private func flag(_ node: Node) throws -> Bool {
    switch node.string {
    case "true": return true
    case "false": return false
    default: throw mistake(node, "write true or false")
    }
  }

  private func mapping(_ node: Node, _ what: String) throws -> [(key: Node, value: Node)] {
    guard let mapping = node.mapping else { throw mistake(node, "\(what) must be a mapping of keys to values") }
    return mapping
  }

  private func sequence(_ node: Node, _ what: String) throws -> [Node] {
    guard let sequence = node.sequence else { throw mistake(node, "\(what) must be a list") }
    return sequence
  }

  private func text(_ node: Node, _ what: String) throws -> String {
    guard let text = node.string, !text.isEmpty else { throw mistake(node, "\(what) must be a text") }
    return text
  }

  private func unknown(_ key: Node, in known: String) -> ConfigurationError {
    mistake(key, "unknown key '\(key.string ?? "?")'; known are \(known)")
  }

  private func mistake(_ node: Node, _ reason: String) -> ConfigurationError {
    ConfigurationError(file: file, line: node.mark.line, reason: reason)
  }
}

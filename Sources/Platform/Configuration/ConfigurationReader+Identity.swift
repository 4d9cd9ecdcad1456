import Events
import YAML

/// The section `identity`: identifier types, and values that name nobody.
extension ConfigurationReader {
  /// The rules of a mapping; what it leaves out is as in the standard rules. `region` is where phone numbers belong.
  func identity(_ node: Node?, region: PhoneRegion) throws -> IdentifierRules {
    var types = IdentifierRules.standard.types
    var blocked = IdentifierRules.standard.blocked
    var patternsNode: Node?
    let entries: [(key: Node, value: Node)] = if let node { try mapping(node, "identity") } else { [] }
    for (key, value) in entries {
      switch key.string {
      case "types": types = try self.types(value)
      case "blocked": blocked = try sequence(value, "identity.blocked").map { try text($0, "a blocked value") }
      case "blocked_patterns": patternsNode = value
      default: throw unknown(key, in: "types, blocked, blocked_patterns")
      }
    }
    let patterns = try patternsNode.map { try self.patterns($0, types: types) } ?? []
    return IdentifierRules(types: types, blocked: blocked, blockedPatterns: patterns, region: region)
  }

  private func patterns(_ node: Node, types: [IdentifierType]) throws -> [BlockedPattern] {
    try sequence(node, "identity.blocked_patterns").map { element in
      do {
        return try BlockedPattern(try text(element, "a blocked pattern"), typeNames: types.map(\.name))
      } catch let error as BlockedPatternError {
        throw mistake(element, "\(error)")
      }
    }
  }

  private func types(_ node: Node) throws -> [IdentifierType] {
    var types: [IdentifierType] = []
    let elements = try sequence(node, "identity.types")
    for element in elements {
      let type = try type(element)
      guard !types.contains(where: { $0.name == type.name }) else {
        throw mistake(element, "the identifier type '\(type.name)' is listed twice")
      }
      types.append(type)
    }
    guard !types.isEmpty else { throw mistake(node, "identity.types is empty") }
    guard types.count <= Self.typesMax else {
      throw mistake(node, "identity.types has \(types.count) types; at most \(Self.typesMax) are possible")
    }
    for (element, type) in zip(elements, types) { try checkNames(element, of: type, among: types.map(\.name)) }
    return types
  }

  /// A rank must fit into a byte, and one is left for types that are not listed.
  private static let typesMax = 100

  private func checkNames(_ node: Node, of type: IdentifierType, among names: [String]) throws {
    let used = Set(type.sharedAbove.keys).union(type.linksWith ?? [])
    guard let missing = used.subtracting(names).sorted().first else { return }
    throw mistake(
      node,
      "'\(missing)', which '\(type.name)' names, is no identifier type; types are \(names.joined(separator: ", "))")
  }

  private func type(_ node: Node) throws -> IdentifierType {
    if node.mapping == nil { return IdentifierType(name: try typeName(node)) }
    var builder = IdentifierTypeBuilder()
    for (key, value) in try mapping(node, "an identifier type") {
      switch key.string {
      case "name": builder.name = try typeName(value)
      case "form": builder.form = try form(value)
      case "unique": if try flag(value) { try builder.setLimit(1, or: mistake(key, "write unique or limit, not both")) }
      case "limit":
        try builder.setLimit(try number(value, "limit"), or: mistake(key, "write unique or limit, not both"))
      case "shared_above": builder.sharedAbove = try numbers(value, "shared_above")
      case "links_max": builder.linksMax = try number(value, "links_max")
      case "links_with": builder.linksWith = Set(try sequence(value, "links_with").map { try typeName($0) })
      case "drop_tags": builder.email.dropsTags = try flag(value)
      case "dotless_domains":
        builder.email.dotlessDomains = Set(
          try sequence(value, "dotless_domains").map { try text($0, "a domain").lowercased() })
      default:
        throw unknown(
          key, in: "name, form, unique, limit, shared_above, links_max, links_with, drop_tags, dotless_domains")
      }
    }
    do { return try builder.finish() } catch { throw mistake(node, error.reason) }
  }

  private func form(_ node: Node) throws -> String {
    let form = try text(node, "form")
    guard ["verbatim", "email", "phone"].contains(form) else {
      throw mistake(node, "'\(form)' is not a form; forms are verbatim, email, phone")
    }
    return form
  }

  private func numbers(_ node: Node, _ what: String) throws -> [String: Int] {
    var numbers: [String: Int] = [:]
    for (key, value) in try mapping(node, what) { numbers[try typeName(key)] = try number(value, what) }
    return numbers
  }

  private func number(_ node: Node, _ what: String) throws -> Int {
    guard let number = node.string.flatMap({ Int($0) }), (1...1_000_000).contains(number) else {
      throw mistake(node, "\(what) must be a whole number from 1 to 1000000")
    }
    return number
  }

  /// Names stand before a colon in `type:value`, and in expressions.
  private func typeName(_ node: Node) throws -> String {
    let name = try text(node, "the name of an identifier type")
    let isPlain = name.utf8.allSatisfy { $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    guard isPlain, name.utf8.first.map({ $0 >= 0x61 }) == true else {
      throw mistake(
        node, "'\(name)' cannot name an identifier type; write lower-case letters, digits and _, such as wifi_mac")
    }
    return name
  }
}

/// The parts of an identifier type as they are read.
private struct IdentifierTypeBuilder {
  var name: String?
  var form: String?
  var sharedAbove: [String: Int] = [:]
  var linksMax = IdentifierType.standardLinksMax
  var linksWith: Set<String>?
  var email = EmailOptions()
  private var limit: Int?

  struct Mistake: Error { let reason: String }

  mutating func setLimit(_ limit: Int, or error: ConfigurationError) throws {
    guard self.limit == nil else { throw error }
    self.limit = limit
  }

  func finish() throws(Mistake) -> IdentifierType {
    guard let name else { throw Mistake(reason: "an identifier type needs a name") }
    let kind = try kind()
    return IdentifierType(
      name: name, form: kind, limit: limit, sharedAbove: sharedAbove, linksMax: linksMax, linksWith: linksWith)
  }

  private func kind() throws(Mistake) -> IdentifierType.Form {
    guard form == "email" || email == EmailOptions() else {
      throw Mistake(reason: "drop_tags and dotless_domains are for types of the form email")
    }
    switch form {
    case "email": return .email(email)
    case "phone": return .phone
    default: return .verbatim
    }
  }
}

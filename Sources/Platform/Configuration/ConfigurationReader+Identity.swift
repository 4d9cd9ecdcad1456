import Events
import YAML

extension ConfigurationReader {
  func identity(
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
      throw mistake(
        node, "'\(name)' cannot name an identifier type; write lower-case letters, digits and _, such as wifi_mac")
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
}

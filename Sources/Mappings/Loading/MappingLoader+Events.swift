import Expressions
import JSON
import YAML

/// What all event rules share.
struct EventDefaults {
  var fields: [String: Scalar] = [:]
  var ids: [(name: JSONWriter.Key, value: Scalar)] = []
}

extension MappingLoader {
  private static let requiredFields = ["id", "type", "time", "source", "channel"]
  private static let optionalFields = ["version", "store", "backfill"]
  private static let keys = ["of", "when", "each", "ids", "data"] + requiredFields + optionalFields

  mutating func eventDefaults(_ node: Node, in scopes: [NameScope]) -> EventDefaults {
    let allowed = Self.requiredFields + Self.optionalFields + ["ids"]
    guard let members = members(of: node, "`defaults`", allowed: allowed) else { return EventDefaults() }
    var defaults = EventDefaults()
    for (name, member) in members where name != "ids" {
      defaults.fields[name] = field(name, member, in: scopes)?.ofDocument
    }
    defaults.ids = (members["ids"].map { identifiers($0, in: scopes) } ?? []).map { ($0.name, $0.value.ofDocument) }
    return defaults
  }

  mutating func eventRules(_ node: Node, in scopes: [NameScope], _ defaults: EventDefaults) -> [EventRule] {
    guard let elements = elements(of: node, "event rules") else { return [] }
    if elements.isEmpty { report("expected at least one event rule", at: node) }
    return elements.compactMap { eventRule($0, in: scopes, defaults) }
  }

  private mutating func eventRule(_ node: Node, in outer: [NameScope], _ defaults: EventDefaults) -> EventRule? {
    guard let members = members(of: node, "an event rule", allowed: Self.keys) else { return nil }
    let each = members["each"].flatMap { expression($0, "`each`", in: outer) }
    let element =
      outer.last.flatMap { last in each.map { NameScope.elements(of: $0.description, in: last) } } ?? .element
    let scopes = members["each"] == nil ? outer : outer + [element]
    let condition = members["when"].flatMap { expression($0, "`when`", in: scopes) }
    let envelope = envelope(members, of: node, in: scopes, defaults)
    let ids = members["ids"].map { identifiers($0, in: scopes) } ?? defaults.ids
    let data = members["data"].flatMap { self.data($0, in: scopes) }
    guard let envelope else { return nil }
    return EventRule(
      line: node.mark.line, kinds: kinds(members["of"]), condition: condition, each: each, envelope: envelope, ids: ids,
      data: data)
  }

  private mutating func envelope(
    _ members: [String: Node], of node: Node, in scopes: [NameScope], _ defaults: EventDefaults
  ) -> Envelope? {
    var fields = defaults.fields
    for name in Self.requiredFields where members[name] == nil && fields[name] == nil {
      report("an event rule lacks the key `\(name)`", at: node)
    }
    for name in Self.requiredFields + Self.optionalFields {
      if let member = members[name] { fields[name] = field(name, member, in: scopes) }
    }
    guard let id = fields["id"], let type = fields["type"], let time = fields["time"], let source = fields["source"],
      let channel = fields["channel"]
    else { return nil }
    return Envelope(
      id: id, type: type, version: fields["version"], time: time, source: source, channel: channel,
      store: fields["store"], backfill: fields["backfill"])
  }

  private mutating func field(_ name: String, _ node: Node, in scopes: [NameScope]) -> Scalar? {
    let scalar = scalar(node, "`\(name)`", in: scopes)
    if case .constant(let constant)? = scalar, let mistake = EnvelopeRules.mistake(in: constant, of: name) {
      report(mistake, at: node)
    }
    return scalar
  }

  private mutating func identifiers(_ node: Node, in scopes: [NameScope]) -> [(name: JSONWriter.Key, value: Scalar)] {
    (pairs(of: node, "`ids`") ?? []).compactMap { pair in
      scalar(pair.value, "`\(pair.name)`", in: scopes).map { (JSONWriter.Key(pair.name), $0) }
    }
  }
}

extension Scalar {
  /// The same, asked of the document wherever it stands.
  fileprivate var ofDocument: Scalar {
    if case .expression(let expression) = self { .documentExpression(expression) } else { self }
  }
}

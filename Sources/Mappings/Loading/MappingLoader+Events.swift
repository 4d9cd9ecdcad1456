import Expressions
import YAML

extension MappingLoader {
  private static let keys = [
    "when", "each", "id", "type", "version", "time", "source", "channel", "store", "ids", "data", "backfill",
  ]

  mutating func eventRules(_ node: Node, in scope: NameScope) -> [EventRule] {
    guard let elements = elements(of: node, "event rules") else { return [] }
    if elements.isEmpty { report("expected at least one event rule", at: node) }
    return elements.compactMap { eventRule($0, in: scope) }
  }

  private mutating func eventRule(_ node: Node, in scope: NameScope) -> EventRule? {
    guard let members = members(of: node, "an event rule", allowed: Self.keys) else { return nil }
    let each = members["each"].flatMap { expression($0, "`each`", in: [scope]) }
    let scopes =
      members["each"] == nil
      ? [scope] : [scope, each.map { .elements(of: $0.description, in: scope) } ?? .element]
    let condition = members["when"].flatMap { expression($0, "`when`", in: scopes) }
    let envelope = envelope(members, of: node, in: scopes)
    let ids = members["ids"].map { identifiers($0, in: scopes) } ?? []
    let data = members["data"].flatMap { self.data($0, in: scopes) }
    guard let envelope else { return nil }
    return EventRule(condition: condition, each: each, envelope: envelope, ids: ids, data: data)
  }

  private mutating func envelope(_ members: [String: Node], of node: Node, in scopes: [NameScope]) -> Envelope? {
    var fields: [String: Scalar] = [:]
    for name in ["id", "type", "time", "source", "channel"] {
      guard let member = required(name, in: members, of: node, "an event rule") else { continue }
      fields[name] = scalar(member, "`\(name)`", in: scopes)
      check(fields[name], name, member)
    }
    for name in ["version", "store", "backfill"] {
      guard let member = members[name] else { continue }
      fields[name] = scalar(member, "`\(name)`", in: scopes)
      check(fields[name], name, member)
    }
    guard let id = fields["id"], let type = fields["type"], let time = fields["time"], let source = fields["source"],
      let channel = fields["channel"]
    else { return nil }
    return Envelope(
      id: id, type: type, version: fields["version"], time: time, source: source, channel: channel,
      store: fields["store"], backfill: fields["backfill"])
  }

  private mutating func check(_ scalar: Scalar?, _ name: String, _ node: Node) {
    guard case .constant(let constant)? = scalar, let mistake = EnvelopeRules.mistake(in: constant, of: name) else {
      return
    }
    report(mistake, at: node)
  }

  private mutating func identifiers(_ node: Node, in scopes: [NameScope]) -> [(name: String, value: Scalar)] {
    (pairs(of: node, "`ids`") ?? []).compactMap { pair in
      scalar(pair.value, "`\(pair.name)`", in: scopes).map { (pair.name, $0) }
    }
  }
}

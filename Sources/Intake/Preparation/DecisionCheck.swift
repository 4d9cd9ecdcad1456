import EventLog
import Events
import JSON

/// Checks what a decision about who is who names: two identifiers, each of a known type, usable, and not the same.
enum DecisionCheck {
  /// Throws for a decision that could not be acted upon; says nothing of other events.
  static func check(_ envelope: Envelope, _ rules: IdentifierRules) throws(EventProblem) {
    guard isDecision(envelope), let data = envelope.data else { return }
    let a = try identifier("a", of: data, rules)
    let b = try identifier("b", of: data, rules)
    guard a != b else {
      throw EventProblem(
        .identifiers, "/data/b", "\(b?.description ?? "one") is named twice; a decision is about two identifiers")
    }
  }

  private static func isDecision(_ envelope: Envelope) -> Bool {
    envelope.type.spells("identity.linked") || envelope.type.spells("identity.unlinked")
      || envelope.type.spells("identity.withdrawn")
  }

  private static func identifier(
    _ field: StaticString, of data: JSONValue, _ rules: IdentifierRules
  ) throws(EventProblem) -> Identifier? {
    guard let named = data[field] else { return nil }
    for (type, value) in named.members {
      let name = String(decoding: type.bytes, as: UTF8.self)
      switch rules.normalise(String(decoding: value.bytes, as: UTF8.self), type: name) {
      case .success(let identifier): return identifier
      case .failure(let refusal): throw EventProblem(.identifiers, "/data/\(field)/\(name)", refusal.description)
      }
    }
    return nil
  }
}

extension JSONValue {
  fileprivate func spells(_ text: StaticString) -> Bool { bytes.spells(text) }
}

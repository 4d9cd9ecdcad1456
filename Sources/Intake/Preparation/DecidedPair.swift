import EventLog
import Events
import JSON

/// The two identifiers that a decision about who is who names, each in its one form.
struct DecidedPair {
  let a, b: Identifier

  /// Nil for an event that decides nothing. Throws for a decision that could not be acted upon: the types must be known,
  /// the values usable, and the two not the same.
  init?(_ envelope: Envelope, _ rules: IdentifierRules) throws(EventProblem) {
    guard Self.isDecision(envelope), let data = envelope.data, let a = try Self.identifier("a", of: data, rules),
      let b = try Self.identifier("b", of: data, rules)
    else { return nil }
    guard a != b else {
      throw EventProblem(.identifiers, "/data/b", "\(b) is named twice; a decision is about two identifiers")
    }
    (self.a, self.b) = (a, b)
  }

  static func isDecision(_ envelope: Envelope) -> Bool {
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

package import Events
import Glibc
import Intake
import JSON

/// What an operator decides about two identifiers.
package enum IdentityDecision: String, Sendable {
  case link = "identity.linked"
  case unlink = "identity.unlinked"
  /// The rules decide again.
  case withdraw = "identity.withdrawn"
}

extension Platform {
  /// Appends a decision to the log, durably. The read models learn of it when they are brought up to date.
  package func decide(
    _ decision: IdentityDecision, _ a: Identifier, _ b: Identifier, by: String, reason: String?
  ) throws {
    let time = Self.now()
    var random = SystemRandomNumberGenerator()
    var writer = JSONWriter()
    writer.beginObject()
    func member(_ name: String, _ value: String) {
      writer.key(name)
      writer.value(value)
    }
    func identifier(_ name: String, _ identifier: Identifier) {
      writer.key(name)
      writer.beginObject()
      member(identifier.type, identifier.value)
      writer.endObject()
    }
    member("id", "decision-\(time.microseconds)-\(String(random.next(), radix: 16))")
    member("type", decision.rawValue)
    member("time", time.rfc3339)
    member("source", "hoso")
    member("channel", "crm")
    writer.key("data")
    writer.beginObject()
    identifier("a", a)
    identifier("b", b)
    member("by", by)
    if let reason { member("reason", reason) }
    writer.endObject()
    writer.endObject()
    try Ingest(rules: try intakeRules()).take(writer.bytes, into: log)
  }
}

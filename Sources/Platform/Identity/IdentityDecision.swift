package import Events
import Glibc
import Identity
import Intake
import JSON
import Projections
import ReadModels

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
    // It must be the latest about the two, also where another system's clock is ahead.
    let time = Instant(microseconds: max(Self.now().microseconds, (try latestDecision(a, b) ?? 0) + 1))
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

  /// When the decision that stands about two identifiers was taken, in microseconds.
  private func latestDecision(_ a: Identifier, _ b: Identifier) throws -> Int64? {
    guard let generation = try openReadModels() else { return nil }
    defer { generation.close() }
    return try generation.read { snapshot in
      try snapshot.decisions(about: IdentifierKey(a)).first { $0.other == IdentifierKey(b) }?.state.stamp?.time
    }
  }
}

package import Events
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
    var writer = JSONWriter()
    writer.write(decision, a, b, by: by, reason: reason, at: time)
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

extension JSONWriter {
  /// The event of a decision.
  fileprivate mutating func write(
    _ decision: IdentityDecision, _ a: Identifier, _ b: Identifier, by: String, reason: String?, at time: Instant
  ) {
    var random = SystemRandomNumberGenerator()
    beginObject()
    member("id", "decision-\(time.microseconds)-\(String(random.next(), radix: 16))")
    member("type", decision.rawValue)
    member("time", time.rfc3339)
    member("source", "hoso")
    member("channel", "crm")
    key("data")
    beginObject()
    member("a", a)
    member("b", b)
    member("by", by)
    if let reason { member("reason", reason) }
    endObject()
    endObject()
  }

  private mutating func member(_ name: String, _ text: String) {
    key(name)
    value(text)
  }

  private mutating func member(_ name: String, _ identifier: Identifier) {
    key(name)
    beginObject()
    member(identifier.type, identifier.value)
    endObject()
  }
}

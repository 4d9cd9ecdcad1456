import EventLog
import JSON
import Schemas

extension EventProblem {
  /// Why there is no schema for an event: its type is not known, or its version.
  static func unknownType(of envelope: Envelope, _ catalogue: SchemaCatalogue) -> EventProblem {
    let type = String(decoding: envelope.type.bytes, as: UTF8.self)
    let versions = catalogue.versions(of: type)
    guard versions.isEmpty else {
      let known = versions.map(String.init).joined(separator: ", ")
      return EventProblem(.unknownType, "/version", "'\(type)' has no version \(envelope.version); known: \(known)")
    }
    // A well-formed name of this kind would have needed no schema.
    let prefix = EventTypeName.customPrefix
    guard !type.hasPrefix(prefix) else {
      return EventProblem(
        .unknownType, "/type",
        "'\(type)' is no event type: behind '\(prefix)' stand words of a-z, 0-9 and _ with points between")
    }
    return EventProblem(
      .unknownType, "/type",
      "unknown event type '\(type)'; 'hoso schema list' names the types, 'hoso schema add' adds one, and a name behind '\(prefix)' needs none"
    )
  }
}

import Foundation
import Testing

extension Shop {
  /// The digest of the read models.
  func projectionDigest() throws -> String { try hoso("projection", "digest").successful.text }

  /// The digest of the log.
  func logDigest() throws -> String? { try json("log", "info")["digest"].text }

  /// Whether the log can be read in whole, has no gap, and takes one more event.
  func isSound() throws -> Bool {
    let before = try json("log", "verify")
    guard before["ok"].flag == true, let events = before["events"].count else { return false }
    let outcome = try hoso(
      "ingest", "-", "--format", "json", input: SampleEvent.page(UUID().uuidString, source: "probe"))
    return try outcome.status == 0 && outcome.json["first_position"].count == events + 1
  }

  /// Whether a directory that holds nothing yet takes events.
  func isUsable() throws -> Bool { try hoso("ingest", "-", input: SampleEvent.page("1")).status == 0 && isSound() }
}

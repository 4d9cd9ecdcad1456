import Foundation

/// What a shop's log holds, as the program itself tells it.
struct LogContents {
  /// The events, as `log export` prints them.
  let export: Data
  let count: Int
  /// What is wrong with the log; nil for nothing.
  let problem: String?

  /// Nil where there is no log, or none that was ever completely created.
  init?(of shop: Shop, data: String? = nil) throws {
    let place = data.map { ["--data", $0] } ?? []
    let verified = try shop.victim(["log", "verify", "--format", "json"] + place).result()
    let isNone = ["there is no Hoso data", "was never completely created", "the file is empty", "holds no log"]
      .contains { verified.errors.contains($0) }
    if verified.code == 1, isNone { return nil }
    let exported = try shop.victim(["log", "export"] + place).result()
    export = exported.output
    count = Self.lineCount(export)
    problem = try Self.problem(verified, exported, count)
  }

  /// By the C library, because tests are built without optimisation.
  private static func lineCount(_ text: Data) -> Int {
    text.withUnsafeBytes { bytes in
      var (count, place) = (0, bytes.baseAddress)
      let end = bytes.baseAddress.map { $0 + bytes.count }
      while let start = place, let end, let found = memchr(start, 0x0A, end - start) {
        count += 1
        place = UnsafeRawPointer(found) + 1
      }
      return count
    }
  }

  private static func problem(_ verified: Victim.Result, _ exported: Victim.Result, _ count: Int) throws -> String? {
    guard verified.code == 0 else { return verified.description + verified.text }
    guard exported.code == 0 else { return exported.description }
    let events = try verified.json()["events"].count
    return events == count ? nil : "\(count) events are exported and \(events ?? -1) verified"
  }
}

/// Which events there are, by source and id.
struct EventIDs {
  private(set) var times: [String: Int] = [:]
  let count: Int

  /// - Parameter lines: NDJSON.
  init(_ lines: Data) {
    let names = lines.split(separator: 0x0A).compactMap { Self.name(Data($0)) }
    count = names.count
    for name in names { times[name, default: 0] += 1 }
  }

  var repeated: Int { times.values.reduce(0) { $0 + $1 - 1 } }

  func missing(in other: EventIDs) -> Int { times.keys.count { other.times[$0] == nil } }

  /// Source and id of an event; nil for a line that is none.
  static func name(_ line: Data) -> String? {
    let event = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any]
    guard let source = event?["source"] as? String, let id = event?["id"] as? String else { return nil }
    return source + "\u{0}" + id
  }
}

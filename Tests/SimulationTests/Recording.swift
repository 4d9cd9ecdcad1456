import Foundation
import Simulation

/// What a simulation delivered, line by line, and the truth about it.
struct Recording {
  struct Key: Hashable {
    var source: String
    var id: String
  }

  var lines: [[UInt8]] = []
  var truth: [(key: Key, person: Int)] = []

  static func shop(_ change: (inout SimulationOptions) -> Void = { _ in }) throws -> Recording {
    var options = SimulationOptions()
    options.customers = 300
    options.days = 60
    change(&options)
    var recording = Recording()
    try simulate(options, event: { recording.lines.append(Array($0)) }) {
      recording.truth.append((Key(source: $0, id: $1), $2))
    }
    return recording
  }

  static func coffee(seed: UInt64) throws -> Recording {
    var recording = Recording()
    try simulateCoffee(seed: seed, event: { recording.lines.append(Array($0)) }) {
      recording.truth.append((Key(source: $0, id: $1), $2))
    }
    return recording
  }

  func events() throws -> [ParsedEvent] {
    try lines.map { try ParsedEvent($0) }
  }

  /// FNV-1a with 64 bits over the lines and their ends.
  var fingerprint: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for line in lines {
      for byte in line + [10] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return hash
  }
}

/// An event as a receiver would read it; nothing of the simulation's own code takes part.
struct ParsedEvent {
  struct NotAnEvent: Error, CustomStringConvertible {
    var description: String
  }

  var key: Recording.Key
  var type: String
  /// 1 where none is named.
  var version: Int
  var time: Date
  var localDay: String
  var channel: String
  var ids: [String: String]
  var data: [String: Any]

  init(_ line: [UInt8]) throws {
    let object = try JSONSerialization.jsonObject(with: Data(line))
    guard let event = object as? [String: Any], let id = event["id"] as? String, let type = event["type"] as? String,
      let source = event["source"] as? String, let channel = event["channel"] as? String,
      let timeText = event["time"] as? String, let time = Self.time(timeText),
      let data = event["data"] as? [String: Any]
    else { throw NotAnEvent(description: String(decoding: line, as: UTF8.self)) }
    key = Recording.Key(source: source, id: id)
    (self.type, self.time, self.channel, self.data) = (type, time, channel, data)
    version = event["version"] as? Int ?? 1
    ids = event["ids"] as? [String: String] ?? [:]
    localDay = String(time.addingTimeInterval(7 * 3600).ISO8601Format().prefix(10))
  }

  private static func time(_ text: String) -> Date? {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
    return try? style.parse(text)
  }

  func text(_ name: String) -> String? { data[name] as? String }
  func number(_ name: String) -> Int? { data[name] as? Int }

  var items: [(sku: String, quantity: Int, price: Int)] {
    (data["items"] as? [[String: Any]] ?? []).map {
      ($0["sku"] as? String ?? "", $0["quantity"] as? Int ?? -1, $0["price"] as? Int ?? -1)
    }
  }

  /// The last nine digits, which the forms of a Vietnamese number have in common.
  static func phone(_ text: String) -> String { String(text.filter(\.isNumber).suffix(9)) }
  static func email(_ text: String) -> String { text.trimmingCharacters(in: .whitespaces).lowercased() }
}

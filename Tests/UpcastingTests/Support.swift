import Glibc
import JSON
import Schemas
import Upcasting

/// Files of the project, found from where this source file lies.
enum ProjectFiles {
  /// The folder that holds Package.swift.
  static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  /// The whole of a file; nil where it cannot be read.
  static func text(_ path: String) -> String? {
    guard let file = fopen(root + "/" + path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): enough for tests, and the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A shop's own type `shop.visited`, of which each version allows anything, and its upcasters.
enum Visits {
  static let type = "shop.visited"

  static func catalogue(versions: Int = 3, type: String = Visits.type) throws -> SchemaCatalogue {
    var catalogue = SchemaCatalogue.builtIn
    for version in 1...versions {
      let text = #"{"$id": "urn:hoso:schema:\#(type):\#(version)", "title": "Visit", "type": "object"}"#
      catalogue = try catalogue.adding(text, name: "\(version).json")
    }
    return catalogue
  }

  /// An event as it is stored.
  static func event(_ data: String, version: Int = 1, id: String = "v-1", type: String = Visits.type) -> String {
    let named = version == 1 ? "" : #""version":\#(version),"#
    return
      #"{"id":"\#(id)","type":"\#(type)",\#(named)"time":"2026-03-01T08:30:00+07:00","source":"door","channel":"pos","#
      + #""store":"HCM-01","ids":{"phone":"+84901234567"},"data":\#(data),"backfill":true}"#
  }

  static func file(_ steps: String, from version: Int = 1) -> String {
    #"{"from": \#(version), "to": \#(version + 1), "description": "A change.", "steps": [\#(steps)]}"#
  }

  static func example(_ before: String, _ after: String, from version: Int = 1) -> String {
    #"{"before": \#(event(before, version: version)), "after": [\#(event(after, version: version + 1))]}"#
  }

  /// Upcasters with these steps, checked by an example: an event without data that the steps know stays as it is, unless
  /// another example is given.
  static func upcasters(
    _ steps: String, example: String? = nil, from version: Int = 1, beside others: Upcasters = Upcasters()
  ) throws -> Upcasters {
    try others.adding(
      file: file(steps, from: version), name: "schemas/\(type)/\(version + 1).upcast.json",
      examples: example ?? Self.example("{}", "{}", from: version),
      examplesName: "schemas/\(type)/\(version + 1).upcast.ndjson", catalogue: try catalogue())
  }
}

extension Upcasting {
  /// The events that one becomes, as texts.
  func events(_ event: String) throws -> [String] { try documents(event).map(\.text) }

  func documents(_ event: String) throws -> [(text: String, isDerived: Bool)] {
    let parser = JSONParser()
    var found: [(String, Bool)] = []
    try forEach(try parser.parse(event.utf8)) { event, isDerived in
      var writer = JSONWriter()
      writer.value(event)
      found.append((writer.text, isDerived))
    }
    return found
  }
}

extension Upcasters {
  /// The events that an event becomes, as texts.
  func events(_ event: String) throws -> [String] { try Upcasting(self).events(event) }

  func isCurrent(_ type: String, _ version: Int) -> Bool {
    var type = type
    return type.withUTF8 { isCurrent(type: $0, version: version) }
  }
}

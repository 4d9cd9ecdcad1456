import Events
import Glibc
import JSON
import Mappings
import TimeZones

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

/// What reading a text in chunks gives.
struct Reading {
  var records: [CSVRecord] = []
  var error: CSVHeaderError?

  var rows: [CSVRow] {
    records.compactMap { if case .row(let row) = $0 { row } else { nil } }
  }

  var malformed: [MalformedRow] {
    records.compactMap { if case .malformed(let row) = $0 { row } else { nil } }
  }

  /// - Parameter chunkSize: gives the size of the next chunk.
  init(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions(), chunkSize: () -> Int = { Int.max }) {
    do throws(CSVHeaderError) {
      var reader = try CSVReader(options: options)
      var rest = bytes[...]
      while !rest.isEmpty {
        let chunk = Array(rest.prefix(chunkSize()))
        rest = rest.dropFirst(chunk.count)
        try feed(chunk, to: &reader)
      }
      try reader.finish { records.append($0) }
    } catch {
      self.error = error
    }
  }

  private mutating func feed(_ chunk: [UInt8], to reader: inout CSVReader) throws(CSVHeaderError) {
    // The closure must not capture self while the chunk is borrowed.
    var found: [CSVRecord] = []
    try chunk.withUnsafeBufferPointer { (bytes) throws(CSVHeaderError) in try reader.feed(bytes) { found.append($0) } }
    records += found
  }
}

/// What became of a piece of the input, told as a list: of several events of one document the first carries its lines.
enum Outcome: Equatable {
  case event(json: [UInt8], lines: ClosedRange<Int>, lineCount: Int)
  case filtered(reason: String, lineCount: Int)
  case failed(reason: String, source: [UInt8], line: Int, lineCount: Int)

  /// The event's text, or the reason with its kind and line.
  var shown: String {
    switch self {
    case .event(let json, _, _): String(decoding: json, as: UTF8.self)
    case .filtered(let reason, _): "filtered: \(reason)"
    case .failed(let reason, _, let line, _): "failed in line \(line): \(reason)"
    }
  }

  var lineCount: Int {
    switch self {
    case .event(_, _, let count), .filtered(_, let count), .failed(_, _, _, let count): count
    }
  }

  static func list(_ body: MappedBody) -> [Outcome] {
    var count = body.origin.lineCount
    var outcomes: [Outcome] = []
    for outcome in body.outcomes {
      switch outcome {
      case .events(let events, _):
        for event in events {
          outcomes.append(.event(json: Array(event.json), lines: body.origin.lines, lineCount: count))
          count = 0
        }
      case .filtered(let reason): outcomes.append(.filtered(reason: reason, lineCount: count))
      case .failed(let reason), .unreadable(let reason):
        outcomes.append(
          .failed(
            reason: reason, source: body.origin.source(), line: body.origin.lines.lowerBound, lineCount: count))
      }
      count = 0
    }
    return outcomes
  }
}

/// A shop in Viet Nam that has named its currency.
func shop() throws -> ShopSettings {
  ShopSettings(zone: try TimeZone(identifier: "Asia/Ho_Chi_Minh"), currency: Currency("VND"))
}

/// 2026-06-01T00:00:00Z
let received = Instant(microseconds: 1_780_272_000_000_000)

/// The outcomes of a whole text, in order.
func outcomes(of csv: String, _ yaml: String, file: String = "input.csv") throws -> [Outcome] {
  let mapping = try Mapping(yaml: yaml, file: "mapping.yaml", shop: try shop())
  let run = MappingRun(mapping, file: file, received: received) { _ in String(repeating: "0", count: 32) }
  let bodies = Reading(Array(csv.utf8), mapping.csv).records.flatMap { run.take($0) } + run.finish()
  return bodies.flatMap(Outcome.list)
}

func outcomes(ofJSON json: String, _ yaml: String, line: Int = 1) throws -> [Outcome] {
  try bodies(ofJSON: json, yaml, line: line).flatMap(Outcome.list)
}

func bodies(ofJSON json: String, _ yaml: String, line: Int = 1) throws -> [MappedBody] {
  let mapping = try Mapping(yaml: yaml, file: "mapping.yaml", shop: try shop())
  let run = MappingRun(mapping, file: "input.json", received: received) { bytes in String(bytes.count) }
  let bytes = Array(json.utf8)
  let origin = Origin(lines: line...line, lineCount: 1) { bytes }
  let padded = bytes + repeatElement(0x20, count: JSONParser.padding)
  return padded.withUnsafeBufferPointer { run.bodies(json: $0, count: bytes.count, origin) }
}

extension MappingRun {
  /// What is made of a text, with sources that outlive it.
  func bodies(json text: UnsafeBufferPointer<UInt8>, count: Int, _ origin: Origin) -> [MappedBody] {
    var bodies: [MappedBody] = []
    take(json: text, count: count, origin) { body in
      let source = body.origin.source()
      let origin = Origin(lines: body.origin.lines, lineCount: body.origin.lineCount) { source }
      bodies.append(MappedBody(outcomes: body.outcomes, origin: origin))
    }
    return bodies
  }
}

enum Project {
  /// The folder of the package, found from where this file really lies.
  static let root: String = {
    guard let resolved = realpath(#filePath, nil) else { return "." }
    defer { free(resolved) }
    return String(cString: resolved).split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/")
  }()

  static func exists(_ path: String) -> Bool { access(root + "/" + path, R_OK) == 0 }

  /// A text of the project.
  static func text(_ path: String) -> String {
    var bytes: [UInt8] = []
    read("cat '\(root)/\(path)'") { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads what a command writes, chunk by chunk. Returns its exit status.
  @discardableResult
  static func read(_ command: String, _ take: (UnsafeBufferPointer<UInt8>) -> Void) -> Int32 {
    guard let stream = popen(command, "r") else { return -1 }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      if count == 0 { return pclose(stream) }
      buffer.withUnsafeBufferPointer { take(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }
  }
}

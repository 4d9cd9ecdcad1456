import EventLog
import GeneratedEvents
import Hashing
import Intake
import Testing

/// What an ingest leaves behind, without the names of files.
private struct Outcome: Equatable, CustomStringConvertible {
  struct Rejected: Equatable, CustomStringConvertible {
    let kind: Reject.Kind
    let pointer, reason: String
    let original: [UInt8]

    var description: String { "\(kind) \(pointer) \(reason) \(String(decoding: original, as: UTF8.self))" }
  }

  let digest: BLAKE2b.Digest
  let figures: Figures
  let rejected: [Rejected]

  var description: String { "\(digest) \(figures) \(rejected)" }

  init(_ summary: IngestSummary, _ fixture: IntakeFixture) throws {
    digest = try fixture.log.digest()
    figures = Figures(summary)
    rejected = try fixture.rejects().map {
      Rejected(kind: $0.kind, pointer: $0.pointer, reason: $0.reason, original: $0.original)
    }
  }
}

@Suite struct CuttingTests {
  @Test(
    "However an input is cut into files and spread over threads, log, figures and quarantine are the same",
    arguments: UInt64(1)...6)
  func files(seed: UInt64) throws {
    var mixture = LineMixture(seed: seed, count: 700)
    let whole = try outcome(of: [mixture.bytes(0..<700)], workers: 1)
    for workers in 1...4 {
      var inputs: [[UInt8]] = []
      var start = 0
      while start < 700 {
        let end = min(700, start + mixture.random.number(1..<400))
        let bytes = mixture.bytes(start..<end)
        inputs.append(mixture.random.oneIn(3) ? try frame(bytes) : bytes)
        start = end
      }
      let cut = try outcome(of: inputs, workers: workers)
      #expect(cut == whole, "\(inputs.map(\.count)), \(workers) workers")
    }
  }

  private func outcome(of inputs: [[UInt8]], workers: Int) throws -> Outcome {
    let fixture = try IntakeFixture()
    let paths = try inputs.map { try fixture.file($0) }
    return try Outcome(try fixture.ingest(workers: workers).run(ndjson: paths, into: fixture.log), fixture)
  }

  @Test("However the bytes of a pipe arrive, log, figures and quarantine are the same", arguments: UInt64(11)...14)
  func pipes(seed: UInt64) throws {
    var mixture = LineMixture(seed: seed, count: 150)
    let bytes = mixture.bytes(0..<150)
    let whole = try outcome(of: [bytes], workers: 1)
    let compressed = try frame(bytes)
    for content in [bytes, compressed] {
      let pieces = pieces(of: content, &mixture.random)
      let fixture = try IntakeFixture()
      let pipe = try FedPipe(path: fixture.directory.path + "/pipe", pieces: pieces)
      let summary = try fixture.ingest(workers: 3).run(ndjson: [pipe.path], into: fixture.log)
      let cut = try Outcome(summary, fixture)
      #expect(cut == whole, "pieces of \(pieces.map(\.count))")
    }
  }

  /// Many of one byte, so that a byte order mark, the first bytes of a format and line ends are cut as well.
  private func pieces(of bytes: [UInt8], _ random: inout SeededGenerator) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + (start < 6 ? 1 : random.number(1..<2_000)))
      pieces.append(Array(bytes[start..<end]))
      start = end
    }
    return pieces
  }

  @Test("Lines that are longer than a chunk are taken whole, and those around them too")
  func longLines() throws {
    let fixture = try IntakeFixture()
    let long = [UInt8](repeating: 0x78, count: 3 << 20)
    let summary = try fixture.ingest(
      bytes: Array(pageView("1").utf8) + [0x0A] + long + [0x0A] + long.dropLast() + [0x0A] + Array(pageView("2").utf8))
    #expect(summary.accepted == 2)
    #expect(try fixture.rejects().map(\.line) == [2, 3])
    #expect(
      try fixture.rejects().allSatisfy {
        $0.kind == .tooLarge && $0.original.count >= long.count - 1 && !$0.isTruncated
      })
  }

  @Test(
    "An input of more than one chunk gives its events in their order, whatever the number of threads", arguments: 1...4)
  func order(workers: Int) throws {
    let fixture = try IntakeFixture()
    let padding = String(repeating: "x", count: 2_000)
    let events = (0..<1_500).map { pageView("\($0)", data: #"{"url":"/\#(padding)"}"#) }
    let summary = try fixture.ingest(lines: events, workers: workers)
    #expect(summary.firstPosition == 1)
    #expect(summary.lastPosition == 1_500)
    #expect(try fixture.documents() == events)
  }
}

import Foundation
import Testing

@Suite("Read models follow from the set of events, not from their delivery")
struct DeliveryOrderTests {
  private let lines: [String]
  private let digest: String

  init() throws {
    lines = String(decoding: try Coffee.events.get(), as: UTF8.self).split(separator: "\n").map(String.init)
    digest = try Coffee.shop.get().projectionDigest()
  }

  @Test("An export taken into an empty directory gives the same events and the same digests")
  func export() throws {
    let (coffee, copy) = (try Coffee.shop.get(), try Shop())
    let export = try coffee.hoso("log", "export")
    #expect(try copy.hoso(["ingest", "-"], input: export.output).status == 0)
    #expect(try copy.hoso("log", "export").output == export.output)
    #expect(try copy.logDigest() == coffee.logDigest())
    #expect(try copy.projectionDigest() == digest)
  }

  @Test("Shuffled events give the same read models", arguments: [1, 2] as [UInt64])
  func shuffled(seed: UInt64) throws {
    let shop = try Shop()
    var generator = SeededGenerator(seed: seed)
    #expect(try shop.hoso("ingest", "-", input: lines.shuffled(using: &generator).joinedLines).status == 0)
    #expect(try shop.projectionDigest() == digest, "seed \(seed)")
  }

  @Test("Events that come in several files, some of them twice, give the same read models")
  func splitAndRepeated() throws {
    let seed: UInt64 = 3
    let shop = try Shop()
    var generator = SeededGenerator(seed: seed)
    var parts = [[String]](repeating: [], count: 4)
    for line in lines {
      let part = Int.random(in: 0..<4, using: &generator)
      parts[part].append(line)
      if Int.random(in: 0..<10, using: &generator) == 0 { parts[(part + 1) % 4].append(line) }
    }
    for part in parts { #expect(try shop.hoso("ingest", "-", input: part.joinedLines).status == 0, "seed \(seed)") }
    #expect(try shop.json("status")["events"].count == lines.count)
    #expect(try shop.projectionDigest() == digest, "seed \(seed)")
  }

  @Test("Many small ingests give what a rebuild gives")
  func incremental() throws {
    let seed: UInt64 = 4
    let shop = try Shop()
    var generator = SeededGenerator(seed: seed)
    var rest = lines.prefix(4000)
    while !rest.isEmpty {
      let step = Int.random(in: 1...300, using: &generator)
      #expect(try shop.hoso("ingest", "-", input: Array(rest.prefix(step)).joinedLines).status == 0)
      rest = rest.dropFirst(step)
    }
    let incremental = try shop.projectionDigest()
    let rebuilt = try shop.json("rebuild")
    for field in ["name", "generation", "events", "seconds", "digest", "promoted"] {
      #expect(rebuilt[field].exists, "\(field)")
    }
    #expect(rebuilt["promoted"].flag == true && rebuilt["events"].count == 4000)
    #expect(try #require(rebuilt["digest"].text) + "\n" == incremental, "seed \(seed)")
    #expect(try shop.projectionDigest() == incremental, "seed \(seed)")
  }

  @Test("A generation that is not promoted leaves the live one in its place")
  func withoutPromotion() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: lines.prefix(50).map { $0 }.joinedLines)
    let live = try shop.json("status")["projections"][0]["generation"].count
    let rebuilt = try shop.json("rebuild", "--no-promote")
    #expect(rebuilt["promoted"].flag == false && rebuilt["generation"].count != live)
    #expect(try shop.json("status")["projections"][0]["generation"].count == live)
    let generations = try shop.json("projection", "list").list
    #expect(Set(generations.map { $0["generation"].count }) == [1, 2])
    #expect(Set(generations.filter { $0["state"].text == "live" }.map { $0["generation"].count }) == [live])
  }
}

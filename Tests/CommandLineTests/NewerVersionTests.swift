import Foundation
import Hashing
import Testing

@Suite("A data directory of a newer program")
struct NewerVersionTests {
  /// The record that says where the log stands: XXH3-64 of the content, then the content, which begins with the version
  /// of the format (docs/formats/log.md).
  private static let contentBytes = 112
  private static let checksumBytes = 8

  /// Raises the version in every copy of the record that the file holds. Returns how many there were.
  private func raiseVersion(in file: URL, to version: UInt32) throws -> Int {
    var bytes = Array(try Data(contentsOf: file))
    var found = 0
    for start in stride(from: 0, through: bytes.count - Self.checksumBytes - Self.contentBytes, by: 2) {
      let content = start + Self.checksumBytes
      guard bytes[content] == 1, bytes[content + 1] == 0, bytes[content + 2] == 0, bytes[content + 3] == 0 else {
        continue
      }
      guard checksum(bytes, content) == Array(bytes[start..<content]) else { continue }
      withUnsafeBytes(of: version.littleEndian) { bytes.replaceSubrange(content..<content + 4, with: $0) }
      bytes.replaceSubrange(start..<content, with: checksum(bytes, content))
      found += 1
    }
    try Data(bytes).write(to: file)
    return found
  }

  private func checksum(_ bytes: [UInt8], _ content: Int) -> [UInt8] {
    let sum = bytes[content..<content + Self.contentBytes].withUnsafeBytes { XXH3.hash64($0, seed: 0) }
    return withUnsafeBytes(of: sum.littleEndian) { Array($0) }
  }

  @Test("The log of a newer program is left alone, and the message says what to do")
  func newerLog() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    let file = URL(fileURLWithPath: shop.data).appendingPathComponent("log.mdb")
    #expect(try raiseVersion(in: file, to: 2) > 0)
    let before = try Data(contentsOf: file)
    for words in [
      ["status"], ["profile", "list"], ["log", "verify"], ["log", "export"], ["ingest", "-"], ["project"], ["rebuild"],
    ] {
      let outcome = try shop.hoso(words, input: Data(SampleEvent.page("2").utf8))
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(words)")
      #expect(outcome.errors.contains("newer hoso") && outcome.errors.contains("2"), "\(words): \(outcome.errors)")
    }
    #expect(try Data(contentsOf: file) == before)
  }
}

@Suite("A damaged log")
struct DamagedLogTests {
  @Test("A flipped bit in a stored event is found by 'log verify', which ends with 3")
  func flippedBit() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1") + SampleEvent.page("needle") + SampleEvent.page("3"))
    let file = URL(fileURLWithPath: shop.data).appendingPathComponent("log.mdb")
    var bytes = try Data(contentsOf: file)
    var found = 0
    while let place = bytes.range(of: Data("needle".utf8)) {
      bytes[place.lowerBound] ^= 0x01
      found += 1
    }
    #expect(found > 0)
    try bytes.write(to: file)
    let result = try shop.json("log", "verify", status: 3)
    #expect(result["ok"].flag == false && result["blocks"].exists)
    #expect(result["damage"].list.contains { $0["position"].count == 2 && $0["what"].text?.isEmpty == false })
    let export = try shop.hoso("log", "export")
    #expect(export.status != 0 && export.errors.contains("log verify"), "\(export.errors)")
  }
}

import GeneratedEvents
import Glibc
import Intake
import Testing

@Suite struct InputFileTests {
  private func content(_ path: String, bufferCount: Int = 1_000) throws -> [UInt8] {
    let file = try InputFile(path: path)
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: bufferCount)
    while case let count = try buffer.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
      content += buffer[..<count]
    }
    return content
  }

  @Test("What is read is the content of the file, whatever its length and that of the buffer", arguments: UInt64(1)...5)
  func reading(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    for count in [0, 1, 2, 3, 4, 5, 100, (1 << 17) - 1, 1 << 17, (1 << 17) + 1, 300_000] {
      let bytes = (0..<count).map { _ in UInt8(ascii: "a") + UInt8(random.number(0..<4)) }
      for (name, stored) in [
        ("plain", bytes), ("zst", try frame(bytes)), ("mark", mark + bytes), ("zst mark", try frame(mark + bytes)),
      ] {
        let path = try directory.write(stored, to: name)
        #expect(try content(path, bufferCount: random.number(1..<5_000)) == bytes, "\(name) of \(count) bytes")
      }
    }
  }

  @Test(
    "Only a whole byte order mark at the front is passed over",
    arguments: [[0xEF], [0xEF, 0xBB], [0xEF, 0xBB, 0x41], [0x41, 0xEF, 0xBB, 0xBF]])
  func otherFronts(bytes: [UInt8]) throws {
    let directory = try TemporaryDirectory()
    #expect(try content(try directory.write(bytes, to: "plain")) == bytes)
    #expect(
      try content(try directory.write([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + bytes, to: "marks")) == [0xEF, 0xBB, 0xBF]
        + bytes)
  }

  @Test("Frames that follow each other are read one after the other, however many they are")
  func frames() throws {
    let fixture = try IntakeFixture()
    let blank = try frame([0x0A])
    let event = try frame(Array(pageView("1").utf8))
    let bytes = event + Array(repeatElement(blank, count: 200_000).joined()) + event
    let summary = try fixture.ingest(bytes: bytes)
    #expect(summary.accepted == 1)
    #expect(summary.duplicates == 1)
  }

  @Test("A directory and a missing file are refused with what to do")
  func refusals() throws {
    let directory = try TemporaryDirectory()
    let refusal = #expect(throws: InputError.self) { try InputFile(path: directory.path) }
    #expect(
      refusal?.description
        == "\(directory.path): is a directory; name the files in it, for example \(directory.path)/*.ndjson")
    let missing = #expect(throws: InputError.self) { try InputFile(path: directory.path + "/x") }
    #expect(missing?.description == "\(directory.path)/x: cannot be opened: No such file or directory")
  }

  @Test("Progress is measured in bytes of the disk, up to the size of the file")
  func progress() throws {
    let fixture = try IntakeFixture()
    let lines = Array((0..<3_000).map { pageView("\($0)") + "\n" }.joined().utf8)
    let paths = [try fixture.file(lines), try fixture.file(try frame(lines))]
    var taken: [Int] = []
    _ = try fixture.ingest().run(ndjson: paths, into: fixture.log) { taken.append($0.bytesTaken) }
    #expect(taken == taken.sorted())
    #expect(taken.last == (try paths.reduce(0) { $0 + (try InputFile(path: $1).byteCount) }))
  }

  @Test("An input that is refused leaves no descriptor open")
  func descriptors() throws {
    let directory = try TemporaryDirectory()
    let before = dup(0)
    close(before)
    for _ in 0..<50 { #expect(throws: InputError.self) { try InputFile(path: directory.path) } }
    let after = dup(0)
    close(after)
    // Other tests open files at the same time, but not as many.
    #expect(after < before + 40)
  }
}

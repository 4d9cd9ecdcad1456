import FuzzTargets
import Glibc
import Testing

@Suite("Bytes of all kinds")
struct CorpusTests {
  @Test("Every input that the fuzzer kept is read or refused", arguments: FuzzTarget.all.map(\.name))
  func corpus(name: String) throws {
    let feed = try #require(FuzzTarget.named(name)).feeder()
    for file in Corpus.files(of: name) {
      #expect(throws: Never.self, "\(name)/\(file.name)") { try feed(file.bytes) }
    }
  }

  @Test("What the targets are begun with keeps their promises", arguments: FuzzTarget.all.map(\.name))
  func seeds(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let feed = try target.feeder()
    let seeds = try target.seeds()
    #expect(!seeds.isEmpty)
    for (number, seed) in seeds.enumerated() {
      #expect(throws: Never.self, "seed \(number) of \(name)") { try feed(seed) }
    }
  }
}

/// The inputs in Tests/Fuzzing/Corpus.
private enum Corpus {
  static func files(of target: String) -> [(name: String, bytes: [UInt8])] {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    let folder = root + "/Fuzzing/Corpus/" + target
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var files: [(name: String, bytes: [UInt8])] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { files.append((name, bytes(folder + "/" + name))) }
    }
    return files.sorted { $0.name < $1.name }
  }

  private static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}

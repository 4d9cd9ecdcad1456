import Compression
import EventLog
import Events
import Glibc
import Hashing

extension FuzzTarget {
  /// A damaged log as a file.
  static let pages = FuzzTarget(name: "pages") {
    { try salvage($0) }
  } seeds: {
    [try logFile(events: 0), try logFile(events: 3), try logFile(events: 1030)]
  }

  /// Records of a log whose checksums are right, which the fuzzer would not find by itself: each the last byte of its key and
  /// what is added to the byte before that, a length of two bytes, and the content.
  static let records = FuzzTarget(name: "records") {
    { input in
      var file = [UInt8](repeating: 0, count: 2 * pageBytes)
      for record in StoredRecord.records(in: input) { file += record.page(pageBytes) }
      try salvage(file)
    }
  } seeds: {
    let blocks = try StoredBlock.examples.map { try $0.content() }
    let events = ["", #"{"id":"1","source":"s"}"#].map { [UInt8](repeating: 1, count: 8) + Array($0.utf8) }
    let state = [1, 0, 0, 0] + [UInt8](repeating: 0, count: 108)
    return (blocks + events + [state]).flatMap { content in
      [0, 1, 255].map { key in [key, key] + [UInt8(content.count & 255), UInt8(content.count >> 8)] + content }
    }
  }

  private static let pageBytes = 4096

  /// Whatever is salvaged, the positions that were found and those that are lost are all there are.
  private static func salvage(_ file: [UInt8]) throws {
    let path = try temporaryFile(file)
    defer { unlink(path) }
    guard let salvage = try? Salvage(path: path) else { return }
    var events = 0
    try? salvage.forEachBatch { events += $0.count }
    try? salvage.forEachReject { _ in }
    let lost = salvage.lost.reduce(0) { $0 + UInt64($1.count) }
    try promise(salvage.foundCount + lost == salvage.last, "\(salvage.last) events, and \(lost) of them lost")
    try promise(salvage.foundCount <= UInt64(events), "\(salvage.foundCount) events found and \(events) handed over")
  }

  /// A file of these bytes in memory; several targets may want one at the same time.
  private static func temporaryFile(_ bytes: [UInt8]) throws -> String {
    var path = Array("/dev/shm/hoso-fuzz-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    defer { close(descriptor) }
    try promise(write(descriptor, bytes, bytes.count) == bytes.count, "a file in /dev/shm cannot be written")
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The bytes of a log with so many events, and a quarantined document.
  private static func logFile(events: Int) throws -> [UInt8] {
    let path = "/dev/shm/hoso-fuzz-seed-\(getpid()).mdb"
    defer { for ending in ["", "-lock"] { unlink(path + ending) } }
    do {
      let log = try EventLog(path: path)
      var appender = try log.append(with: ZstandardCompressor())
      for number in 0..<events {
        let document = Array("{\"id\":\"\(number)\"}".utf8)
        _ = try document.withUnsafeBytes { try appender.append($0, received: EventJudge.now) }
      }
      try appender.reject(
        Reject(
          kind: .time, reason: "r", file: "f", line: 1, received: EventJudge.now, input: "ndjson", original: [1]))
      try appender.commit()
    }
    return ProjectFiles.bytes(ofFile: path)
  }
}

/// A row of the log.
private struct StoredRecord {
  private let key: UInt64
  private let content: [UInt8]

  static func records(in input: [UInt8]) -> [StoredRecord] {
    var records: [StoredRecord] = []
    var rest = input[...]
    while rest.count >= 4 {
      let head = Array(rest.prefix(4))
      rest = rest.dropFirst(4)
      let content = rest.prefix(Int(head[2]) | Int(head[3]) << 8)
      rest = rest.dropFirst(content.count)
      // Small numbers, and with the second byte those at the end of what 64 bits hold.
      let key = UInt64(bitPattern: Int64(Int8(bitPattern: head[0])) &+ Int64(Int8(bitPattern: head[1])) << 56)
      records.append(StoredRecord(key: key, content: Array(content)))
    }
    return records
  }

  /// A page with the record as its only entry; an empty one where it has no room.
  func page(_ pageBytes: Int) -> [UInt8] {
    let checksum = content.withUnsafeBytes { XXH3.hash64($0, seed: key) }
    let value = withUnsafeBytes(of: checksum.littleEndian, Array.init) + content
    var page = [UInt8](repeating: 0, count: 16)
    withUnsafeBytes(of: UInt32(value.count).littleEndian) { page += $0 }
    page += [0, 0, 8, 0]
    withUnsafeBytes(of: key.bigEndian) { page += $0 }
    page += value
    guard page.count <= pageBytes else { return [UInt8](repeating: 0, count: pageBytes) }
    return page + [UInt8](repeating: 0, count: pageBytes - page.count)
  }
}

import BinaryCoding
import Compression
import EventLog
import Events

extension FuzzTarget {
  /// The content of a sealed block, as it is stored.
  static let block = FuzzTarget(name: "block") {
    let decompressor = ZstandardDecompressor()
    return { try read(block: $0, decompressor) }
  } seeds: {
    try StoredBlock.examples.map { try $0.content() }
  }

  /// The content of a sealed block, but for its compression: bytes of any kind seldom are a frame.
  static let payload = FuzzTarget(name: "payload") {
    let compressor = ZstandardCompressor()
    let decompressor = ZstandardDecompressor()
    return { input in
      guard let start = StoredBlock.payloadStart(input) else { return }
      var block = Array(input[..<start])
      try input[start...].withUnsafeBytes { try compressor.compress($0, appendingTo: &block) }
      try read(block: block, decompressor)
    }
  } seeds: {
    StoredBlock.examples.map { $0.head + $0.payload }
  }

  /// Rows of the log that are not blocks. The first byte chooses which.
  static let tail = FuzzTarget(name: "tail") {
    { input in
      guard let kind = input.first else { return }
      try input.dropFirst().withUnsafeBytes { content in
        switch kind % 3 {
        case 0: _ = TailRow(content)
        case 1: try readState(content)
        default: try readReject(content)
        }
      }
    }
  } seeds: {
    let reject = Reject(
      kind: .schema, reason: "a reason", pointer: "/data", file: "a file", line: 7, received: EventJudge.now,
      input: "ndjson", original: Array("{}".utf8))
    return [
      [0] + Array("12345678{}".utf8), [1, 1, 0, 0, 0] + [UInt8](repeating: 0, count: 108), [2] + reject.encoded(),
    ]
  }

  private static func read(block: [UInt8], _ decompressor: ZstandardDecompressor) throws {
    let batch: LogBatch
    do {
      batch = try block.withUnsafeBytes { try LogBatch(sealed: $0, first: 1, with: decompressor) }
    } catch {
      return
    }
    var bytes = 0
    batch.forEach { event in bytes += event.document.count + 1 }
    try promise(batch.withContent(\.count) == bytes, "the documents of a block are not its content")
  }

  private static func readState(_ content: UnsafeRawBufferPointer) throws {
    guard let state = try? LogState(content) else { return }
    let again = try state.encoded().dropFirst(8).withUnsafeBytes { try LogState($0) }
    try promise(again == state, "a state of the log is read otherwise than it was written")
  }

  private static func readReject(_ content: UnsafeRawBufferPointer) throws {
    guard let reject = try? Reject(content) else { return }
    let again = try reject.encoded().withUnsafeBytes { try Reject($0) }
    try promise(again == reject, "a quarantined document is read otherwise than it was written")
  }
}

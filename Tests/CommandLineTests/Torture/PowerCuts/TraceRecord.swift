import Foundation

/// One call of a program that changed something, as the shim wrote it down.
struct TraceRecord {
  enum Kind: UInt32 {
    case open = 1
    case write, truncate, rename, unlink, mkdir, sync, output, rmdir, link
  }

  let kind: Kind
  let process: UInt32
  let descriptor: Int32
  let flags: Int32
  let offset: Int
  let content: Data

  var text: String { String(decoding: content, as: UTF8.self) }
  var file: Descriptor { Descriptor(process: process, number: descriptor) }

  /// A descriptor of one of the processes.
  struct Descriptor: Hashable {
    let process: UInt32
    let number: Int32
  }

  private static let headBytes = 32

  /// All records of a trace.
  static func all(in trace: Data) throws -> [TraceRecord] {
    var records: [TraceRecord] = []
    var rest = trace
    while !rest.isEmpty {
      let record = try TraceRecord(rest)
      records.append(record)
      rest = rest.dropFirst(headBytes + record.content.count)
    }
    return records
  }

  private init(_ bytes: Data) throws {
    func number<N: FixedWidthInteger & BitwiseCopyable>(_ place: Int, _: N.Type) -> N {
      bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: N.self) }
    }
    guard bytes.count >= Self.headBytes, let kind = Kind(rawValue: number(0, UInt32.self)) else {
      throw Program.Failure(description: "the trace cannot be read")
    }
    self.kind = kind
    process = number(4, UInt32.self)
    descriptor = number(8, Int32.self)
    flags = number(12, Int32.self)
    offset = Int(number(16, Int64.self))
    content = Data(bytes.dropFirst(Self.headBytes).prefix(Int(number(24, Int64.self))))
  }
}

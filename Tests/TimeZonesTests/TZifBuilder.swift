/// Writes TZif files (RFC 9636) for tests: what the reader takes apart, put together independently of it.
struct TZifBuilder {
  var version = UInt8(ascii: "2")
  var transitions: [(second: Int64, type: UInt8)] = []
  var offsets: [Int32] = [0]
  var leapSeconds = 0
  var footer = ""

  var bytes: [UInt8] {
    // The first block stays empty but for the one type that the format demands.
    header(times: 0, types: 1, leaps: 0) + [0, 0, 0, 0, 0, 0] + Array("X\0".utf8)
      + header(times: transitions.count, types: offsets.count, leaps: leapSeconds) + data
      + Array("\n\(footer)\n".utf8)
  }

  private var data: [UInt8] {
    transitions.flatMap { bigEndian(UInt64(bitPattern: $0.second), 8) } + transitions.map(\.type)
      + offsets.flatMap { bigEndian(UInt64(UInt32(bitPattern: $0)), 4) + [0, 0] } + Array("X\0".utf8)
      + [UInt8](repeating: 0, count: leapSeconds * 12)
  }

  private func header(times: Int, types: Int, leaps: Int) -> [UInt8] {
    let counts = [0, 0, leaps, times, types, 2].flatMap { bigEndian(UInt64($0), 4) }
    return Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15) + counts
  }

  private func bigEndian(_ number: UInt64, _ byteCount: Int) -> [UInt8] {
    (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }
}

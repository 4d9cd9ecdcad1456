import Compression
import EventLog
import Events
import Testing

/// A closed log with three blocks (1, 1025, 2049), a tail (3073 to 3136), an index of several runs and three rejects.
func makeClosedLog(_ directory: TemporaryDirectory) throws {
  var generator = SeededGenerator(seed: 42)
  let log = try directory.log()
  for part in 0..<8 {
    var appender = try log.append(with: ZstandardCompressor())
    try appender.add(generator.events(392, 10...60))
    try appender.index((0..<392).map { (generator.next() >> (64 - IdentityHash.bits), UInt64(part * 392 + $0 + 1)) })
    if part < 3 {
      try appender.reject(
        Reject(
          kind: .schema, reason: "r", file: "f", line: part, received: Instant(microseconds: 1), input: "ndjson",
          original: [1]))
    }
    try appender.commit()
  }
}

/// Damages a log and returns what verification says of it.
func findings(_ damage: (StoredRows) throws -> Void) throws -> [LogVerification.Damage] {
  let directory = try TemporaryDirectory()
  try makeClosedLog(directory)
  try damage(StoredRows(directory.file()))
  let result = try directory.log().verify()
  #expect(result.isIntact == result.damage.isEmpty)
  return result.damage
}

/// Something of the program that reads bytes of others, to be fed with any bytes at all.
///
/// The fuzzer (`tools/fuzz`) makes up the bytes, and the tests feed those that it kept. Whatever the bytes are, they must be
/// read or refused: not trap, not hang, not take memory without bounds.
package struct FuzzTarget: Sendable {
  /// What the target is called on the command line, and the folder of its corpus.
  package let name: String
  /// Makes what feeds one input after the other; not to be shared between threads.
  package let feeder: @Sendable () throws -> Feeder
  /// Inputs to begin with, made of what the project has.
  package let seeds: @Sendable () throws -> [[UInt8]]

  /// Takes an input. Throws ``BrokenPromise`` where what was read of it is not what it should be; that it is refused is no error.
  package typealias Feeder = ([UInt8]) throws -> Void

  /// All targets.
  package static let all: [FuzzTarget] = [
    .line, .csv, .mapping, .body, .block, .payload, .tail, .schema, .upcaster, .filter, .configuration, .rows, .pages,
    .records,
  ]

  /// Nil for a name that none has.
  package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// What a target promises and did not keep for some input.
package struct BrokenPromise: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Throws unless the promise was kept.
func promise(_ isKept: Bool, _ broken: @autoclosure () -> String) throws {
  if !isKept { throw BrokenPromise(broken()) }
}

extension [UInt8] {
  var text: String { String(decoding: self, as: UTF8.self) }

  /// The byte that parts the inputs of a target that has several: in no text that is UTF-8.
  static let separator: UInt8 = 0xFF

  /// What stands before the first separator, and what behind it; where there is none, nothing stands behind.
  var parts: (first: [UInt8], rest: [UInt8]) {
    guard let end = firstIndex(of: Self.separator) else { return (self, []) }
    return (Array(self[..<end]), Array(self[(end + 1)...]))
  }
}

package import BinaryCoding

/// The state of one key of a read model: a commutative, associative fold of the events that concern it.
///
/// `merge` combines states of two sets of events that have none in common; the default state is neutral. Equal states
/// have equal bytes, so digests can be taken of them.
package protocol FoldState: Equatable, Sendable {
  /// Appends the row of the state. O(bytes).
  func encode(to writer: inout ByteWriter)
  /// Reads a row, and throws where it is cut short or malformed. O(bytes).
  init(_ reader: inout ByteReader) throws(CodingError)
  /// Takes over the state of other events.
  mutating func merge(_ other: Self)
}

extension FoldState {
  /// The row of the state. O(bytes).
  package func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 128)
    encode(to: &writer)
    return writer.bytes
  }

  /// Reads a whole row, of the present form or an older one; throws also where it is too long. O(bytes).
  ///
  /// Without `provenance`, owners are left out, and by which events registers were set: such a state must not be merged
  /// with others, nor stored.
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, form: UInt32 = RowForm.current, provenance: Bool = true
  ) throws(CodingError) -> Self {
    var reader = ByteReader(bytes, form: form, provenance: provenance)
    let state = try Self(&reader)
    guard reader.isAtEnd else { throw CodingError("a row is \(reader.remaining) bytes too long") }
    return state
  }
}

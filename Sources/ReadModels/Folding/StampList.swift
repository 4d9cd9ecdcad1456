import BinaryCoding

/// The stamps of a row's registers, each written once: what one event sets shares its stamp.
struct StampList {
  private var stamps: [Stamp] = []

  /// Collects the stamps in the order in which they are first met, which must be an order that the content decides.
  init(_ stamps: some Sequence<Stamp>) {
    for stamp in stamps where !self.stamps.contains(stamp) { self.stamps.append(stamp) }
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(stamps.count)
    for stamp in stamps { stamp.encode(to: &writer) }
  }

  /// Writes a reference to a stamp that the list was made with.
  func refer(to stamp: Stamp, in writer: inout ByteWriter) {
    writer.count(stamps.firstIndex(of: stamp) ?? stamps.count)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    stamps = try reader.list { (reader) throws(CodingError) in try Stamp(&reader) }
  }

  /// Reads a reference.
  func stamp(_ reader: inout ByteReader) throws(CodingError) -> Stamp {
    let index = try reader.count()
    guard index < stamps.count else { throw CodingError("a row refers to an event that it does not list") }
    return stamps[index]
  }
}

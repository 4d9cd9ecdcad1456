import BinaryCoding

/// The stamps of a row's registers, each written once: what one event sets shares its stamp.
struct StampList {
  /// As many as a loop finds faster than a hash table does.
  private static let scannedMax = 16

  private var stamps: [Stamp] = []
  /// Their places, once there are many.
  private var places: [Stamp: Int] = [:]

  /// Collects the stamps in the order in which they are first met, which must be an order that the content decides.
  init(_ stamps: some Sequence<Stamp>) {
    for stamp in stamps where place(of: stamp) == nil { add(stamp) }
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(stamps.count)
    for stamp in stamps { stamp.encode(to: &writer) }
  }

  /// Writes a reference to a stamp that the list was made with.
  func refer(to stamp: Stamp, in writer: inout ByteWriter) {
    writer.count(place(of: stamp) ?? stamps.count)
  }

  private func place(of stamp: Stamp) -> Int? {
    stamps.count > Self.scannedMax ? places[stamp] : stamps.firstIndex(of: stamp)
  }

  private mutating func add(_ stamp: Stamp) {
    stamps.append(stamp)
    guard stamps.count > Self.scannedMax else { return }
    if places.isEmpty { for (place, known) in stamps.enumerated() { places[known] = place } }
    places[stamp] = stamps.count - 1
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    stamps = try reader.list { (reader) throws(CodingError) in try Stamp(asWantedBy: &reader) }
  }

  /// Reads a reference.
  func stamp(_ reader: inout ByteReader) throws(CodingError) -> Stamp {
    let index = try reader.count()
    guard index < stamps.count else { throw CodingError("a row refers to an event that it does not list") }
    return stamps[index]
  }
}

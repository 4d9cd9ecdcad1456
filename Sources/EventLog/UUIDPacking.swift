import BinaryCoding
import Glibc

/// Takes UUIDs out of the text of a block.
///
/// Most ids that senders make are UUIDs: 36 characters that no compressor brings below the 16 bytes they stand for. Each
/// different one is kept once as 16 bytes beside the text; in the text a marker and a reference take its place. Only
/// UUIDs in lower case are taken, so that unpacking gives back every byte.
///
/// A canonical document has no byte below 0x20, which leaves 0x01 free as the marker. Behind it stands a number in
/// LEB128: 0 for the next UUID that is new, n for the n-th latest of those seen.
enum UUIDPacking {
  static let marker: UInt8 = 0x01
  static let uuidBytes = 16
  fileprivate static let textBytes = UUIDText.byteCount

  /// Appends the packed text of `content` to `text`, and the UUIDs in it to `uuids`. O(count).
  /// Returns false, and appends nothing, if the content holds the marker already.
  static func pack(_ content: UnsafeRawBufferPointer, text: inout [UInt8], uuids: inout [UInt8]) -> Bool {
    guard let base = content.baseAddress else { return true }
    guard memchr(base, Int32(marker), content.count) == nil else { return false }
    let bytes = content.bindMemory(to: UInt8.self)
    var table = UUIDTable()
    var copied = 0
    var next = 0
    while next < content.count, let found = memchr(base + next, Int32(UInt8(ascii: "-")), content.count - next) {
      let hyphen = UnsafeRawPointer(found) - base
      next = hyphen + 1
      let start = hyphen - 8
      guard start >= copied, start + textBytes <= content.count, let uuid = UUIDText.value(base + start) else {
        continue
      }
      text.append(contentsOf: bytes[copied..<start])
      text.append(marker)
      append(table.reference(to: uuid, uuids: &uuids), to: &text)
      copied = start + textBytes
      next = copied
    }
    text.append(contentsOf: bytes[copied...])
    return true
  }

  /// Writes the original of a packed text. Returns false if the text refers to what is not there or its original does
  /// not fill `output` exactly. O(count).
  static func unpack(
    _ text: UnsafeRawBufferPointer, uuids: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var reader = PackedReader(text: text, uuids: uuids)
    return reader.write(to: output)
  }

  private static func append(_ number: Int, to text: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      text.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    text.append(UInt8(rest))
  }
}

/// The UUIDs of one block by value: open addressing over numbers of their order.
private struct UUIDTable {
  private var slots: [Int32] = Array(repeating: -1, count: 1024)
  private var values: [UInt128] = []

  /// 0 and one more entry of `uuids` for a new UUID; else how far back it is among those seen, from 1.
  mutating func reference(to uuid: UInt128, uuids: inout [UInt8]) -> Int {
    if values.count * 2 >= slots.count { grow() }
    let slot = slot(of: uuid)
    if slots[slot] >= 0 { return values.count - Int(slots[slot]) }
    slots[slot] = Int32(values.count)
    values.append(uuid)
    withUnsafeBytes(of: uuid.bigEndian) { uuids.append(contentsOf: $0) }
    return 0
  }

  private func slot(of uuid: UInt128) -> Int {
    let mixed = (UInt64(truncatingIfNeeded: uuid) ^ UInt64(truncatingIfNeeded: uuid >> 64)) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed >> 40) & (slots.count - 1)
    while slots[slot] >= 0, values[Int(slots[slot])] != uuid { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, value) in values.enumerated() { slots[slot(of: value)] = Int32(number) }
  }
}

/// Reads a packed text from the front.
private struct PackedReader {
  private let text: UnsafeRawBufferPointer
  private let uuids: UnsafeRawBufferPointer
  private var offset = 0
  private var seen = 0

  init(text: UnsafeRawBufferPointer, uuids: UnsafeRawBufferPointer) {
    self.text = text
    self.uuids = uuids
  }

  mutating func write(to output: UnsafeMutableRawBufferPointer) -> Bool {
    var written = 0
    while offset < text.count {
      let end = nextMarker() ?? text.count
      guard written + end - offset <= output.count else { return false }
      UnsafeMutableRawBufferPointer(rebasing: output[written...])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: text[offset..<end]))
      written += end - offset
      offset = end
      guard offset < text.count else { break }
      offset += 1
      guard let number = referredTo(), written + UUIDPacking.textBytes <= output.count else { return false }
      write(number, to: UnsafeMutableRawBufferPointer(rebasing: output[written..<(written + UUIDPacking.textBytes)]))
      written += UUIDPacking.textBytes
    }
    return written == output.count
  }

  private func nextMarker() -> Int? {
    guard let base = text.baseAddress else { return nil }
    return memchr(base + offset, Int32(UUIDPacking.marker), text.count - offset).map { UnsafeRawPointer($0) - base }
  }

  /// The number of the UUID that the reference at `offset` means; nil if there is none.
  private mutating func referredTo() -> Int? {
    var reference = 0
    var shift = 0
    while true {
      guard offset < text.count, shift <= 28 else { return nil }
      let byte = text[offset]
      offset += 1
      reference |= Int(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    if reference == 0 { seen += 1 }
    let number = reference == 0 ? seen - 1 : seen - reference
    return number >= 0 && (number + 1) * UUIDPacking.uuidBytes <= uuids.count ? number : nil
  }

  /// Both are large enough: `referredTo` and `write(to:)` have seen to it.
  private func write(_ number: Int, to output: UnsafeMutableRawBufferPointer) {
    guard let text = output.baseAddress else { return }
    let uuid = uuids.loadUnaligned(fromByteOffset: number * UUIDPacking.uuidBytes, as: UInt128.self)
    UUIDText.write(UInt128(bigEndian: uuid), to: text)
  }
}

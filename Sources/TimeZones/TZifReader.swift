/// Reads the Time Zone Information Format of RFC 9636 (formerly RFC 8536), version 2 or later: its 64-bit data and footer.
struct TZifReader {
  private let bytes: [UInt8]
  private let identifier: String

  init(_ bytes: [UInt8], identifier: String) {
    self.bytes = bytes
    self.identifier = identifier
  }

  func periods() throws(TimeZoneError) -> OffsetPeriods {
    // The block for readers of version 1, with 32-bit times, is only skipped.
    let legacy = try TZifHeader(bytes, at: 0, identifier: identifier)
    let header = try TZifHeader(
      bytes, at: legacy.dataStart + legacy.dataByteCount(timeSize: 4), identifier: identifier)
    guard header.leapCount == 0 else { throw damaged("it counts leap seconds, which the clocks of computers do not") }
    let end = header.dataStart + header.dataByteCount(timeSize: 8)
    guard header.typeCount > 0, end <= bytes.count else { throw damaged("it ends too early") }
    return OffsetPeriods(
      transitions: try transitions(header), offsets: try offsets(header), rule: try rule(footerStart: end))
  }

  private func damaged(_ reason: String) -> TimeZoneError { .damaged(identifier: identifier, reason: reason) }

  private func transitions(_ header: TZifHeader) throws(TimeZoneError) -> [Int64] {
    let transitions = (0..<header.timeCount).map { index in
      Int64(truncatingIfNeeded: bigEndian(at: header.dataStart + index * 8, byteCount: 8))
    }
    guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw damaged("its transitions are not in order")
    }
    return transitions
  }

  /// The offset before all transitions (that of the first type), then the one after each.
  private func offsets(_ header: TZifHeader) throws(TimeZoneError) -> [Int] {
    let typesStart = header.dataStart + header.timeCount * 8
    let recordsStart = typesStart + header.timeCount
    let types = [0] + bytes[typesStart..<recordsStart].map(Int.init)
    guard types.allSatisfy({ $0 < header.typeCount }) else { throw damaged("a transition has no type") }
    let offsets = types.map { type in
      let stored = UInt32(truncatingIfNeeded: bigEndian(at: recordsStart + type * 6, byteCount: 4))
      return Int(Int32(bitPattern: stored))
    }
    // The range that RFC 9636, section 3.2, recommends.
    guard offsets.allSatisfy({ (-89_999...93_599).contains($0) }) else { throw damaged("an offset exceeds 26 hours") }
    return offsets
  }

  /// The rule between the two newlines that end the file; nil where it is left empty.
  private func rule(footerStart: Int) throws(TimeZoneError) -> DaylightSavingRule? {
    guard footerStart < bytes.count, bytes[footerStart] == UInt8(ascii: "\n"),
      let end = bytes[(footerStart + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    else { throw damaged("its footer is missing") }
    let text = Array(bytes[(footerStart + 1)..<end])
    if text.isEmpty { return nil }
    guard let rule = DaylightSavingRule(posix: text) else {
      throw damaged("its footer '\(String(decoding: text, as: UTF8.self))' is no POSIX TZ string")
    }
    return rule
  }

  private func bigEndian(at position: Int, byteCount: Int) -> UInt64 {
    bytes[position..<(position + byteCount)].reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// The 44 bytes that start each of the two blocks of a TZif file.
struct TZifHeader {
  private static let byteCount = 44

  /// Where the data after the header begin.
  let dataStart: Int
  let leapCount: Int
  let timeCount: Int
  let typeCount: Int
  private let universalCount: Int
  private let standardCount: Int
  private let nameByteCount: Int

  init(_ bytes: [UInt8], at start: Int, identifier: String) throws(TimeZoneError) {
    dataStart = start + Self.byteCount
    guard dataStart <= bytes.count, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else {
      throw .damaged(identifier: identifier, reason: "it is no TZif file")
    }
    guard bytes[start + 4] >= UInt8(ascii: "2") else {
      throw .damaged(identifier: identifier, reason: "it has version 1 of TZif, without 64-bit times")
    }
    let counts = (0..<6).map { index in
      bytes[(start + 20 + index * 4)...].prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    (universalCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
    (timeCount, typeCount, nameByteCount) = (counts[3], counts[4], counts[5])
  }

  /// The bytes of the data after the header, whose times have 4 or 8 bytes.
  func dataByteCount(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + nameByteCount + leapCount * (timeSize + 4) + standardCount
      + universalCount
  }
}

/// Reads one RFC 3339 timestamp, from left to right.
struct RFC3339Reader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func instant() throws(InstantError) -> Instant {
    let days = try days()
    try separator(UInt8(ascii: "T"), or: UInt8(ascii: "t"), or: UInt8(ascii: " "))
    let (seconds, isLeapSecond) = try secondsOfDay()
    let fraction = try microseconds()
    let utc = days * 86_400 + seconds - (try offsetSeconds())
    guard position == bytes.count else { throw .trailingText(at: position) }
    // 23:59:60 was counted on into the next day, so the true leap second is a midnight.
    guard !isLeapSecond || utc % 86_400 == 0 else { throw .notALeapSecond }
    return Instant(microseconds: Int64(utc) * 1_000_000 + Int64(fraction))
  }

  private mutating func days() throws(InstantError) -> Int {
    let year = try digits(4, .year)
    try separator(UInt8(ascii: "-"))
    let month = try digits(2, .month, in: 1...12)
    try separator(UInt8(ascii: "-"))
    let day = try digits(2, .day)
    guard day >= 1, day <= ProlepticGregorian.daysInMonth(month, year: year) else {
      throw .noSuchDay(year: year, month: month, day: day)
    }
    return ProlepticGregorian.days(year: year, month: month, day: day)
  }

  private mutating func secondsOfDay() throws(InstantError) -> (seconds: Int, isLeapSecond: Bool) {
    let hour = try digits(2, .hour, in: 0...23)
    try separator(UInt8(ascii: ":"))
    let minute = try digits(2, .minute, in: 0...59)
    try separator(UInt8(ascii: ":"))
    let second = try digits(2, .second, in: 0...60)
    return (hour * 3600 + minute * 60 + second, second == 60)
  }

  /// The fraction of a second, if there is one, cut off after six digits.
  private mutating func microseconds() throws(InstantError) -> Int {
    guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return 0 }
    position += 1
    let start = position
    var fraction = 0
    var unit = 100_000
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 {
      fraction += Int(bytes[position] &- UInt8(ascii: "0")) * unit
      unit /= 10
      position += 1
    }
    guard position > start else { throw .expectedDigits(.fraction, at: position) }
    return fraction
  }

  private mutating func offsetSeconds() throws(InstantError) -> Int {
    guard position < bytes.count else { throw .missingOffset }
    let sign = bytes[position]
    position += 1
    if sign | 0x20 == UInt8(ascii: "z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .missingOffset }
    let hours = try digits(2, .offsetHour, in: 0...23)
    try separator(UInt8(ascii: ":"))
    let minutes = try digits(2, .offsetMinute, in: 0...59)
    return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }
}

// Inlined by force: with the counts known, the loop unrolls and reading a timestamp takes less than half the time.
extension RFC3339Reader {
  @inline(__always)
  private mutating func digits(
    _ count: Int, _ component: InstantError.Component, in range: ClosedRange<Int>
  ) throws(InstantError) -> Int {
    let number = try digits(count, component)
    guard range.contains(number) else { throw .outOfRange(component, found: number) }
    return number
  }

  @inline(__always)
  private mutating func digits(_ count: Int, _ component: InstantError.Component) throws(InstantError) -> Int {
    guard position + count <= bytes.count else { throw .expectedDigits(component, at: position) }
    var number = 0
    for index in position..<(position + count) {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { throw .expectedDigits(component, at: position) }
      number = number * 10 + Int(digit)
    }
    position += count
    return number
  }

  @inline(__always)
  private mutating func separator(_ byte: UInt8) throws(InstantError) {
    try separator(byte, or: byte, or: byte)
  }

  @inline(__always)
  private mutating func separator(_ byte: UInt8, or second: UInt8, or third: UInt8) throws(InstantError) {
    guard position < bytes.count, bytes[position] == byte || bytes[position] == second || bytes[position] == third
    else { throw .expectedSeparator(byte, at: position) }
    position += 1
  }
}

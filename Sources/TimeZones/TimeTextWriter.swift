import Events

/// Writes one time field by field.
struct TimeTextWriter {
  let civil: CivilDateTime
  /// Seconds ahead of UTC.
  let offset: Int

  func append(_ field: TimeField, to text: inout [UInt8]) {
    switch field {
    case .number(let part, let width): text += zeroPadded(value(part), width: width).utf8
    case .monthName: text += MonthName.all[civil.date.month - 1].utf8
    case .dayPeriod: text += (civil.hour < 12 ? "AM" : "PM").utf8
    case .fraction(let digits): text += (zeroPadded(civil.microsecond, width: 6) + "000").utf8.prefix(digits)
    case .offset(let withColon): text += offsetText(withColon: withColon).utf8
    case .literal(let byte): text.append(byte)
    }
  }

  private func value(_ part: TimeField.Part) -> Int {
    switch part {
    case .year: civil.date.year
    case .yearOfCentury: civil.date.year - floorQuotient(civil.date.year, 100) * 100
    case .month: civil.date.month
    case .day: civil.date.day
    case .hour: civil.hour
    case .hourOfHalfDay: (civil.hour + 11) % 12 + 1
    case .minute: civil.minute
    case .second: civil.second
    }
  }

  /// Offsets with seconds, found only before about 1970, are cut off to the minute: the notations have no seconds.
  private func offsetText(withColon: Bool) -> String {
    if withColon && offset == 0 { return "Z" }
    let minutes = abs(offset) / 60
    let parts = [zeroPadded(minutes / 60, width: 2), zeroPadded(minutes % 60, width: 2)]
    return (offset < 0 ? "-" : "+") + parts.joined(separator: withColon ? ":" : "")
  }
}

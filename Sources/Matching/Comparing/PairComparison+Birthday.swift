extension PairComparison {
  /// Nine in ten records of one person have the same birthday. In a household it is that of twins; between strangers a
  /// date one digit off is as common as some thirty other days.
  func birthday() -> Finding {
    guard a.birthday > 0, b.birthday > 0 else { return .none }
    if a.birthday == b.birthday {
      let share = population.birthdayShare(finder.birthdays.count(of: a.birthday))
      return Finding(weight: FieldWeight(person: 0.9, household: 0.01, strangers: share), reason: .sameBirthday)
    }
    switch slip() {
    case .oneDigit:
      return Finding(
        weight: FieldWeight(person: 0.05, household: 1 / 600, strangers: 1 / 600), reason: .birthdayOneDigitOff)
    case .transposed:
      return Finding(
        weight: FieldWeight(person: 0.02, household: 1 / 3_000, strangers: 1 / 3_000), reason: .birthdayTransposed)
    case nil:
      return Finding(weight: FieldWeight(person: 0.03, household: 1, strangers: 1), reason: nil)
    }
  }

  private func slip() -> DigitSlip? {
    if Self.areDayAndMonthSwapped(a.birthday, b.birthday) { return .transposed }
    return digitSlip(UInt64(a.birthday), UInt64(b.birthday))
  }

  private static func areDayAndMonthSwapped(_ a: UInt32, _ b: UInt32) -> Bool {
    a / 10_000 == b / 10_000 && a / 100 % 100 == b % 100 && a % 100 == b / 100 % 100
  }
}

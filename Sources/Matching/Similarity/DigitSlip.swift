/// How a number was mistyped.
enum DigitSlip {
  case oneDigit
  /// Two neighbouring digits are the other way round.
  case transposed
}

/// The single slip that makes one number of another; nil when there is none or more than one. O(digits).
func digitSlip(_ a: UInt64, _ b: UInt64) -> DigitSlip? {
  var (a, b) = (a, b)
  // The digits on the right are the same: off with them.
  while a != b, a % 10 == b % 10 { (a, b) = (a / 10, b / 10) }
  if a == b { return nil }
  if a / 10 == b / 10 { return .oneDigit }
  return a / 100 == b / 100 && a % 10 == b / 10 % 10 && b % 10 == a / 10 % 10 ? .transposed : nil
}

package import TimeZones

/// What an expression may know beside its record. There is no clock in it: an expression gives the same value for the
/// same input at any time.
package struct EvaluationContext: Sendable {
  /// Where days begin and where dates without an offset are understood.
  package var zone: TimeZone
  /// The line of the input at which the record begins, from 1; what `line()` gives.
  package var line: Int
  /// The name of the input; what `file()` gives.
  package var file: String
  /// A digest of bytes as hexadecimal text of 32 digits; what `hash(...)` gives for its encoded arguments.
  package var hash: @Sendable ([UInt8]) -> String

  package init(
    zone: TimeZone, line: Int = 0, file: String = "", hash: @escaping @Sendable ([UInt8]) -> String
  ) {
    self.zone = zone
    self.line = line
    self.file = file
    self.hash = hash
  }
}

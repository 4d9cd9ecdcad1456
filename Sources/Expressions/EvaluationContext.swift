package import Events
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
  /// When the record was received; what `received()` gives. Nil where nothing is received.
  package var received: Instant?
  /// The shop's currency; what `shop_currency()` gives.
  package var currency: Currency?
  /// The headers that came with the record, by their names in small letters; what `header(...)` gives.
  package var headers: [String: String] = [:]
  /// A digest of bytes as hexadecimal text of 32 digits; what `hash(...)` gives for its encoded arguments.
  package var hash: @Sendable ([UInt8]) -> String
  /// The value that a JSON text holds; what `json(...)` gives.
  package var readJSON: @Sendable (String) throws(EvaluationError) -> Value
  /// What happened on the way that the value does not tell.
  package let journal: EvaluationJournal

  package init(
    zone: TimeZone, line: Int = 0, file: String = "", received: Instant? = nil, currency: Currency? = nil,
    journal: EvaluationJournal = EvaluationJournal(), hash: @escaping @Sendable ([UInt8]) -> String,
    readJSON: @escaping @Sendable (String) throws(EvaluationError) -> Value = { (_) throws(EvaluationError) in
      throw EvaluationError("`json` is known in mappings only")
    }
  ) {
    self.zone = zone
    self.line = line
    self.file = file
    self.received = received
    self.currency = currency
    self.journal = journal
    self.hash = hash
    self.readJSON = readJSON
  }
}

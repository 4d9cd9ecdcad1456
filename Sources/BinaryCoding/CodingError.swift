/// A stored row that does not have the form its version promises: a damaged file, or a fault in the program.
public struct CodingError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }

  /// The row has fewer bytes than its form promises.
  @usableFromInline static func endsEarly(at offset: Int) -> CodingError {
    CodingError("a row ends early, at byte \(offset)")
  }

  /// What was read just before `offset` cannot be what it should be.
  @usableFromInline static func malformed(_ what: String, before offset: Int) -> CodingError {
    CodingError("\(what), before byte \(offset)")
  }
}

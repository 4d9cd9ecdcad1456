/// Why a pattern cannot be used.
struct PatternError: Error, CustomStringConvertible {
  let pattern: String
  let reason: String

  var description: String { "the pattern \(pattern) cannot be used: \(reason)" }
}

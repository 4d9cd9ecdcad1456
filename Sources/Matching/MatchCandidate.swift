/// Two records that are possibly of one person.
package struct MatchCandidate: Sendable, Hashable {
  /// The number of the record that was added first, from 0.
  package let first: Int
  /// The number of the other record; greater than `first`.
  package let second: Int
  /// The estimated probability that both are one person, 0...1, in steps of a millionth.
  package let score: Double
  /// What agrees, the strongest evidence first.
  package let reasons: [MatchReason]
}

extension MatchCandidate {
  /// The order in which an operator looks at them: best score first, then by the numbers of the records.
  static func isBefore(_ a: MatchCandidate, _ b: MatchCandidate) -> Bool {
    if a.score != b.score { return a.score > b.score }
    return (a.first, a.second) < (b.first, b.second)
  }
}

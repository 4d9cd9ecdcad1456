/// Something that two records agree on. A similarity is between 0 and 1, in hundredths.
package enum MatchReason: Sendable, Hashable {
  /// The same words in any order, apart from case and diacritics.
  case sameName
  /// Every word has a like one in the other name, but some are spelled differently.
  case similarName(Double)
  /// One name has words that the other lacks, and everything else agrees.
  case namePart
  /// Some words of the name agree and others do not.
  case sharedNameWord
  case sameBirthday
  case birthdayOneDigitOff
  /// Two neighbouring digits, or day and month, are the other way round.
  case birthdayTransposed
  case sameAddress
  case similarAddress(Double)
  /// The same name before the `@`, at whatever domain.
  case sameEmailName
  /// The same letters before the `@`; digits and punctuation differ.
  case sameEmailLetters
  /// At the same domain, one typing error apart.
  case similarEmail
  case samePhone
  /// One digit differs, or two neighbouring digits are the other way round.
  case similarPhone
}

extension MatchReason: CustomStringConvertible {
  /// Plain words for a table.
  package var description: String {
    switch self {
    case .sameName: "same name"
    case .similarName(let similarity): "similar name (\(percent(similarity)))"
    case .namePart: "one name is part of the other"
    case .sharedNameWord: "part of the name"
    case .sameBirthday: "same birthday"
    case .birthdayOneDigitOff: "birthday one digit off"
    case .birthdayTransposed: "birthday with digits swapped"
    case .sameAddress: "same address"
    case .similarAddress(let similarity): "similar address (\(percent(similarity)))"
    case .sameEmailName: "same e-mail name"
    case .sameEmailLetters: "e-mail name of the same letters"
    case .similarEmail: "e-mail one typing error off"
    case .samePhone: "same phone"
    case .similarPhone: "phone one digit off"
    }
  }
}

private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

/// The vocabularies of draft 2020-12 that change what is checked.
struct Vocabularies: OptionSet {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  static let applicator = Vocabularies(rawValue: 1)
  static let unevaluated = Vocabularies(rawValue: 2)
  static let validation = Vocabularies(rawValue: 4)
  static let formatAssertion = Vocabularies(rawValue: 8)

  /// What the draft's own metaschema declares.
  static let standard: Vocabularies = [.applicator, .unevaluated, .validation]

  /// The draft's own metaschema.
  static let metaschema = "https://json-schema.org/draft/2020-12/schema"

  private static let prefix = "https://json-schema.org/draft/2020-12/vocab/"

  /// Nil for a vocabulary that is not known here; empty for one that only annotates.
  init?(uri: String) {
    guard uri.hasPrefix(Self.prefix) else { return nil }
    switch uri.dropFirst(Self.prefix.count) {
    case "applicator": self = .applicator
    case "unevaluated": self = .unevaluated
    case "validation": self = .validation
    case "format-assertion": self = .formatAssertion
    case "core", "meta-data", "format-annotation", "content": self = []
    default: return nil
    }
  }
}

import Expressions

/// Which documents a rule is for.
enum KindSelector: Sendable, Equatable {
  /// Documents of every kind.
  case all
  case named([String])
  /// Documents of those kinds that no rule names.
  case otherwise
}

/// Which rules are asked for a document, looked up by what the document is called: a mapping has many rules, and a document
/// is the concern of few.
struct Dispatch: Sendable {
  /// What a document is called; nil where the mapping has one kind of documents only.
  let kind: Expression?
  /// The kinds that rules name, in the order of the file.
  let kinds: [String]
  private let rulesByKind: [String: [Int]]
  private let rulesOtherwise: [Int]
  private let skipsByKind: [String: [Int]]
  private let skipsOtherwise: [Int]
  private let takesUnknownKinds: Bool

  init(kind: Expression?, rules: [KindSelector], skips: [KindSelector]) {
    self.kind = kind
    var kinds: [String] = []
    for case .named(let names) in rules + skips { kinds += names.filter { !kinds.contains($0) } }
    self.kinds = kinds
    func indices(_ selectors: [KindSelector], for kind: String) -> [Int] {
      selectors.indices.filter { index in
        switch selectors[index] {
        case .all: true
        case .named(let names): names.contains(kind)
        case .otherwise: false
        }
      }
    }
    func unnamed(_ selectors: [KindSelector]) -> [Int] {
      selectors.indices.filter { selectors[$0] == .all || selectors[$0] == .otherwise }
    }
    rulesByKind = Dictionary(uniqueKeysWithValues: kinds.map { ($0, indices(rules, for: $0)) })
    skipsByKind = Dictionary(uniqueKeysWithValues: kinds.map { ($0, indices(skips, for: $0)) })
    rulesOtherwise = unnamed(rules)
    skipsOtherwise = unnamed(skips)
    takesUnknownKinds = kind == nil || rules.contains(.otherwise) || rules.contains(.all)
  }

  /// Places of the event rules and of the skip rules for a kind of documents; null is a kind that nothing names.
  func rules(for kind: String?) -> (events: [Int], skips: [Int]) {
    guard let kind, let events = rulesByKind[kind] else { return (rulesOtherwise, skipsOtherwise) }
    return (events, skipsByKind[kind] ?? [])
  }

  /// Why a document of that kind cannot be taken though nothing leaves it out; nil where it can.
  func refusal(of kind: String?) -> String? {
    if takesUnknownKinds || kind.map({ rulesByKind[$0] != nil }) ?? false { return nil }
    guard let kind else { return "nothing says what kind of document this is; see `kind` in the mapping" }
    let suggestion = nearestName(to: kind, in: kinds).map { "; the nearest kind is '\($0)'" }
    return "nothing takes documents of the kind '\(kind)'" + (suggestion ?? "")
  }
}

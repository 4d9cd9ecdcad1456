import Expressions
import ReadModels
import Schemas

/// A figure about the events of one type that needs no schema, by its name in listings and explanations:
/// `custom.quiz_finished` is how many there were, `custom.quiz_finished.first` and `.last` are when.
///
/// What a name means does not depend on which types there are: the last word, if it is that of a figure and another word
/// stands before it, is the figure. So a type that is itself called `custom.offer.last` is asked for with a figure behind:
/// `custom.offer.last.count`.
struct CustomEventField {
  enum Figure: String {
    case count, first, last
  }

  static let prefix = EventTypeName.customPrefix

  /// Of the type, without the prefix.
  let type: String
  let figure: Figure

  /// Nil where no type can be meant.
  init?(_ field: String) {
    guard field.hasPrefix(Self.prefix) else { return nil }
    let name = field.dropFirst(Self.prefix.count)
    if let point = name.lastIndex(of: "."), let figure = Figure(rawValue: String(name[name.index(after: point)...])) {
      self.figure = figure
      type = String(name[..<point])
    } else {
      figure = .count
      type = String(name)
    }
    guard EventTypeName.isValid(Self.prefix + type) else { return nil }
  }

  func value(_ events: CustomEvents) -> Value {
    let figures = events[type]
    return switch figure {
    case .count: Value(figures?.count ?? 0)
    case .first: Value(microseconds: figures?.first)
    case .last: Value(microseconds: figures?.last)
    }
  }

  /// The names of all figures about a type, as they are shown.
  static func names(ofType type: String) -> [String] {
    [Figure.count, .first, .last].map { "\(prefix)\(type).\($0.rawValue)" }
  }
}

extension Field where Row == FoundPerson {
  /// The field of that name, if it is one about events of a type that needs no schema.
  init?(custom name: String) {
    guard let custom = CustomEventField(name) else { return nil }
    let title = name.dropFirst(CustomEventField.prefix.count).uppercased()
    self.init(name, title, custom.figure == .count ? .count : .time) { custom.value($0.person.custom) }
  }
}

package import Events
import JSON

extension FoldedEvent {
  /// The identifier that a field of a decision names, `{type: value}`. Intake has brought the value to its one form.
  package func decided(_ field: StaticString) -> Identifier? {
    guard let named = data?[field] else { return nil }
    for (type, value) in named.members {
      return Identifier(
        type: String(decoding: type.bytes, as: UTF8.self), value: String(decoding: value.bytes, as: UTF8.self))
    }
    return nil
  }
}

import Expressions

/// Why a document could not be made into an event, and in which field of the mapping.
struct DocumentError: Error {
  let reason: String
  /// From the outermost field inwards: `data`, `items`, `[3]`, `price`.
  let place: [String]

  init(_ reason: String, at place: [String] = []) {
    self.reason = reason
    self.place = place
  }

  /// The same error, seen from the field around it.
  func within(_ field: String) -> DocumentError { DocumentError(reason, at: [field] + place) }

  /// `data.items[3].price: this is not a number: 'x', in ...`
  var message: String {
    guard let first = place.first else { return reason }
    let path = place.dropFirst().reduce(first) { $0 + ($1.hasPrefix("[") ? $1 : "." + $1) }
    return path + ": " + reason
  }
}

extension Expression {
  func value(at field: String, in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> Value {
    do {
      return try value(in: scope, context)
    } catch {
      throw DocumentError(error.description, at: [field])
    }
  }

  func isTrue(at field: String, in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> Bool {
    do {
      return try isTrue(in: scope, context)
    } catch {
      throw DocumentError(error.description, at: [field])
    }
  }

  /// The elements of a list; none for null.
  func elements(at field: String, in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> [Value] {
    let value = try value(at: field, in: scope, context)
    switch value {
    case .null: return []
    case .list(let elements): return elements
    default: throw DocumentError("expected a list, found \(value.kindName): \(value)", at: [field])
    }
  }
}

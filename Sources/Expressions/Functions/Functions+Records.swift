extension Function {
  static let records: [Function] = [
    Function(
      "json(text)", 1...1,
      "The record, list or value that a JSON text holds; null for null and for the empty text.",
      .values { (arguments, context) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        if case .record = arguments[0] { return arguments[0] }
        if case .list = arguments[0] { return arguments[0] }
        let text = try arguments.text(0)
        return trimmed(text).isEmpty ? .null : try context.readJSON(text)
      }),
    Function(
      "without(record, name, ...)", 2...unlimited, "The record without the fields of these names.",
      .values { (arguments, _) throws(EvaluationError) in
        guard let record = try record(arguments) else { return .null }
        var left: Set<String> = []
        for index in 1..<arguments.count { left.insert(try arguments.text(index)) }
        var fields: [(String, Value)] = []
        record.forEachField { name, value in if !left.contains(name) { fields.append((name, value)) } }
        return .record(FieldList(fields))
      }),
    Function(
      "scalars(record)", 1...1,
      "The record's fields as texts, numbers and truth values: those of records within as `outer.inner`, a list of such values as one text joined by `, `.",
      .values { (arguments, _) throws(EvaluationError) in
        guard let record = try record(arguments) else { return .null }
        return .record(FieldList(flattened(record, prefix: "", depth: 1)))
      }),
  ]

  /// Nil for null.
  private static func record(_ arguments: Arguments) throws(EvaluationError) -> (any Record)? {
    switch arguments[0] {
    case .null: return nil
    case .record(let record): return record
    default: throw EvaluationError("expected a record", value: arguments[0])
    }
  }

  /// Deeper records are left out.
  private static let depthMax = 8

  private static func flattened(_ record: any Record, prefix: String, depth: Int) -> [(String, Value)] {
    guard depth <= depthMax else { return [] }
    var fields: [(String, Value)] = []
    record.forEachField { name, value in
      switch value {
      case .null: break
      case .record(let inner): fields += flattened(inner, prefix: prefix + name + ".", depth: depth + 1)
      case .list(let elements):
        let texts = elements.compactMap(\.plainText)
        if !texts.isEmpty { fields.append((prefix + name, .text(texts.joined(separator: ", ")))) }
      default: fields.append((prefix + name, value))
      }
    }
    return fields
  }
}

/// A record that an expression made.
final class FieldList: Record {
  private let fields: [(name: String, value: Value)]

  init(_ fields: [(String, Value)]) { self.fields = fields.map { (name: $0.0, value: $0.1) } }

  var names: [String] { fields.map(\.name) }
  var isEmpty: Bool { fields.isEmpty }

  func forEachField(_ body: (String, Value) throws -> Void) rethrows {
    for (name, value) in fields { try body(name, value) }
  }

  func value(named name: String) -> Value { fields.first { $0.name == name }?.value ?? .null }
}

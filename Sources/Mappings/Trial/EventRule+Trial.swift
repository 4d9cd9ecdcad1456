import Expressions
import JSON

extension EventRule {
  /// The ways of the values of each event that the rule makes.
  func trials(in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> [EventTrial] {
    guard let each else { return try trial(in: scope, context).map { [$0] } ?? [] }
    var trials: [EventTrial] = []
    for element in try each.elements(at: "each", in: scope, context) {
      if let trial = try trial(in: Scope(element, parent: scope), context) { trials.append(trial) }
    }
    return trials
  }

  private func trial(in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> EventTrial? {
    if let condition, try !condition.isTrue(at: "when", in: scope, context) { return nil }
    var fields: [EventTrial.Field] = []
    for (name, scalar) in envelope.fields { try scalar.collect(name, in: scope, context, into: &fields) }
    for (name, scalar) in ids { try scalar.collect("ids." + name.text, in: scope, context, into: &fields) }
    try data?.collect("data", in: scope, context, into: &fields)
    return EventTrial(fields: fields)
  }
}

extension Envelope {
  fileprivate var fields: [(String, Scalar)] {
    let all: [(String, Scalar?)] = [
      ("id", id), ("type", type), ("version", version), ("time", time), ("source", source), ("channel", channel),
      ("store", store), ("backfill", backfill),
    ]
    return all.compactMap { name, scalar in scalar.map { (name, $0) } }
  }
}

extension Scalar {
  fileprivate var origin: String {
    switch self {
    case .constant(let constant): constant.text
    case .expression(let expression), .documentExpression(let expression): "=" + expression.source
    }
  }

  fileprivate func collect(
    _ path: String, in scope: Scope, _ context: EvaluationContext, into fields: inout [EventTrial.Field]
  ) throws(DocumentError) {
    let output = try filled(in: scope, context)
    if output.isEmpty { return }
    var writer = JSONWriter()
    writer.write(output)
    fields.append(EventTrial.Field(path: path, value: writer.text, origin: origin))
  }
}

extension Template {
  fileprivate func collect(
    _ path: String, in scope: Scope, _ context: EvaluationContext, into fields: inout [EventTrial.Field]
  ) throws(DocumentError) {
    switch self {
    case .scalar(let scalar): try scalar.collect(path, in: scope, context, into: &fields)
    case .object(let members):
      for member in members {
        try member.value.collect(path + "." + member.name.text, in: scope, context, into: &fields)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        try element.collect(path + "[\(index)]", in: scope, context, into: &fields)
      }
    case .each(let list, let condition, let template):
      var index = 0
      for element in try list.elements(at: "each", in: scope, context) {
        let inner = Scope(element, parent: scope)
        if let condition, try !condition.isTrue(at: "when", in: inner, context) { continue }
        try template.collect(path + "[\(index)]", in: inner, context, into: &fields)
        index += 1
      }
    }
  }
}

import Expressions

extension Template {
  /// The template with the values of a document. Everything is evaluated before anything is written, so that what is
  /// empty can be left out together with its key.
  func filled(in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> Output {
    switch self {
    case .scalar(let scalar): return try scalar.filled(in: scope, context)
    case .object(let members): return .object(try Self.filled(members, in: scope, context))
    case .array(let elements): return .array(try Self.filled(elements, in: scope, context))
    case .each(let list, let condition, let element):
      return .array(try Self.filled(list, condition, element, in: scope, context))
    }
  }

  private static func filled(
    _ members: [(name: String, value: Template)], in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> [(name: String, value: Output)] {
    var outputs: [(name: String, value: Output)] = []
    outputs.reserveCapacity(members.count)
    for (name, template) in members {
      do {
        let output = try template.filled(in: scope, context)
        if !output.isEmpty { outputs.append((name, output)) }
      } catch {
        throw error.within(name)
      }
    }
    return outputs
  }

  private static func filled(
    _ elements: [Template], in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> [Output] {
    var outputs: [Output] = []
    for (index, element) in elements.enumerated() {
      do {
        let output = try element.filled(in: scope, context)
        if !output.isEmpty { outputs.append(output) }
      } catch {
        throw error.within("[\(index)]")
      }
    }
    return outputs
  }

  private static func filled(
    _ list: Expression, _ condition: Expression?, _ element: Template, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> [Output] {
    let elements = try list.elements(at: "each", in: scope, context)
    var outputs: [Output] = []
    outputs.reserveCapacity(elements.count)
    for (index, value) in elements.enumerated() {
      do {
        let inner = Scope(value, parent: scope)
        if let condition, try !condition.isTrue(at: "when", in: inner, context) { continue }
        let output = try element.filled(in: inner, context)
        if !output.isEmpty { outputs.append(output) }
      } catch {
        throw error.within("[\(index)]")
      }
    }
    return outputs
  }
}

extension Scalar {
  func filled(in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> Output {
    switch self {
    case .constant(let constant): return .constant(constant)
    case .expression(let expression), .documentExpression(let expression):
      do {
        return .value(try expression.value(in: scope, context))
      } catch {
        throw DocumentError(error.description)
      }
    }
  }
}

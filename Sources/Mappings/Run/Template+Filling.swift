import Expressions
import JSON

extension Template {
  /// Writes the template with the values of a document. Where there is nothing to say, nothing is written and the answer is
  /// false, so that the key before it can be taken back; of a template that throws a part may stand in the writer.
  func write(
    to writer: inout JSONWriter, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> Bool {
    switch self {
    case .scalar(let scalar):
      let output = try scalar.filled(in: scope, context)
      if output.isEmpty { return false }
      writer.write(output)
      return true
    case .object(let members): return try Self.write(members, to: &writer, in: scope, context)
    case .array(let elements):
      writer.beginArray()
      for (index, element) in elements.enumerated() {
        do { _ = try element.write(to: &writer, in: scope, context) } catch { throw error.within("[\(index)]") }
      }
    case .each(let list, let condition, let element):
      writer.beginArray()
      for (index, value) in try list.elements(at: "each", in: scope, context).enumerated() {
        do throws(DocumentError) {
          let inner = Scope(value, parent: scope)
          if let condition, try !condition.isTrue(at: "when", in: inner, context) { continue }
          guard writer.bytes.count <= MappedEvent.bytesMax else {
            throw DocumentError("the event grows beyond \(MappedEvent.bytesMax >> 10) KiB")
          }
          _ = try element.write(to: &writer, in: inner, context)
        } catch {
          throw error.within("[\(index)]")
        }
      }
    }
    writer.endArray()
    return true
  }

  private static func write(
    _ members: [Member], to writer: inout JSONWriter, in scope: Scope,
    _ context: EvaluationContext
  ) throws(DocumentError) -> Bool {
    let start = writer.mark
    writer.beginObject()
    var isEmpty = true
    for member in members {
      let mark = writer.mark
      writer.key(member.name)
      do {
        if try member.value.write(to: &writer, in: scope, context) {
          isEmpty = false
        } else {
          writer.takeBack(to: mark)
        }
      } catch {
        throw error.within(member.name.text)
      }
    }
    if isEmpty { writer.takeBack(to: start) } else { writer.endObject() }
    return !isEmpty
  }
}

extension Scalar {
  func filled(in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> Output {
    do {
      switch self {
      case .constant(let constant): return .constant(constant)
      case .expression(let expression): return .value(try expression.value(in: scope, context))
      case .documentExpression(let expression): return .value(try expression.value(in: scope.document, context))
      }
    } catch {
      throw DocumentError(error.description)
    }
  }
}

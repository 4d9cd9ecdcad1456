import Events
import Expressions
import JSON
import TimeZones

extension Envelope {
  /// Writes the fields up to `store`, in the order of the envelope. Returns whether the time is that of the delivery.
  func write(
    to writer: inout JSONWriter, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> Bool {
    writer.key("id")
    writer.value(try id.requiredText("id", in: scope, context))
    writer.key("type")
    writer.value(try type.requiredText("type", in: scope, context))
    if let version = try version?.text("version", in: scope, context) {
      guard let number = Int(version), number >= 1 else {
        throw DocumentError("expected an integer from 1, found '\(version)'", at: ["version"])
      }
      writer.key("version")
      writer.value(number)
    }
    writer.key("time")
    _ = context.journal.takeArrival()
    writer.value(try time.instant("time", in: scope, context).rfc3339)
    let timeIsArrival = context.journal.takeArrival()
    writer.key("source")
    writer.value(try source.requiredText("source", in: scope, context))
    writer.key("channel")
    writer.value(try channel.requiredText("channel", in: scope, context))
    guard let store = try store?.text("store", in: scope, context) else { return timeIsArrival }
    writer.key("store")
    writer.value(store)
    return timeIsArrival
  }
}

extension Scalar {
  /// The name of the field is only made where something is wrong with it.
  private func value(
    _ field: @autoclosure () -> String, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> Value {
    do {
      switch self {
      case .constant(let constant): return .text(constant.text)
      case .expression(let expression): return try expression.value(in: scope, context)
      case .documentExpression(let expression): return try expression.value(in: scope.document, context)
      }
    } catch {
      throw DocumentError(error.description, at: [field()])
    }
  }

  /// The value as text; nil for null and for the empty text.
  func text(
    _ field: @autoclosure () -> String, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> String? {
    let value = try value(field(), in: scope, context)
    if value.isNull { return nil }
    guard let text = value.plainText else {
      throw DocumentError("expected a text, found \(value.kindName)", at: [field()])
    }
    return text.isEmpty ? nil : text
  }

  func requiredText(
    _ field: String, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> String {
    guard let text = try text(field, in: scope, context) else {
      throw DocumentError("this field must have a value, and here it is empty", at: [field])
    }
    return text
  }

  func flag(_ field: String, in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> Bool? {
    switch try text(field, in: scope, context) {
    case nil: return nil
    case "true": return true
    case "false": return false
    case let text?: throw DocumentError("expected true or false, found '\(text)'", at: [field])
    }
  }

  /// An instant, the first instant of a day, or what a text says in RFC 3339.
  func instant(
    _ field: String, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) -> Instant {
    let value = try value(field, in: scope, context)
    switch value {
    case .instant(let instant): return instant
    case .day(let day): return context.zone.startOfDay(day)
    case .text(let text) where !text.isEmpty:
      do {
        return try Instant(rfc3339: text)
      } catch {
        throw DocumentError("'\(text)' is no instant: \(error); or read it with `date(...)`", at: [field])
      }
    case .null, .text: throw DocumentError("this field must have a value, and here it is empty", at: [field])
    default:
      throw DocumentError("expected an instant, found \(value.kindName): \(value); see `epoch_seconds`", at: [field])
    }
  }
}

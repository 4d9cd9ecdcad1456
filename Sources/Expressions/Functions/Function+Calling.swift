import Events
import TimeZones

extension Function {
  func call(_ nodes: [Node], _ scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    switch form {
    case .lazy(let body): return try body(nodes, scope, context)
    case .values(let body):
      var values: [Value] = []
      values.reserveCapacity(nodes.count)
      for node in nodes { values.append(try node.value(in: scope, context)) }
      return try body(Arguments(values: values), context)
    case .aggregate, .date, .isoDate, .valueMap: return .null  // the parser gives each of these a node of its own
    }
  }
}

extension Node {
  static func date(_ value: Value, _ form: DateForm, _ zone: TimeZone) throws(EvaluationError) -> Value {
    switch value {
    case .null: return .null
    case .instant: return value
    case .list, .record, .bool: throw EvaluationError("expected a text to read a date from", value: value)
    default: break
    }
    let text = value.plainText ?? ""
    return text.isEmpty ? .null : .instant(try instant(text, form, zone))
  }

  private static func instant(
    _ text: String, _ form: DateForm, _ zone: TimeZone
  ) throws(EvaluationError) -> Instant {
    do {
      switch form {
      case .rfc3339: return try instant(rfc3339: text)
      case .pattern(let format): return try format.parse(text, in: zone)
      case .iso:
        if let instant = Instant(strict: text) { return instant }
        return try iso(text, zone)
      }
    } catch let error as EvaluationError {
      throw error
    } catch {
      throw EvaluationError("\(error)", value: .text(text))
    }
  }

  private static func iso(_ text: String, _ zone: TimeZone) throws(EvaluationError) -> Instant {
    do {
      return try ISODateTime.instant(of: text, in: zone)
    } catch {
      throw EvaluationError(
        "this is no ISO 8601 date-time; another form is read by `date(text, 'dd/MM/yyyy HH:mm')`", value: .text(text))
    }
  }

  private static func instant(rfc3339 text: String) throws(EvaluationError) -> Instant {
    do {
      return try Instant(rfc3339: text)
    } catch {
      throw EvaluationError(error.description, value: .text(text))
    }
  }
}

extension Instant {
  /// By far the most frequent form of ISO 8601 is that of RFC 3339, which is read faster.
  fileprivate init?(strict text: String) {
    do { try self.init(rfc3339: text) } catch { return nil }
  }
}

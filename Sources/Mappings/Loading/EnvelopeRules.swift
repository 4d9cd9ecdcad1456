import Events

/// What is known of an envelope's fields before there is an event. Intake checks every event by its schema; here a
/// constant that could never pass is found when the mapping is loaded.
enum EnvelopeRules {
  private static let channels = [
    "web", "app", "pos", "marketplace", "social", "chat", "email", "sms", "push", "phone", "support", "crm",
  ]

  /// What is wrong with a constant, or nil.
  static func mistake(in constant: Constant, of field: String) -> String? {
    let text = constant.text
    switch field {
    case "id": return "every event would have the same id; begin an expression with `=`"
    case "type": return isType(text) ? nil : "`\(text)` is no event type; write one such as `order.placed`"
    case "channel":
      return channels.contains(text)
        ? nil : "`\(text)` is no value of `channel`; its values are \(channels.joined(separator: ", "))"
    case "time": return timeMistake(text)
    case "version": return Int(text).map { $0 >= 1 } == true ? nil : "expected an integer from 1 as `version`"
    case "source": return (1...100).contains(text.count) ? nil : "a source has 1 to 100 characters"
    case "backfill":
      if case .bool = constant { return nil }
      return "expected true or false as `backfill`"
    default: return nil
    }
  }

  /// Words of small letters, digits and `_`, joined by points; the first begins with a letter.
  private static func isType(_ text: String) -> Bool {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count > 1, let first = text.unicodeScalars.first, ("a"..."z").contains(first) else { return false }
    return words.allSatisfy { word in
      !word.isEmpty
        && word.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
    }
  }

  private static func timeMistake(_ text: String) -> String? {
    do {
      _ = try Instant(rfc3339: text)
      return nil
    } catch {
      return "`\(text)` is no instant: \(error)"
    }
  }
}

import Events
import UnicodeText

extension Function {
  static let origins: [Function] = [
    Function(
      "hash(value, ...)", 1...unlimited,
      "32 hexadecimal digits that depend on nothing but the values: an id for a record that has none.",
      .values { (arguments, context) throws(EvaluationError) in
        var encoding = HashEncoding()
        for value in arguments.values { encoding.append(value) }
        return .text(context.hash(encoding.bytes))
      }),
    Function(
      "received()", 0...0,
      "When the document was received. For the `time` of documents that name none: an event with this time is known again when it is delivered again.",
      .values { (_, context) throws(EvaluationError) in
        guard let received = context.received else {
          throw EvaluationError("`received` is known in mappings only")
        }
        context.journal.noteArrival()
        return .instant(received)
      }),
    Function(
      "arrival(instant)", 1...1,
      "The instant, marked as one that depends on the delivery: an event with this time is known again when it is delivered again.",
      .values { (arguments, context) throws(EvaluationError) in
        if !arguments.startWithNull { context.journal.noteArrival() }
        return arguments[0]
      }),
    Function(
      "header(name)", 1...1,
      "A header that came with the body, letter case ignored; null where there is none.",
      .values { (arguments, context) throws(EvaluationError) in
        context.headers[try arguments.text(0).lowercased()].map { .text($0) } ?? .null
      }),
    Function(
      "shop_currency()", 0...0, "The currency that the shop's configuration names, else null.",
      .values { (_, context) throws(EvaluationError) in context.currency.map { .text($0.code) } ?? .null }),
    Function(
      "line()", 0...0, "The line of the input at which the document begins, from 1.",
      .values { (_, context) throws(EvaluationError) in .number(.init(Int64(context.line))) }),
    Function(
      "file()", 0...0, "The name of the input.",
      .values { (_, context) throws(EvaluationError) in .text(context.file) }),
  ]
}

/// The bytes that stand for values in `hash`: for each a letter for its kind, the length of its content as eight bytes
/// (big-endian), and the content. Different values never have the same bytes.
///
/// Content: texts in NFC; numbers, instants and days as `text(...)` writes them; lists and records (`f` name, then
/// value, in the record's order) as the encodings of their parts.
struct HashEncoding {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: Value) {
    switch value {
    case .null: append("n", [])
    case .bool: append("b", Array((value.plainText ?? "").utf8))
    case .number: append("d", Array((value.plainText ?? "").utf8))
    case .text(let text): append("t", Array(nfc(text).utf8))
    case .instant: append("i", Array((value.plainText ?? "").utf8))
    case .day: append("c", Array((value.plainText ?? "").utf8))
    case .list(let elements): append("l", Self.encoding { for element in elements { $0.append(element) } })
    case .record(let record): append("r", Self.encoding { $0.append(fieldsOf: record) })
    }
  }

  private mutating func append(fieldsOf record: any Record) {
    record.forEachField { name, value in
      append("f", Array(nfc(name).utf8))
      append(value)
    }
  }

  private static func encoding(_ fill: (inout HashEncoding) -> Void) -> [UInt8] {
    var encoding = HashEncoding()
    fill(&encoding)
    return encoding.bytes
  }

  private mutating func append(_ kind: Unicode.Scalar, _ content: [UInt8]) {
    bytes.append(UInt8(ascii: kind))
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: content.count >> shift))
    }
    bytes.append(contentsOf: content)
  }
}

import Events
import Expressions
import JSON
import TimeZones

extension FuzzTarget {
  /// Filters of lists. One that is accepted has a normal form, which means the same, and is evaluated.
  static let filter = FuzzTarget(name: "filter") {
    let context = EvaluationContext(
      zone: try TimeZone(identifier: "Asia/Ho_Chi_Minh"), received: EventJudge.now, currency: Currency("VND")
    ) { "\($0.count)" }
    return { input in
      guard let filter = try? Expression(input.text) else { return }
      let again: Expression
      do {
        again = try Expression(filter.description)
      } catch {
        throw BrokenPromise("the normal form \(filter) is refused: \(error)")
      }
      try promise(again.description == filter.description, "\(filter) has the normal form \(again)")
      let values = [filter, again].map { Outcome($0, context) }
      try promise(values[0] == values[1], "\(filter.source) and its normal form \(filter) give \(values)")
    }
  } seeds: {
    let mappings = ProjectFiles.paths(below: "schemas/channels", ending: ".yaml").flatMap { path in
      ProjectFiles.bytes(path).split(separator: 0x0A).compactMap { line in
        line.firstIndex(of: 0x3A).map { Array(line[($0 + 1)...].drop { $0 == 0x20 || $0 == 0x22 }) }
      }
    }
    let calls = Function.all.map { Array($0.signature.filter { $0 != "[" && $0 != "]" }.utf8) }
    return filters.map { Array($0.utf8) } + calls + mappings.filter { (try? Expression($0.text)) != nil }
  }

  private static let filters = [
    "orders.count >= 3 and not (text = 'x' or day < today)", "sum(list, total) / 3 * -1.5 - 7", "email.opened is null",
    "case when flag then 1 else 2 end", "total in (1, 2.50, 'x')", "date(text, 'dd/MM/yyyy') + 3 days > at",
    "list[0].n = list.count", "map(text, 'a': 1, 'b': 2)", "any(list, n > 1) or all(list, n is not null)",
  ]
}

/// What an expression gives, or why it gives nothing.
private struct Outcome: Equatable {
  private let text: String

  init(_ expression: Expression, _ context: EvaluationContext) {
    do {
      let value = try expression.value(of: ExampleRecord(), in: context)
      text = value.plainText ?? "\(value)"
    } catch {
      text = "refused"
    }
  }
}

/// A record with a field of each kind.
private final class ExampleRecord: Record {
  private let fields: [String: Value] = [
    "text": .text("Cà phê 12/03/2026"), "flag": .bool(true), "total": .number(ExactDecimal("12.50") ?? .zero),
    "large": .number(ExactDecimal("9e37") ?? .zero), "at": .instant(EventJudge.now),
    "day": .day(CivilDate(daysSinceEpoch: 20_000)), "json": .text(#"{"a":[1,2]}"#),
    "list": .list([.number(.zero), .text("b"), .null, .record(ElementRecord())]), "orders": .record(ElementRecord()),
  ]

  func value(named name: String) -> Value { fields[name] ?? .null }
  var names: [String] { fields.keys.sorted() }
}

/// An element of its list.
private final class ElementRecord: Record {
  func value(named name: String) -> Value {
    switch name {
    case "n", "count": .number(ExactDecimal("3") ?? .zero)
    case "sku", "name": .text("a-b")
    default: .null
    }
  }

  var names: [String] { ["n", "sku"] }
}

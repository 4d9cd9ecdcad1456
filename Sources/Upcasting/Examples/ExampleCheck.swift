import Events
import JSON
import Schemas

/// Checks the examples of one upcaster: what an event becomes, and that all events obey their schemas.
struct ExampleCheck {
  private let upcaster: Upcaster
  private let name: String
  private let catalogue: SchemaCatalogue
  /// Knows no upcasters, so what the one makes is led no further.
  private let upcasting = Upcasting(Upcasters())

  /// - Parameter name: of the file of examples.
  init(_ upcaster: Upcaster, name: String, _ catalogue: SchemaCatalogue) {
    self.upcaster = upcaster
    self.name = name
    self.catalogue = catalogue
  }

  /// Throws at the first example that fails, and where there is none. O(examples).
  func check(_ text: String) throws(UpcasterError) {
    var count = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { !$0.isWhitespace }) {
      try check(line, number: index + 1)
      count += 1
    }
    guard count > 0 else {
      throw UpcasterError(
        file: name, pointer: "", reason: "there is no example",
        remedy: "write at least one line {\"before\": event, \"after\": [event]}")
    }
  }

  private func check(_ line: Substring, number: Int) throws(UpcasterError) {
    let parser = JSONParser()
    let mistake = Mistakes(file: name, line: number)
    let (before, after) = try parts(of: line, parser, mistake)
    try checkBefore(before, mistake)
    for (index, event) in after.enumerated() { try checkSchema(event, mistake, "/after/\(index)") }
    try compare(before, after, mistake)
    withExtendedLifetime(parser) {}
  }

  private func parts(
    of line: Substring, _ parser: JSONParser, _ mistake: Mistakes
  ) throws(UpcasterError) -> (before: JSONValue, after: [JSONValue]) {
    let root: JSONValue
    do { root = try parser.parse(line.utf8) } catch { throw mistake.error("", "\(error)", "correct the JSON") }
    guard root.count == 2, let before = root["before"], before.kind == .object, let after = root["after"],
      after.kind == .array
    else {
      throw mistake.error("", "this is no example", "write {\"before\": event, \"after\": [event]} and nothing else")
    }
    return (before, Array(after.elements))
  }

  private func checkBefore(_ event: JSONValue, _ mistake: Mistakes) throws(UpcasterError) {
    guard event["type"]?.string == upcaster.type, Self.version(of: event) == upcaster.from else {
      throw mistake.error(
        "/before", "the upcaster takes \(upcaster.type) of version \(upcaster.from), and this is another event",
        "correct type or version")
    }
    try checkSchema(event, mistake, "/before")
  }

  private func checkSchema(_ event: JSONValue, _ mistake: Mistakes, _ pointer: String) throws(UpcasterError) {
    if let violation = catalogue.envelope.errors(of: event, limit: 1, pointerPrefix: pointer).first {
      throw mistake.error(violation.pointer, "by the envelope, \(violation.message)", "correct the event")
    }
    var type = event["type"]?.string ?? ""
    let version = Self.version(of: event) ?? 0
    guard let schema = type.withUTF8({ catalogue.schema(type: $0, version: version) }) else {
      throw mistake.error(pointer, "there is no schema of \(type), version \(version)", "correct type or version")
    }
    guard let data = event["data"] else { throw mistake.error(pointer, "the event has no data", "write \"data\"") }
    let context = ValidationContext(currencyExponent: data["currency"].flatMap { Currency(utf8: $0.bytes) }?.exponent)
    guard let violation = schema.errors(of: data, context: context, limit: 1, pointerPrefix: pointer + "/data").first
    else { return }
    throw mistake.error(
      violation.pointer, "by the schema of \(type), version \(version), \(violation.message)",
      "correct the upcaster or the example")
  }

  private static func version(of event: JSONValue) -> Int? {
    guard let version = event["version"] else { return 1 }
    return version.numberText.flatMap(Int.init)
  }

  private func compare(_ before: JSONValue, _ after: [JSONValue], _ mistake: Mistakes) throws(UpcasterError) {
    let remedy = "correct the upcaster or the example"
    var index = 0
    do {
      try upcasting.lead(before, by: upcaster) { event, _ in
        guard index < after.count else {
          throw mistake.error(
            "/after", "the upcaster makes more than \(counted(after.count)), next \(event["type"]?.string ?? "")",
            remedy)
        }
        if let difference = Difference(event, after[index], at: "/after/\(index)") {
          throw mistake.error(difference.pointer, difference.reason, remedy)
        }
        index += 1
      }
    } catch let error as UpcasterError {
      throw error
    } catch {
      throw mistake.error("/before", "\(error)", remedy)
    }
    guard index == after.count else {
      throw mistake.error("/after/\(index)", "the upcaster makes no such event, only \(counted(index))", remedy)
    }
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 event" : "\(count) events" }
}

/// Mistakes of one line.
struct Mistakes {
  let file: String
  let line: Int

  func error(_ pointer: String, _ reason: String, _ remedy: String) -> UpcasterError {
    UpcasterError(file: file, line: line, pointer: pointer, reason: reason, remedy: remedy)
  }
}

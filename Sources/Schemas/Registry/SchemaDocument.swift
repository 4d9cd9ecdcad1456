import JSON

/// The parsed text of one schema file.
///
/// Sendable: the parser is private and parses exactly once, in `init`, so the tape never changes afterwards.
final class SchemaDocument: @unchecked Sendable {
  let root: JSONValue
  private let parser: JSONParser

  init(_ bytes: some Sequence<UInt8>) throws(JSONError) {
    let parser = JSONParser()
    root = try parser.parse(bytes)
    self.parser = parser
  }
}

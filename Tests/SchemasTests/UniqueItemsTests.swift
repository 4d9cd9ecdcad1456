import Schemas
import Testing

@Suite struct UniqueItemsTests {
  private let schema: CompiledSchema

  init() throws { schema = try compiled(#"{"uniqueItems":true}"#) }

  @Test("A duplicate is found wherever it stands, in short arrays and in long ones", arguments: [7, 8, 9] as [UInt64])
  func duplicates(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      var items = (0..<Int.random(in: 1...60, using: &random)).map(distinct)
      #expect(try schema.accepts("[\(items.joined(separator: ","))]"), "seed \(seed)")
      let original = Int.random(in: 0..<items.count, using: &random)
      items.insert(sameValue(original), at: Int.random(in: 0...items.count, using: &random))
      #expect(try !schema.accepts("[\(items.joined(separator: ","))]"), "seed \(seed): \(items)")
    }
  }

  private func distinct(_ index: Int) -> String {
    switch index % 4 {
    case 0: "\(index)"
    case 1: "\"\(index)\""
    case 2: #"{"a":\#(index),"b":[null]}"#
    default: "[\(index),true]"
    }
  }

  /// The same value as `distinct(index)`, written otherwise.
  private func sameValue(_ index: Int) -> String {
    switch index % 4 {
    case 0: "\(index).0"
    case 1: "\"\\u003\("\(index)".first ?? "0")\("\(index)".dropFirst())\""
    case 2: #"{"b":[null],"a":\#(index)e0}"#
    default: "[\(index).00, true]"
    }
  }
}

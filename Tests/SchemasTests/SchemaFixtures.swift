import JSON
import Schemas
import Testing

/// Compiles a schema given as text.
func compiled(_ schema: String, formats: FormatMeaning = .assertion) throws -> CompiledSchema {
  let registry = SchemaRegistry()
  try registry.register(schema.utf8, uri: "urn:test")
  return try registry.compile("urn:test", formats: formats)
}

extension CompiledSchema {
  /// The verdict on a document given as text, after making sure that the report agrees with it.
  func accepts(_ document: String, _ context: ValidationContext = ValidationContext()) throws -> Bool {
    let parser = JSONParser()
    let value = try parser.parse(document.utf8)
    let isValid = isValid(value, context: context)
    #expect(errors(of: value, context: context).isEmpty == isValid, "report and verdict differ for \(document)")
    return isValid
  }

  func errors(of document: String, limit: Int = 16, pointerPrefix: String = "") throws -> [SchemaViolation] {
    let parser = JSONParser()
    return errors(of: try parser.parse(document.utf8), limit: limit, pointerPrefix: pointerPrefix)
  }
}

/// SplitMix64: the same seed gives the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

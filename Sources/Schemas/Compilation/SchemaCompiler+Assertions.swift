import JSON

/// The validation vocabulary (draft 2020-12, validation section 6), without `required`, which goes with the members.
extension SchemaCompiler {
  func assertions(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    var keywords: [Keyword] = []
    if let mask = try typeMask(schema) { keywords.append(.type(mask)) }
    if let value = schema["const"] { keywords.append(.constant(append(value, to: \.constants))) }
    if let values = try schema.array("enum") { keywords.append(enumeration(values)) }
    keywords += try numericAssertions(schema)
    keywords += try sizeAssertions(schema)
    if let text = try schema.string("pattern") {
      keywords.append(.pattern(try pattern(text, at: schema.at("pattern"))))
    }
    if try schema.bool("uniqueItems") == true { keywords.append(.uniqueElements) }
    return keywords
  }

  private func typeMask(_ schema: SchemaKeywords) throws(SchemaCompileError) -> TypeMask? {
    guard let value = schema["type"] else { return nil }
    let place = schema.at("type")
    if let name = value.string { return try typeMask(name, at: place) }
    let names = try schema.names(value, at: place)
    if names.isEmpty { throw place.error("type must name at least one type") }
    var mask: TypeMask = []
    for name in names { mask.formUnion(try typeMask(String(decoding: name, as: UTF8.self), at: place)) }
    return mask
  }

  private func typeMask(_ name: String, at place: SchemaLocation) throws(SchemaCompileError) -> TypeMask {
    guard let mask = TypeMask(name: name) else { throw place.error("there is no type \"\(name)\"") }
    return mask
  }

  private func enumeration(_ values: JSONValue) -> Keyword {
    if values.elements.allSatisfy({ $0.kind == .string }) {
      return .enumerationOfNames(append(values.elements.map(\.bytes), to: \.names))
    }
    return .enumeration(append(Array(values.elements), to: \.constants))
  }

  private func numericAssertions(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    var keywords: [Keyword] = []
    let bounds: [(String, Bound)] = [
      ("minimum", .minimum), ("maximum", .maximum), ("exclusiveMinimum", .exclusiveMinimum),
      ("exclusiveMaximum", .exclusiveMaximum),
    ]
    for (name, bound) in bounds {
      if let limit = try schema.number(name) { keywords.append(.bound(bound, append(limit, to: \.numbers))) }
    }
    if let number = try schema.number("multipleOf") {
      guard let divisor = DecimalDivisor(number) else {
        let digits = DecimalDivisor.digitsMax
        throw schema.at("multipleOf").error("multipleOf must be above zero and have at most \(digits) digits")
      }
      keywords.append(.multiple(append(divisor, to: \.divisors)))
    }
    return keywords
  }

  private func sizeAssertions(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    var keywords: [Keyword] = []
    let limits: [(String, SizeLimit)] = [
      ("minLength", .minLength), ("maxLength", .maxLength), ("minItems", .minItems), ("maxItems", .maxItems),
      ("minProperties", .minProperties), ("maxProperties", .maxProperties),
    ]
    for (name, limit) in limits {
      if let size = try schema.size(name) { keywords.append(.size(limit, Int32(clamping: size))) }
    }
    return keywords
  }

  func pattern(_ text: String, at place: SchemaLocation) throws(SchemaCompileError) -> TableIndex {
    do {
      return append(try Pattern(text), to: \.patterns)
    } catch {
      throw place.error("\(error)")
    }
  }

  func format(
    _ schema: SchemaKeywords, _ vocabularies: Vocabularies
  ) throws(SchemaCompileError) -> Keyword? {
    guard let name = try schema.string("format") else { return nil }
    guard formats == .assertion || vocabularies.contains(.formatAssertion) else { return nil }
    guard let format = Format(rawValue: name) else {
      let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw schema.at("format").error("the format \"\(name)\" is not known; known are \(known)")
    }
    return .format(format)
  }

  func dependentRequired(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    guard let object = try schema.object("dependentRequired") else { return [] }
    let place = schema.at("dependentRequired")
    var entries: [DependencyEntry] = []
    for (name, value) in object.members {
      let names = try schema.names(value, at: place.child(name.string ?? "", value))
      entries.append(DependencyEntry(name: name.bytes, required: append(names, to: \.names)))
    }
    return [.dependentNames(append(entries, to: \.dependencies))]
  }
}

import JSON

/// One of the two schemas of a comparison, with all that it refers to.
final class ComparedSchema {
  let root: SchemaLocation
  /// Whether references lead to the same place whatever led here, and every keyword has its standard meaning. Nothing is
  /// proved about other schemas.
  let isPlain: Bool
  private let registry: SchemaRegistry
  private var readings: [Address: SchemaReading] = [:]
  private var programs: [ObjectIdentifier: CompiledSchema] = [:]

  /// Bytes, because names that differ in their code points only are different names in JSON.
  private struct Address: Hashable {
    let resource: ObjectIdentifier
    let pointer: [UInt8]
  }

  /// What a schema without `$id` is known by.
  private static let uri = "urn:hoso:compared"

  init(_ source: SchemaText, references: @escaping (String) -> String?) throws(SchemaFileError) {
    registry = SchemaRegistry(source: references)
    do throws(SchemaCompileError) {
      try registry.register(source.text.utf8, uri: Self.uri)
      guard let resource = try registry.resource(Self.uri) else {
        throw SchemaCompileError(schema: Self.uri, pointer: "", reason: "the schema was not registered")
      }
      root = resource.rootLocation
      let compiler = SchemaCompiler(registry: registry, formats: .assertion)
      _ = try compiler.compile(root)
      isPlain =
        compiler.dynamicReferences.isEmpty
        // Those of which only `true` or `false` was compiled have none.
        && compiler.resources.allSatisfy { ($0.vocabularies ?? .standard) == .standard }
    } catch {
      throw SchemaFileError(
        file: source.name, pointer: error.pointer, reason: error.reason, remedy: "correct the schema")
    }
  }

  /// What the schema says at a place. The same object for the same place.
  func reading(_ location: SchemaLocation) -> SchemaReading {
    let address = Address(resource: ObjectIdentifier(location.resource), pointer: Array(location.pointer.utf8))
    if let known = readings[address] { return known }
    let reading = SchemaReading(self, location)
    readings[address] = reading
    return reading
  }

  func child(_ location: SchemaLocation, _ token: String, _ value: JSONValue) -> SchemaReading {
    reading(certainly { () throws(SchemaCompileError) in try registry.child(of: location, token, value) })
  }

  func target(of reference: String, at keyword: SchemaLocation) -> SchemaReading {
    reading(certainly { () throws(SchemaCompileError) in try registry.target(of: reference, at: keyword) })
  }

  /// Whether a value obeys the schema at a place.
  func accepts(_ value: JSONValue, at place: SchemaReading, _ context: ValidationContext) -> Bool {
    let program = programs[ObjectIdentifier(place)] ?? compiled(place)
    return program.isValid(value, context: context)
  }

  private func compiled(_ place: SchemaReading) -> CompiledSchema {
    let compiler = SchemaCompiler(registry: registry, formats: .assertion)
    let program = certainly { () throws(SchemaCompileError) in try compiler.compile(place.location) }
    programs[ObjectIdentifier(place)] = program
    return program
  }
}

/// For what a schema that compiled as a whole cannot refuse.
func certainly<Result>(_ body: () throws(SchemaCompileError) -> Result) -> Result {
  do {
    return try body()
  } catch {
    fatalError("a schema that compiled is malformed: \(error)")
  }
}

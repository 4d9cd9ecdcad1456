import JSON

/// Turns a schema, and all schemas it refers to, into one program.
///
/// Nothing here recurses: subschemas are given an index at once and compiled from a work list, so that no chain of
/// references is too long for the stack.
final class SchemaCompiler {
  let registry: SchemaRegistry
  let formats: FormatMeaning
  var tables = ProgramTables()

  private var indices: [Address: NodeIndex] = [:]
  private var waiting: [(index: NodeIndex, location: SchemaLocation)] = []
  private var compiledCount = 0
  private(set) var resources: [SchemaResource] = []
  private var resourceIndices: [ObjectIdentifier: Int32] = [:]
  /// The `$dynamicRef`s found so far: the name of the anchor, and the node it leads to by itself.
  var dynamicReferences: [(anchor: String, initial: NodeIndex)] = []

  private struct Address: Hashable {
    let resource: ObjectIdentifier
    let pointer: String
  }

  init(registry: SchemaRegistry, formats: FormatMeaning) {
    self.registry = registry
    self.formats = formats
  }

  func compile(_ root: SchemaLocation) throws(SchemaCompileError) -> CompiledSchema {
    _ = node(root)
    try compileWaiting()
    try compileDynamicCandidates()
    try refuseCircles()
    shortenChains()
    keepDocuments()
    return CompiledSchema(Program(tables))
  }

  /// The index of the node of a schema, which is compiled later if it is new.
  func node(_ location: SchemaLocation) -> NodeIndex {
    let address = Address(resource: ObjectIdentifier(location.resource), pointer: location.pointer)
    if let known = indices[address] { return known }
    let index = NodeIndex(tables.nodes.count)
    indices[address] = index
    tables.nodes.append(Node(target: index, resource: resourceIndex(location.resource)))
    tables.locations.append((location.resource.uri, location.pointer))
    waiting.append((index, location))
    return index
  }

  private func resourceIndex(_ resource: SchemaResource) -> Int32 {
    if let known = resourceIndices[ObjectIdentifier(resource)] { return known }
    let index = Int32(resources.count)
    resources.append(resource)
    resourceIndices[ObjectIdentifier(resource)] = index
    return index
  }

  func compileWaiting() throws(SchemaCompileError) {
    while compiledCount < waiting.count {
      let (index, location) = waiting[compiledCount]
      compiledCount += 1
      let keywords = try keywords(of: location)
      tables.nodes[Int(index)].keywords = append(keywords, to: \.keywords)
    }
  }

  private func keywords(of location: SchemaLocation) throws(SchemaCompileError) -> [Keyword] {
    switch location.value.kind {
    case .true: return []
    case .false: return [.never]
    case .object: return try keywords(of: SchemaKeywords(location))
    default: throw location.error("a schema is an object or a boolean, not \(excerpt(of: location.value))")
    }
  }

  /// Cheap checks first, so that a value that fails fails early; those that look at annotations last.
  private func keywords(of schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    let vocabularies = try vocabularies(of: schema.location.resource)
    var keywords: [Keyword] = []
    if vocabularies.contains(.validation) { keywords += try assertions(schema) }
    if let format = try format(schema, vocabularies) { keywords.append(format) }
    if let rule = try memberRule(schema, vocabularies) { keywords.append(.members(append(rule, to: \.memberRules))) }
    if vocabularies.contains(.validation) { keywords += try dependentRequired(schema) }
    if vocabularies.contains(.applicator) { keywords += try arrayApplicators(schema, vocabularies) }
    keywords += try references(schema)
    if vocabularies.contains(.applicator) { keywords += try inPlaceApplicators(schema) }
    if vocabularies.contains(.unevaluated) { keywords += try unevaluated(schema) }
    try checkDefinitions(schema)
    return keywords
  }

  /// Definitions that nothing refers to are compiled all the same, so that a mistake in them shows; only in the
  /// document itself, not in those it refers to.
  private func checkDefinitions(_ schema: SchemaKeywords) throws(SchemaCompileError) {
    guard schema.location.resource.document === resources[0].document else { return }
    _ = try namedSubschemas("$defs", schema)
  }

  private func keepDocuments() {
    for resource in resources where !tables.documents.contains(where: { $0 === resource.document }) {
      tables.documents.append(resource.document)
    }
  }

  /// Adds rows to a table and says where they lie.
  func append<Row>(_ rows: [Row], to table: WritableKeyPath<ProgramTables, [Row]>) -> TableRange {
    let start = tables[keyPath: table].count
    tables[keyPath: table] += rows
    return TableRange(start: Int32(start), end: Int32(start + rows.count))
  }

  func append<Row>(_ row: Row, to table: WritableKeyPath<ProgramTables, [Row]>) -> TableIndex {
    append([row], to: table).start
  }
}

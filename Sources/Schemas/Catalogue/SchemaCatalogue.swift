import Synchronization

/// The event types that are known: the built-in ones, and a shop's own. A value that never changes: adding a type gives
/// a new catalogue.
///
/// Creating one parses nothing; every schema is compiled when it is first asked for. Threads may share it; on hot paths
/// each of them takes a ``SchemaLookup``.
package final class SchemaCatalogue: Sendable {
  let index: CatalogueIndex
  private let shared: [String: String]
  private let compilation: Mutex<Compilation>

  /// What is compiled so far, and the registry that did it.
  private struct Compilation {
    let registry: SchemaRegistry
    var schemas: [Int: CompiledSchema] = [:]
    var envelope: CompiledSchema?
  }

  private static let envelopeURN = SchemaURN.prefix + "envelope"
  private static let commonURN = SchemaURN.prefix + "common"

  /// The built-in types, and nothing else.
  package static let builtIn = SchemaCatalogue(files: embeddedSchemas)

  /// - Parameter files: paths below `schemas/`, and texts. Those of types are at "<type>/<version>.json".
  convenience init(files: [(path: String, text: String)]) {
    var entries: [CatalogueEntry] = []
    var shared: [String: String] = [:]
    for (path, text) in files {
      let name = path.utf8.dropLast(".json".utf8.count)
      if let slash = name.lastIndex(of: UInt8(ascii: "/")), let version = Int(path[slash..<name.endIndex].dropFirst()) {
        entries.append(CatalogueEntry(type: String(path[..<slash]), version: version, text: text, isBuiltIn: true))
      } else {
        shared[SchemaURN.prefix + path[..<name.endIndex]] = text
      }
    }
    self.init(entries: entries, shared: shared)
  }

  private init(entries: [CatalogueEntry], shared: [String: String]) {
    let index = CatalogueIndex(entries)
    self.index = index
    self.shared = shared
    compilation = Mutex(Compilation(registry: Self.registry(index, shared)))
  }

  private static func registry(_ index: CatalogueIndex, _ shared: [String: String]) -> SchemaRegistry {
    SchemaRegistry { uri in
      if let text = shared[uri] { return text }
      guard let (name, version) = SchemaURN.parts(uri) else { return nil }
      var type = name
      return type.withUTF8 { index.entry(type: $0, version: version) }.map { index.entries[$0].text }
    }
  }

  /// The schema of an event's data; nil for an unknown type or version. Takes a lock, and compiles on first use.
  package func schema(type: UnsafeBufferPointer<UInt8>, version: Int) -> CompiledSchema? {
    index.entry(type: type, version: version).map(schema(at:))
  }

  /// The schema of the envelope.
  package var envelope: CompiledSchema {
    compilation.withLock { state in
      if let known = state.envelope { return known }
      let compiled = Self.compile(Self.envelopeURN, state.registry)
      state.envelope = compiled
      return compiled
    }
  }

  func schema(at position: Int) -> CompiledSchema {
    compilation.withLock { state in
      if let known = state.schemas[position] { return known }
      let compiled = Self.compile(index.entries[position].urn, state.registry)
      state.schemas[position] = compiled
      return compiled
    }
  }

  private static func compile(_ urn: String, _ registry: SchemaRegistry) -> CompiledSchema {
    do {
      return try registry.compile(urn)
    } catch {
      // Built-in schemas are all compiled by the tests, a shop's own before it is added.
      fatalError("a schema of the catalogue does not compile: \(error)")
    }
  }

  /// A catalogue with one type, or one version of a type, more.
  ///
  /// - Parameters:
  ///   - text: the schema, by the rules of the built-in ones.
  ///   - name: of the file, for messages.
  /// - Throws: where the schema breaks a rule, or would replace one that is there. O(catalogue).
  package func adding(_ text: String, name: String) throws(SchemaFileError) -> SchemaCatalogue {
    let file = SchemaFile(text: text, name: name)
    let entry = try file.entry()
    try file.refuse(entry, in: index)
    let extended = SchemaCatalogue(entries: index.entries + [entry], shared: shared)
    try file.compile(entry, Self.registry(extended.index, shared))
    return extended
  }

  /// The text of what several schemas share, for whoever wants to read it.
  package var commonText: String { shared[Self.commonURN] ?? "" }
  package var envelopeText: String { shared[Self.envelopeURN] ?? "" }
}

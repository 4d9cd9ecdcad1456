import JSON

/// The documents among which references are resolved. Nothing is ever fetched: a URI that was not registered, and that
/// the registry's source does not know either, is an error of the schema that refers to it.
///
/// Not thread-safe; what it compiles is.
package final class SchemaRegistry {
  private var resources: [String: SchemaResource] = [:]
  private let source: (String) -> String?

  /// - Parameter source: gives the text of a document by its URI, so that documents need not be registered, and
  ///   parsed, before one refers to them.
  package init(source: @escaping (String) -> String? = { _ in nil }) {
    self.source = source
  }

  /// Takes a document under a URI, and under its own `$id` if it has one. O(bytes).
  ///
  /// - Throws: where the text is not JSON, or identifiers in it are malformed or taken.
  package func register(_ bytes: some Sequence<UInt8>, uri: String) throws(SchemaCompileError) {
    let document: SchemaDocument
    do {
      document = try SchemaDocument(bytes)
    } catch {
      throw SchemaCompileError(schema: uri, pointer: "", reason: "\(error)")
    }
    let retrieved = SchemaResource(uri: uri, document: document, root: document.root, parent: nil)
    var index = SchemaIndex(document: document)
    try index.scan(retrieved.rootLocation)
    try add(index.resources)
    if resources[uri] == nil { resources[uri] = index.rootResource ?? retrieved }
  }

  private func add(_ found: [SchemaResource]) throws(SchemaCompileError) {
    for resource in found where resources[resource.uri] != nil {
      throw resource.rootLocation.error("this $id is registered already; every schema needs its own")
    }
    for resource in found { resources[resource.uri] = resource }
  }

  /// The resource of an absolute URI without fragment, or nil.
  func resource(_ uri: String) throws(SchemaCompileError) -> SchemaResource? {
    if let known = resources[uri] { return known }
    guard let text = source(uri) else { return nil }
    try register(text.utf8, uri: uri)
    return resources[uri]
  }

  /// Compiles the document of that URI, with all it refers to.
  ///
  /// - Throws: where a keyword is malformed, a reference leads nowhere or in circles, or a pattern is not supported.
  package func compile(
    _ uri: String, formats: FormatMeaning = .assertion
  ) throws(SchemaCompileError) -> CompiledSchema {
    guard let resource = try resource(uri) else {
      throw SchemaCompileError(schema: uri, pointer: "", reason: "no schema of this URI is registered")
    }
    let compiler = SchemaCompiler(registry: self, formats: formats)
    return try compiler.compile(resource.rootLocation)
  }
}

/// What the keyword `format` does: annotate, as the draft's default is, or check.
package enum FormatMeaning: Sendable {
  case annotation, assertion
}

import JSON

extension SchemaRegistry {
  /// Where a reference leads that stands at `keyword` (core, section 8.2.3).
  func target(
    of reference: String, at keyword: SchemaLocation
  ) throws(SchemaCompileError) -> SchemaLocation {
    let (uri, fragment) = keyword.resource.resolve(reference)
    // A document that was registered under another URI than its `$id` refers to itself by neither lookup.
    guard let resource = uri == keyword.resource.uri ? keyword.resource : try resource(uri) else {
      throw keyword.error("\"\(reference)\" refers to \(uri), which is not registered")
    }
    guard let encoded = fragment, !encoded.isEmpty else { return resource.rootLocation }
    guard let name = JSONPointer.percentDecoded(encoded) else {
      throw keyword.error("\"\(reference)\" has a malformed percent-escape")
    }
    guard let target = name.hasPrefix("/") ? try descend(name, in: resource) : resource.location(anchor: name) else {
      throw keyword.error("\"\(reference)\" leads nowhere: \(resource.uri) has no \"\(name)\"")
    }
    return target
  }

  private func descend(_ pointer: String, in resource: SchemaResource) throws(SchemaCompileError) -> SchemaLocation? {
    guard let tokens = JSONPointer.tokens(pointer) else { return nil }
    var location = resource.rootLocation
    for token in tokens {
      guard let value = location.value.child(token) else { return nil }
      location = try child(of: location, token, value)
    }
    return location
  }

  /// The location below, in the resource that begins there if it has an `$id`.
  func child(
    of location: SchemaLocation, _ token: String, _ value: JSONValue
  ) throws(SchemaCompileError) -> SchemaLocation {
    let child = location.child(token, value)
    guard let id = value["$id"]?.string else { return child }
    // The same text may stand where it is no schema, as in `enum`; only the indexed place is the resource.
    guard let resource = try resource(location.resource.resolve(id).uri),
      resource.document === location.resource.document, resource.root.sourceOffset == value.sourceOffset
    else { return child }
    return resource.rootLocation
  }
}

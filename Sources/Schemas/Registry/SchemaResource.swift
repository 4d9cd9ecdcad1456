import JSON

/// A schema with a URI of its own: a document's root, or a subschema with `$id` (core, section 4.3.5).
final class SchemaResource {
  /// Absolute, without a fragment.
  let uri: String
  let reference: URIReference
  let document: SchemaDocument
  let root: JSONValue
  /// The resource whose text this one stands in.
  let parent: SchemaResource?
  var anchors: [String: Anchor] = [:]
  /// Known once a schema of this resource was compiled.
  var vocabularies: Vocabularies?

  struct Anchor {
    let pointer: String
    let value: JSONValue
    let isDynamic: Bool
  }

  init(uri: String, document: SchemaDocument, root: JSONValue, parent: SchemaResource?) {
    self.uri = uri
    self.document = document
    self.root = root
    self.parent = parent
    reference = URIReference(uri)
  }

  var rootLocation: SchemaLocation { SchemaLocation(resource: self, pointer: "", value: root) }

  /// Where the schema with that `$anchor` or `$dynamicAnchor` stands.
  func location(anchor: String) -> SchemaLocation? {
    anchors[anchor].map { SchemaLocation(resource: self, pointer: $0.pointer, value: $0.value) }
  }

  /// The URI that a reference inside this resource means, without its fragment, and the fragment.
  func resolve(_ text: String) -> (uri: String, fragment: String?) {
    var target = URIReference(text).resolved(against: reference)
    let fragment = target.fragment
    target.fragment = nil
    return (target.text, fragment)
  }
}

/// Where a schema stands: its nearest resource, and the way from there.
struct SchemaLocation {
  let resource: SchemaResource
  /// A JSON Pointer from the resource's root.
  let pointer: String
  let value: JSONValue

  func child(_ token: String, _ value: JSONValue) -> SchemaLocation {
    SchemaLocation(resource: resource, pointer: pointer + "/" + JSONPointer.escaped(token), value: value)
  }

  func error(_ reason: String) -> SchemaCompileError {
    SchemaCompileError(schema: resource.uri, pointer: pointer, reason: reason)
  }
}

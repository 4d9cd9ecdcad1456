import JSON

/// Finds the identifiers in one document: `$id`, `$anchor` and `$dynamicAnchor`, where a schema may stand.
struct SchemaIndex {
  private let document: SchemaDocument
  /// Those with an `$id`.
  private(set) var resources: [SchemaResource] = []
  /// The resource of the document's root, if it has an `$id`.
  private(set) var rootResource: SchemaResource?

  init(document: SchemaDocument) {
    self.document = document
  }

  mutating func scan(_ location: SchemaLocation) throws(SchemaCompileError) {
    guard location.value.kind == .object else { return }
    let own = try identified(location)
    try addAnchors(own)
    for (key, value) in own.value.members {
      guard let keyword = key.string, let shape = SubschemaShape(keyword: keyword) else { continue }
      try scanChildren(own.child(keyword, value), shape)
    }
  }

  private mutating func scanChildren(
    _ location: SchemaLocation, _ shape: SubschemaShape
  ) throws(SchemaCompileError) {
    switch shape {
    case .one: try scan(location)
    case .list:
      for (index, element) in location.value.elements.enumerated() {
        try scan(location.child(String(index), element))
      }
    case .named:
      for (key, member) in location.value.members {
        try scan(location.child(key.string ?? "", member))
      }
    }
  }

  /// The location itself, or the root of the new resource that begins there.
  private mutating func identified(_ location: SchemaLocation) throws(SchemaCompileError) -> SchemaLocation {
    guard let id = location.value["$id"] else { return location }
    guard let text = id.string else { throw location.child("$id", id).error("$id must be a string") }
    let (uri, fragment) = location.resource.resolve(text)
    guard fragment ?? "" == "" else { throw location.child("$id", id).error("$id must not have a fragment") }
    let isRoot = location.pointer.isEmpty && location.resource.parent == nil && rootResource == nil
    let resource = SchemaResource(
      uri: uri, document: document, root: location.value, parent: isRoot ? nil : location.resource)
    resources.append(resource)
    if isRoot { rootResource = resource }
    return resource.rootLocation
  }

  private func addAnchors(_ location: SchemaLocation) throws(SchemaCompileError) {
    try addAnchor("$anchor", location, isDynamic: false)
    try addAnchor("$dynamicAnchor", location, isDynamic: true)
  }

  private func addAnchor(
    _ keyword: String, _ location: SchemaLocation, isDynamic: Bool
  ) throws(SchemaCompileError) {
    guard let value = location.value[keyword] else { return }
    guard let name = value.string, Self.isAnchorName(name) else {
      throw location.child(keyword, value).error("\(keyword) must be a name of letters, digits, '-', '_' and '.'")
    }
    guard location.resource.anchors[name] == nil else {
      throw location.child(keyword, value).error("the anchor \"\(name)\" exists already in this schema")
    }
    location.resource.anchors[name] = SchemaResource.Anchor(
      pointer: location.pointer, value: location.value, isDynamic: isDynamic)
  }

  /// Core, section 8.2.2: a letter or '_', then letters, digits, '-', '_' and '.'.
  private static func isAnchorName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return false }
    return name.utf8.allSatisfy { isLetter($0) || $0 &- UInt8(ascii: "0") < 10 || $0 == 0x2D || $0 == 0x2E }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }
}

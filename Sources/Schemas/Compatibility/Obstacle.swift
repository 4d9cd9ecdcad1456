/// A place where the new schema may refuse what the old one accepted.
struct Obstacle: Hashable {
  let change: SchemaChange
  /// The reference in the new schema that led there.
  let referrer: String?

  /// Whether a difference at a pointer is part of this. Compared by bytes, as names are.
  func covers(_ pointer: String) -> Bool {
    stands(at: pointer) || pointer.utf8.starts(with: (change.pointer + "/").utf8)
      || referrer.map { $0.utf8.elementsEqual(pointer.utf8) } ?? false
  }

  func stands(at pointer: String) -> Bool { change.pointer.utf8.elementsEqual(pointer.utf8) }
}

/// A place in the new schema, and how to speak of it.
struct Place {
  let schema: SchemaReading
  /// Pointer to the `$ref` of the new schema's own text that led out of it, or about in it.
  let referrer: String?
  private let root: SchemaResource

  init(root: SchemaReading) {
    schema = root
    referrer = nil
    self.root = root.location.resource
  }

  private init(_ schema: SchemaReading, _ referrer: String?, _ root: SchemaResource) {
    self.schema = schema
    self.referrer = referrer
    self.root = root
  }

  private var isOwnText: Bool { schema.location.resource === root }

  /// A schema below this one.
  func below(_ schema: SchemaReading) -> Place { Place(schema, referrer, root) }

  /// The schema that this one refers to.
  func referred(_ target: SchemaReading) -> Place {
    Place(target, isOwnText ? schema.keywords.at("$ref").pointer : referrer, root)
  }

  /// Something in the way, at a keyword of this schema; at the schema itself without one.
  func obstacle(_ what: String, at keyword: String? = nil, kind: SchemaChange.Kind = .breaking) -> Obstacle {
    obstacle(what, keyword.map(schema.keywords.at) ?? schema.location, kind)
  }

  /// At one element of a keyword's list.
  func obstacle(_ what: String, at keyword: String, element: Int) -> Obstacle {
    obstacle(what, schema.keywords.at(keyword).child(String(element), schema.location.value), .breaking)
  }

  /// At one member of a keyword's object.
  func obstacle(_ what: String, at keyword: String, member: MemberName) -> Obstacle {
    obstacle(what, schema.keywords.at(keyword).child(member.text, schema.location.value), .breaking)
  }

  private func obstacle(_ what: String, _ location: SchemaLocation, _ kind: SchemaChange.Kind) -> Obstacle {
    let pointer = isOwnText ? location.pointer : referrer ?? ""
    let elsewhere = isOwnText ? "" : " (in \(location.resource.uri)#\(location.pointer))"
    return Obstacle(
      change: SchemaChange(kind: kind, pointer: pointer, side: .new, what: what + elsewhere), referrer: referrer)
  }
}

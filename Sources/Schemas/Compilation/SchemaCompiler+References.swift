import JSON

/// `$ref`, `$dynamicRef` (draft 2020-12, core section 8.2.3) and `$schema`.
extension SchemaCompiler {
  func references(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [Keyword] {
    var keywords: [Keyword] = []
    if let text = try schema.string("$ref") {
      keywords.append(.reference(node(try registry.target(of: text, at: schema.at("$ref")))))
    }
    if let text = try schema.string("$dynamicRef") {
      keywords.append(try dynamicReference(text, at: schema.at("$dynamicRef")))
    }
    return keywords
  }

  /// Dynamic only where it leads to a `$dynamicAnchor`; else it is a `$ref`.
  private func dynamicReference(_ text: String, at place: SchemaLocation) throws(SchemaCompileError) -> Keyword {
    let target = try registry.target(of: text, at: place)
    let initial = node(target)
    guard let name = place.resource.resolve(text).fragment, target.resource.anchors[name]?.isDynamic == true else {
      return .reference(initial)
    }
    dynamicReferences.append((name, initial))
    return .dynamicReference(TableIndex(dynamicReferences.count - 1))
  }

  /// Compiles what every dynamic reference may lead to. Each round may reach new resources and new references.
  func compileDynamicCandidates() throws(SchemaCompileError) {
    var before = -1
    while before != tables.nodes.count {
      before = tables.nodes.count
      for (anchor, _) in dynamicReferences { _ = candidates(anchor) }
      try compileWaiting()
    }
    for (anchor, initial) in dynamicReferences {
      let range = append(candidates(anchor), to: \.dynamicCandidates)
      tables.dynamicTargets.append(DynamicTarget(initial: initial, candidates: range))
    }
  }

  private func candidates(_ anchor: String) -> [DynamicCandidate] {
    resources.enumerated().compactMap { index, resource in
      guard resource.anchors[anchor]?.isDynamic == true, let location = resource.location(anchor: anchor) else {
        return nil
      }
      return DynamicCandidate(resource: Int32(index), node: node(location))
    }
  }

  /// What the resource's `$schema` declares; that of the enclosing resource where it has none.
  func vocabularies(of resource: SchemaResource) throws(SchemaCompileError) -> Vocabularies {
    if let known = resource.vocabularies { return known }
    let found: Vocabularies
    if let value = resource.root["$schema"] {
      found = try vocabularies(value, at: resource.rootLocation.child("$schema", value))
    } else if let parent = resource.parent {
      found = try vocabularies(of: parent)
    } else {
      found = .standard
    }
    resource.vocabularies = found
    return found
  }

  private func vocabularies(
    _ metaschema: JSONValue, at place: SchemaLocation
  ) throws(SchemaCompileError) -> Vocabularies {
    guard let uri = metaschema.string else { throw place.error("$schema must be a string") }
    if uri == Vocabularies.metaschema { return .standard }
    guard let declared = try registry.resource(uri)?.root["$vocabulary"], declared.kind == .object else {
      throw place.error("\(uri) is not supported; leave $schema out or say \(Vocabularies.metaschema)")
    }
    var found: Vocabularies = []
    for (name, isRequired) in declared.members {
      if let vocabulary = Vocabularies(uri: name.string ?? "") {
        found.formUnion(vocabulary)
      } else if isRequired.bool == true {
        throw place.error("\(uri) requires the vocabulary \(name.string ?? ""), which is not known")
      }
    }
    return found
  }
}

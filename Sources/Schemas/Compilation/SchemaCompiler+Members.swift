import JSON

/// The keywords about members of objects, gathered into one rule.
extension SchemaCompiler {
  func memberRule(
    _ schema: SchemaKeywords, _ vocabularies: Vocabularies
  ) throws(SchemaCompileError) -> MemberRule? {
    let applies = vocabularies.contains(.applicator)
    var entries = applies ? try properties(schema) : []
    if vocabularies.contains(.validation) { try addRequired(schema, to: &entries) }
    let patterns = applies ? try patternProperties(schema) : []
    let additional = applies ? try subschema("additionalProperties", schema) : nil
    let names = applies ? try subschema("propertyNames", schema) : nil
    if entries.isEmpty && patterns.isEmpty && additional == nil && names == nil { return nil }
    return MemberRule(
      properties: append(entries, to: \.members), slots: append(Self.slots(entries), to: \.slots),
      requiredCount: entries.count { $0.isRequired }, patterns: append(patterns, to: \.patternMembers),
      additional: additional, names: names)
  }

  private func properties(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [MemberEntry] {
    try namedSubschemas("properties", schema).map { name, node in
      MemberEntry(name: name.bytes, node: node, isRequired: false)
    }
  }

  private func addRequired(
    _ schema: SchemaKeywords, to entries: inout [MemberEntry]
  ) throws(SchemaCompileError) {
    guard let list = schema["required"] else { return }
    for name in try schema.names(list, at: schema.at("required")) {
      if let position = entries.firstIndex(where: { $0.name.hasSameBytes(as: name) }) {
        entries[position].isRequired = true
      } else {
        entries.append(MemberEntry(name: name, node: nil, isRequired: true))
      }
    }
  }

  private func patternProperties(_ schema: SchemaKeywords) throws(SchemaCompileError) -> [PatternEntry] {
    let place = schema.at("patternProperties")
    var entries: [PatternEntry] = []
    for (name, node) in try namedSubschemas("patternProperties", schema) {
      let text = name.string ?? ""
      entries.append(PatternEntry(pattern: try pattern(text, at: place.child(text, name)), node: node))
    }
    return entries
  }

  /// At most half full, so that probing ends soon; -1 marks a free slot.
  private static func slots(_ entries: [MemberEntry]) -> [Int32] {
    if entries.isEmpty { return [] }
    var capacity = 4
    while capacity < entries.count * 2 { capacity *= 2 }
    var slots = [Int32](repeating: -1, count: capacity)
    for (index, entry) in entries.enumerated() {
      var slot = nameHash(entry.name) & (capacity - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Int32(index)
    }
    return slots
  }
}

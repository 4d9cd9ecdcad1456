import JSON

/// The shapes in which keywords hold subschemas.
extension SchemaCompiler {
  func subschema(_ keyword: String, _ schema: SchemaKeywords) throws(SchemaCompileError) -> NodeIndex? {
    guard let value = schema[keyword] else { return nil }
    return node(try registry.child(of: schema.location, keyword, value))
  }

  func subschemaList(_ keyword: String, _ schema: SchemaKeywords) throws(SchemaCompileError) -> TableRange? {
    guard let list = try schema.array(keyword) else { return nil }
    let place = schema.at(keyword)
    if list.count == 0 { throw place.error("\(keyword) must hold at least one schema") }
    var nodes: [NodeIndex] = []
    for (index, element) in list.elements.enumerated() {
      nodes.append(node(try registry.child(of: place, String(index), element)))
    }
    return append(nodes, to: \.children)
  }

  func namedSubschemas(
    _ keyword: String, _ schema: SchemaKeywords
  ) throws(SchemaCompileError) -> [(name: JSONValue, node: NodeIndex)] {
    guard let object = try schema.object(keyword) else { return [] }
    let place = schema.at(keyword)
    var named: [(name: JSONValue, node: NodeIndex)] = []
    for (name, value) in object.members {
      named.append((name, node(try registry.child(of: place, name.string ?? "", value))))
    }
    return named
  }
}

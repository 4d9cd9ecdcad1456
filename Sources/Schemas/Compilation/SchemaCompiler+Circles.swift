/// Checks that need the whole program.
extension SchemaCompiler {
  /// Refuses schemas that come back to themselves without having gone down into the value: they would never end.
  ///
  /// A dynamic reference counts as leading to each of its candidates. O(nodes + edges), depth first without recursion.
  func refuseCircles() throws(SchemaCompileError) {
    var state = [Visit](repeating: .unknown, count: tables.nodes.count)
    for root in tables.nodes.indices where state[root] == .unknown {
      var path: [(node: Int, rest: ArraySlice<Int>)] = [(root, successors(root)[...])]
      state[root] = .onPath
      while let top = path.indices.last {
        guard let next = path[top].rest.popFirst() else {
          state[path.removeLast().node] = .done
          continue
        }
        if state[next] == .onPath { throw circle(at: next) }
        if state[next] == .unknown {
          state[next] = .onPath
          path.append((next, successors(next)[...]))
        }
      }
    }
  }

  private enum Visit { case unknown, onPath, done }

  private func circle(at node: Int) -> SchemaCompileError {
    let (schema, pointer) = tables.locations[node]
    return SchemaCompileError(
      schema: schema, pointer: pointer,
      reason: "this schema leads back to itself for the same value, so checking would never end")
  }

  /// The schemas that a node applies to the same value.
  private func successors(_ node: Int) -> [Int] {
    tables.keywords[tables.nodes[node].keywords.indices].flatMap(successors).map(Int.init)
  }

  private func successors(_ keyword: Keyword) -> [NodeIndex] {
    switch keyword {
    case .reference(let node), .not(let node): [node]
    case .all(let nodes), .any(let nodes), .one(let nodes): Array(tables.children[nodes.indices])
    case .condition(let index): tables.conditions[Int(index)].nodes
    case .dependentSchemas(let entries): tables.dependencies[entries.indices].map(\.node)
    case .dynamicReference(let index):
      [tables.dynamicTargets[Int(index)].initial]
        + tables.dynamicCandidates[
          tables.dynamicTargets[Int(index)].candidates.indices
        ].map(\.node)
    case .never, .type, .enumeration, .enumerationOfNames, .constant, .bound, .multiple, .size, .pattern, .format,
      .uniqueElements, .elements, .contains, .members, .dependentNames, .unevaluatedMembers, .unevaluatedElements:
      []
    }
  }

  /// Lets nodes that are nothing but a `$ref` stand for what they refer to. With dynamic references they stay, because
  /// passing through a resource is what those look at.
  func shortenChains() {
    guard dynamicReferences.isEmpty else { return }
    var isKnown = [Bool](repeating: false, count: tables.nodes.count)
    for index in tables.nodes.indices {
      var chain: [Int] = []
      var end = index
      while !isKnown[end], let next = solelyReferred(end) {
        chain.append(end)
        end = next
      }
      let target = tables.nodes[end].target
      for node in chain { tables.nodes[node].target = target }
      for node in chain + [end] { isKnown[node] = true }
    }
  }

  private func solelyReferred(_ node: Int) -> Int? {
    let range = tables.nodes[node].keywords
    guard range.count == 1, case .reference(let next) = tables.keywords[Int(range.start)] else { return nil }
    return Int(next)
  }
}

/// What the fields of a scope are, as far as is known before there is data.
package enum NameScope: Sendable, Equatable {
  /// The document itself.
  case document
  /// A row of the document's list `rows`.
  case row
  /// An element of some other list.
  case element
}

/// A field that an expression names first: the `a` of `a.b`.
package struct NameUse: Sendable, Equatable {
  package let name: String
  /// The names that follow it, as far as they are fields: the `b` of `a.b`.
  package let rest: [String]
  /// What is asked for the field; nil where there is no such scope: too many `parent`s.
  package let scope: NameScope?
  /// Where the path begins in the expression, in Unicode scalars from 1.
  package let column: Int
}

extension Expression {
  /// Every field that is named, in the order of the text, so that misspelt ones can be found before there is data.
  /// - Parameter scopes: those that the expression will be evaluated in, the outermost first.
  package func names(in scopes: [NameScope] = [.document]) -> [NameUse] {
    var uses: [NameUse] = []
    root.collectNames(in: scopes, into: &uses)
    return uses
  }

  /// Whether it asks for a scope as a whole anywhere, by `this` or `parent`, and not only for fields by their names.
  package var asksForWholeScopes: Bool { root.asksForWholeScopes }
}

extension Node {
  fileprivate var asksForWholeScopes: Bool {
    switch form {
    case .path(let path): if case .field = path.steps.first { false } else { true }
    case .aggregate(_, _, let list, let body): list.asksForWholeScopes || body?.asksForWholeScopes ?? false
    default: form.children.contains(where: \.asksForWholeScopes)
    }
  }
}

extension Node {
  fileprivate func collectNames(in scopes: [NameScope], into uses: inout [NameUse]) {
    switch form {
    case .path(let path): collect(path, in: scopes, into: &uses)
    case .aggregate(_, _, let list, let body):
      list.collectNames(in: scopes, into: &uses)
      let inner = scopes.last.map { NameScope.elements(of: list.description, in: $0) } ?? .element
      body?.collectNames(in: scopes + [inner], into: &uses)
    default:
      for child in form.children { child.collectNames(in: scopes, into: &uses) }
    }
  }

  private func collect(_ path: Path, in scopes: [NameScope], into uses: inout [NameUse]) {
    let index = scopes.count - 1 - path.levelsUp
    let scope = index >= 0 ? scopes[index] : nil
    if case .field(let name) = path.steps.first {
      uses.append(NameUse(name: name, rest: path.fieldsBehindFirst, scope: scope, column: column))
    } else if scope == nil {
      uses.append(NameUse(name: "parent", rest: [], scope: nil, column: column))
    }
  }
}

extension NameScope {
  /// What the elements of a list are, given the expression of the list and the scope that it is evaluated in.
  package static func elements(of list: String, in scope: NameScope) -> NameScope {
    scope == .document && list == "rows" ? .row : .element
  }
}

extension Path {
  fileprivate var fieldsBehindFirst: [String] {
    var names: [String] = []
    for step in steps.dropFirst() {
      guard case .field(let name) = step else { break }
      names.append(name)
    }
    return names
  }
}

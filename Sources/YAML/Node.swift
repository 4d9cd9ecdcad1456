/// A place in a YAML text; lines and columns (in Unicode scalars) count from 1.
package struct Mark: Hashable, Sendable {
  package let line: Int
  package let column: Int
}

/// A node of a YAML document (YAML 1.1 as libyaml reads it). Scalars keep their text: what it means is the reader's to say.
package indirect enum Node: Sendable {
  case scalar(Scalar)
  case sequence([Node], Mark)
  case mapping([(key: Node, value: Node)], Mark)

  package struct Scalar: Hashable, Sendable {
    package enum Style: Sendable {
      case plain, singleQuoted, doubleQuoted, literal, folded
    }

    package let string: String
    package let style: Style
    package let mark: Mark
  }

  /// Where the node begins.
  package var mark: Mark {
    switch self {
    case .scalar(let scalar): scalar.mark
    case .sequence(_, let mark), .mapping(_, let mark): mark
    }
  }

  /// The text of a scalar, or nil.
  package var string: String? {
    if case .scalar(let scalar) = self { scalar.string } else { nil }
  }

  /// The elements of a sequence, or nil.
  package var sequence: [Node]? {
    if case .sequence(let elements, _) = self { elements } else { nil }
  }

  /// The pairs of a mapping in document order, or nil.
  package var mapping: [(key: Node, value: Node)]? {
    if case .mapping(let pairs, _) = self { pairs } else { nil }
  }
}

/// A text that is not one YAML document.
package struct YAMLError: Error, Hashable, CustomStringConvertible {
  package let reason: String
  package let mark: Mark

  package var description: String { "line \(mark.line), column \(mark.column): \(reason)" }
}

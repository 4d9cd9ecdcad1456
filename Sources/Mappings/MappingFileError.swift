/// One mistake in a mapping file.
package struct MappingMistake: Sendable, Equatable, CustomStringConvertible {
  package let file: String
  /// From 1.
  package let line: Int
  /// In Unicode scalars from 1.
  package let column: Int
  /// What is wrong and what to write instead.
  package let message: String

  /// `file:line:column: message`, as compilers write it.
  package var description: String { "\(file):\(line):\(column): \(message)" }
}

/// All mistakes of a mapping file, in the order of its lines.
package struct MappingFileError: Error, Equatable, CustomStringConvertible {
  /// At least one.
  package let mistakes: [MappingMistake]

  /// One line for each mistake.
  package var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

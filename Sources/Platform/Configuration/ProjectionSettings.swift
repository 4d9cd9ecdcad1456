/// What a shop has decided about its read models.
package struct ProjectionSettings: Equatable, Sendable {
  /// How many former generations are kept to go back to.
  package var keep = 1
  /// About how many bytes a rebuild may take for states; beyond that it sets them aside in a file.
  package var memoryMax = 1 << 30

  package init() {}
}

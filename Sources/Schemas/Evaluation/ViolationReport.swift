import JSON

/// What becomes of failures while a document is walked.
protocol ViolationReport {
  /// Whether the walk goes on after a failure.
  static var isComplete: Bool { get }
  mutating func enter(member: JSONValue)
  mutating func enter(element: Int)
  mutating func leave()
  mutating func add(keyword: String, message: String)
  /// How many violations there are, to come back to with `discard(behind:)` or to look at with `messages(behind:)`.
  var count: Int { get }
  mutating func discard(behind count: Int)
  func messages(behind count: Int) -> ArraySlice<SchemaViolation>
}

/// Only the verdict is wanted: costs nothing.
struct NoReport: ViolationReport {
  static let isComplete = false
  func enter(member: JSONValue) {}
  func enter(element: Int) {}
  func leave() {}
  func add(keyword: String, message: String) {}
  var count: Int { 0 }
  func discard(behind count: Int) {}
  func messages(behind count: Int) -> ArraySlice<SchemaViolation> { [] }
}

/// Collects the first violations, up to a limit.
struct CollectedReport: ViolationReport {
  static let isComplete = true
  private(set) var violations: [SchemaViolation] = []
  private let limit: Int
  private let pointerPrefix: String
  private var path: [Step] = []

  private enum Step {
    case member(JSONValue)
    case element(Int)
  }

  init(limit: Int, pointerPrefix: String) {
    self.limit = limit
    self.pointerPrefix = pointerPrefix
  }

  mutating func enter(member: JSONValue) { path.append(.member(member)) }
  mutating func enter(element: Int) { path.append(.element(element)) }
  mutating func leave() { path.removeLast() }

  mutating func add(keyword: String, message: String) {
    guard violations.count < limit else { return }
    violations.append(SchemaViolation(pointer: pointer, keyword: keyword, message: message))
  }

  var count: Int { violations.count }

  mutating func discard(behind count: Int) { violations.removeSubrange(count...) }

  func messages(behind count: Int) -> ArraySlice<SchemaViolation> { violations[count...] }

  /// Where the walk is.
  var pointer: String {
    path.reduce(into: pointerPrefix) { pointer, step in
      switch step {
      case .member(let key): pointer += "/" + JSONPointer.escaped(key.string ?? "")
      case .element(let index): pointer += "/\(index)"
      }
    }
  }
}

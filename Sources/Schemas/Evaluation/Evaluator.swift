import JSON

/// Walks a document along a program.
///
/// One walk serves for the bare verdict and for the full report: what differs is fixed by the type parameters, so the
/// compiler leaves nothing of the report in the fast one. The program must outlive the evaluator.
struct Evaluator<Positions: EvaluatedPositions, Report: ViolationReport> {
  let program: Unmanaged<Program>
  let nodes: UnsafeBufferPointer<Node>
  let keywords: UnsafeBufferPointer<Keyword>
  let children: UnsafeBufferPointer<NodeIndex>
  let memberRules: UnsafeBufferPointer<MemberRule>
  let members: UnsafeBufferPointer<MemberEntry>
  let slots: UnsafeBufferPointer<Int32>
  let context: ValidationContext
  let usesDynamicScope: Bool
  var report: Report

  /// Resources that were entered, outermost first; empty unless there is a dynamic reference.
  var scope: [Int32] = []
  private var depth = 0
  /// Whether the walk was cut short, so that no verdict but "invalid" may be given.
  private var isExhausted = false

  /// Schemas within schemas that are applied at a time. A document 128 levels deep, checked by a schema that passes
  /// through seven references a level, stays below; a chain of thousands of `$ref`s must not overflow the stack.
  private static var depthMax: Int { 1024 }

  init(_ program: Program, context: ValidationContext, report: Report) {
    self.program = Unmanaged.passUnretained(program)
    nodes = program.nodes.elements
    keywords = program.keywords.elements
    children = program.children.elements
    memberRules = program.memberRules.elements
    members = program.members.elements
    slots = program.slots.elements
    usesDynamicScope = program.usesDynamicScope
    self.context = context
    self.report = report
  }

  /// Whether the document is valid.
  mutating func evaluate(document: JSONValue) -> Bool {
    var positions = Positions()
    let isValid = evaluate(0, document, &positions)
    return isValid && !isExhausted
  }

  /// Whether a value obeys a node; what was looked at is added to `outer`, also where it failed, since whoever goes on
  /// after a failure drops that set himself.
  mutating func evaluate(_ node: NodeIndex, _ value: JSONValue, _ outer: inout Positions) -> Bool {
    let index = nodes[Int(node)].target
    let entered = nodes[Int(index)]
    guard depth < Self.depthMax else { return refuseDepth(index) }
    depth += 1
    if usesDynamicScope { scope.append(entered.resource) }
    var positions = Positions()
    let isValid = obeys(entered.keywords, of: index, value, &positions)
    if usesDynamicScope { scope.removeLast() }
    depth -= 1
    outer.formUnion(positions)
    return isValid
  }

  private mutating func obeys(
    _ range: TableRange, of node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    var isValid = true
    for index in range.indices where !check(keywords[index], of: node, value, &positions) {
      if !Report.isComplete { return false }
      isValid = false
    }
    return isValid
  }

  private mutating func refuseDepth(_ node: NodeIndex) -> Bool {
    isExhausted = true
    return fail(node, nil, Self.depthMessage)
  }

  private static var depthMessage: String { "expected fewer than \(depthMax) schemas applied within each other" }

  /// Notes a violation of a keyword and returns false.
  mutating func fail(_ node: NodeIndex, _ keyword: String?, _ message: @autoclosure () -> String) -> Bool {
    if Report.isComplete { report.add(keyword: location(node, keyword), message: message()) }
    return false
  }

  private func location(_ node: NodeIndex, _ keyword: String?) -> String {
    let (schema, pointer) = source.locations[Int(node)]
    return "\(schema)#\(pointer)" + (keyword.map { "/" + $0 } ?? "")
  }

  /// The program, for what is needed seldom.
  var source: Program { program.takeUnretainedValue() }
}

extension Evaluator where Report == CollectedReport {
  /// What was collected. A walk that was cut short inside a `not` or an alternative has left no trace but the flag.
  var violations: [SchemaViolation] {
    if isExhausted && report.violations.isEmpty {
      return [SchemaViolation(pointer: report.pointer, keyword: location(0, nil), message: Self.depthMessage)]
    }
    return report.violations
  }
}

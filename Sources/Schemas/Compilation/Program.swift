import JSON

/// The tables of a program while it is compiled.
struct ProgramTables {
  var nodes: [Node] = []
  var locations: [(schema: String, pointer: String)] = []
  var keywords: [Keyword] = []
  var children: [NodeIndex] = []
  var memberRules: [MemberRule] = []
  var members: [MemberEntry] = []
  var slots: [Int32] = []
  var patternMembers: [PatternEntry] = []
  var elementRules: [ElementRule] = []
  var containsRules: [ContainsRule] = []
  var conditions: [ConditionRule] = []
  var dependencies: [DependencyEntry] = []
  var names: [UnsafeBufferPointer<UInt8>] = []
  var numbers: [DecimalText] = []
  var divisors: [DecimalDivisor] = []
  var dynamicTargets: [DynamicTarget] = []
  var dynamicCandidates: [DynamicCandidate] = []
  var patterns: [Pattern] = []
  var constants: [JSONValue] = []
  var documents: [SchemaDocument] = []
  var looksAtAnnotations = false
}

/// A compiled schema as flat tables: the first node is the root.
///
/// Sendable: every stored property is constant, the tables never change, `documents` keeps alive what names and
/// constants point to and never changes either, and ``Pattern`` says itself why it may be shared.
final class Program: @unchecked Sendable {
  let nodes: Table<Node>
  let keywords: Table<Keyword>
  let children: Table<NodeIndex>
  let memberRules: Table<MemberRule>
  let members: Table<MemberEntry>
  let slots: Table<Int32>
  let patternMembers: Table<PatternEntry>
  let elementRules: Table<ElementRule>
  let containsRules: Table<ContainsRule>
  let conditions: Table<ConditionRule>
  let dependencies: Table<DependencyEntry>
  let names: Table<UnsafeBufferPointer<UInt8>>
  let numbers: Table<DecimalText>
  let divisors: Table<DecimalDivisor>
  let dynamicTargets: Table<DynamicTarget>
  let dynamicCandidates: Table<DynamicCandidate>
  let patterns: [Pattern]
  let constants: [JSONValue]
  /// Where each node stands: the schema's URI and a JSON Pointer.
  let locations: [(schema: String, pointer: String)]
  let documents: [SchemaDocument]
  let looksAtAnnotations: Bool

  init(_ tables: ProgramTables) {
    nodes = Table(tables.nodes)
    keywords = Table(tables.keywords)
    children = Table(tables.children)
    memberRules = Table(tables.memberRules)
    members = Table(tables.members)
    slots = Table(tables.slots)
    patternMembers = Table(tables.patternMembers)
    elementRules = Table(tables.elementRules)
    containsRules = Table(tables.containsRules)
    conditions = Table(tables.conditions)
    dependencies = Table(tables.dependencies)
    names = Table(tables.names)
    numbers = Table(tables.numbers)
    divisors = Table(tables.divisors)
    dynamicTargets = Table(tables.dynamicTargets)
    dynamicCandidates = Table(tables.dynamicCandidates)
    patterns = tables.patterns
    constants = tables.constants
    locations = tables.locations
    documents = tables.documents
    looksAtAnnotations = tables.looksAtAnnotations
  }

  var usesDynamicScope: Bool { !dynamicTargets.elements.isEmpty }
}

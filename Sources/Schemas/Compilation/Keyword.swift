/// A range of positions in one of a program's tables.
struct TableRange: BitwiseCopyable {
  let start: Int32
  let end: Int32

  var indices: Range<Int> { Int(start)..<Int(end) }
  var count: Int { Int(end - start) }
}

/// Position of a node in a program.
typealias NodeIndex = Int32

/// Position in the table that the keyword speaks of.
typealias TableIndex = Int32

/// One thing to check about a value.
///
/// Nothing in here is reference counted, so walking a program costs no atomic operation, and no payload has more than
/// eight bytes: larger ones were copied with every step and took a third of the time.
enum Keyword: BitwiseCopyable {
  /// The schema `false`.
  case never
  case type(TypeMask)
  case enumeration(TableRange)
  /// `enum` whose values are all strings.
  case enumerationOfNames(TableRange)
  case constant(TableIndex)
  case bound(Bound, TableIndex)
  case multiple(TableIndex)
  case size(SizeLimit, Int32)
  case pattern(TableIndex)
  case format(Format)
  case uniqueElements
  case elements(TableIndex)
  case contains(TableIndex)
  case members(TableIndex)
  case dependentNames(TableRange)
  case dependentSchemas(TableRange)
  case reference(NodeIndex)
  case dynamicReference(TableIndex)
  case all(TableRange)
  case any(TableRange)
  case one(TableRange)
  case not(NodeIndex)
  case condition(TableIndex)
  case unevaluatedMembers(NodeIndex)
  case unevaluatedElements(NodeIndex)
}

/// The keywords that compare a number with a limit.
enum Bound: BitwiseCopyable {
  case minimum, maximum, exclusiveMinimum, exclusiveMaximum

  func admits(_ number: DecimalText, _ limit: DecimalText) -> Bool {
    switch self {
    case .minimum: number >= limit
    case .maximum: number <= limit
    case .exclusiveMinimum: number > limit
    case .exclusiveMaximum: number < limit
    }
  }
}

/// The keywords that limit a length or a count.
enum SizeLimit: BitwiseCopyable {
  case minLength, maxLength, minItems, maxItems, minProperties, maxProperties
}

/// `prefixItems` and `items`.
struct ElementRule: BitwiseCopyable {
  /// Children: one schema for each of the first elements.
  let prefix: TableRange
  /// For the elements behind them; nil accepts all and evaluates none.
  let rest: NodeIndex?
}

/// `contains`, `minContains` and `maxContains`.
struct ContainsRule: BitwiseCopyable {
  let node: NodeIndex
  let countMin: Int
  let countMax: Int
}

/// `if`, `then` and `else`.
struct ConditionRule: BitwiseCopyable {
  let condition: NodeIndex
  let consequence: NodeIndex?
  let alternative: NodeIndex?

  var nodes: [NodeIndex] { [condition, consequence, alternative].compactMap(\.self) }
}

/// `properties`, `patternProperties`, `additionalProperties`, `propertyNames` and `required`, checked in one walk over
/// the members.
struct MemberRule: BitwiseCopyable {
  /// Members known by name.
  let properties: TableRange
  /// An open-addressing hash table of positions in `properties`; its size is a power of two, or zero.
  let slots: TableRange
  let requiredCount: Int
  let patterns: TableRange
  let additional: NodeIndex?
  let names: NodeIndex?
}

/// A member known by name.
struct MemberEntry: BitwiseCopyable {
  let name: UnsafeBufferPointer<UInt8>
  /// The schema of `properties`; nil where the name is only `required`.
  var node: NodeIndex?
  var isRequired: Bool
}

/// `patternProperties`: one of its members.
struct PatternEntry: BitwiseCopyable {
  let pattern: TableIndex
  let node: NodeIndex
}

/// `dependentRequired`: a name and those it requires. `dependentSchemas`: a name and the schema it requires.
struct DependencyEntry: BitwiseCopyable {
  let name: UnsafeBufferPointer<UInt8>
  var required = TableRange(start: 0, end: 0)
  var node: NodeIndex = 0
}

/// `$dynamicRef`: where it leads by itself, and where in each schema resource that has the anchor, too.
struct DynamicTarget: BitwiseCopyable {
  let initial: NodeIndex
  let candidates: TableRange
}

/// A resource with a dynamic anchor, and the node there.
struct DynamicCandidate: BitwiseCopyable {
  let resource: Int32
  let node: NodeIndex
}

/// A schema: its keywords, those that look at annotations last.
struct Node: BitwiseCopyable {
  var keywords = TableRange(start: 0, end: 0)
  /// Where the chain of schemas ends that are nothing but a `$ref`; its own index for all others.
  var target: NodeIndex
  let resource: Int32
}

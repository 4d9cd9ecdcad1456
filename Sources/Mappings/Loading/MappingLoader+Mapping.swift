import Expressions
import TimeZones
import YAML

extension MappingLoader {
  private static let keys = [
    "channel", "description", "input", "csv", "time_zone", "takes", "documents", "let", "kind", "defaults", "skip",
    "group",
    "events",
  ]

  mutating func mapping(from root: Node) -> Mapping? {
    guard let members = members(of: root, "the mapping", allowed: Self.keys) else { return nil }
    let name = required("channel", in: members, of: root, "the mapping").flatMap { text($0, "`channel`") }
    let summary = members["description"].flatMap { text($0, "`description`") } ?? ""
    let input = required("input", in: members, of: root, "the mapping").flatMap { self.input($0) }
    let zone = required("time_zone", in: members, of: root, "the mapping").flatMap { self.zone($0) }
    let csv = csvOptions(members["csv"], input: input)
    namesAreColumns = input == .csv
    let takes = members["takes"].flatMap { condition($0, "`takes`", input: input) }
    let splits = members["documents"].map { self.splits($0, input: input) } ?? []
    let group = members["group"].flatMap { groupRule($0, input: input) }
    let row: NameScope = input == .csv && group == nil ? .row : .document
    let scopes = splits.isEmpty ? [row] : [.document] + splits.map { _ in .element }
    let rowSkips = input == .csv ? members["skip"].map { skipRules($0, in: [.row]) } : nil
    let bindings = members["let"].map { self.bindings($0, in: scopes) } ?? []
    let kind = members["kind"].flatMap { expression($0, "`kind`", in: scopes) }
    let skips = rowSkips ?? members["skip"].map { skipRules($0, in: scopes) } ?? []
    let defaults = members["defaults"].map { eventDefaults($0, in: scopes) } ?? EventDefaults()
    let rules =
      required("events", in: members, of: root, "the mapping").map { eventRules($0, in: scopes, defaults) } ?? []
    checkColumns(csv)
    checkKinds(kind, rules.map(\.kinds) + skips.map(\.kinds), at: members["events"] ?? root)
    guard let name, let input, let zone else { return nil }
    return Mapping(
      name: name, summary: summary, input: input, csv: csv, zone: zone, currency: shop.currency, takes: takes,
      splits: splits, bindings: bindings, skips: skips, group: group, rules: rules,
      dispatch: Dispatch(kind: kind, rules: rules.map(\.kinds), skips: skips.map(\.kinds)), columnUses: columnUses,
      loading: Mapping.Loading())
  }

  private mutating func condition(_ node: Node, _ what: String, input: Mapping.Input?) -> Expression? {
    if input == .csv { report("\(what) is for bodies of JSON; rows have `skip`", at: node) }
    return expression(node, what, in: [.document])
  }

  /// One expression, or a list of them.
  private mutating func splits(_ node: Node, input: Mapping.Input?) -> [Expression] {
    if input == .csv { report("`documents` splits bodies of JSON; rows are joined by `group`", at: node) }
    guard case .sequence = node else { return expression(node, "`documents`", in: [.document]).map { [$0] } ?? [] }
    var scopes: [NameScope] = [.document]
    let elements = elements(of: node, "expressions") ?? []
    if elements.isEmpty { report("expected at least one expression for `documents`", at: node) }
    return elements.compactMap { element in
      defer { scopes.append(.element) }
      return expression(element, "`documents`", in: scopes)
    }
  }

  /// Each may use the names before it.
  private mutating func bindings(_ node: Node, in scopes: [NameScope]) -> [Expression] {
    var expressions: [Expression] = []
    for (key, name, value) in pairs(of: node, "`let`") ?? [] {
      if bindingNames.contains(name) { report("`\(name)` stands in `let` a second time", at: key) }
      guard let expression = expression(value, "`\(name)`", in: scopes) else { continue }
      expressions.append(expression)
      bindingNames.append(name)
    }
    return expressions
  }

  private mutating func checkKinds(_ kind: Expression?, _ selectors: [KindSelector], at node: Node) {
    guard kind == nil, selectors.contains(where: { $0 != .all }) else { return }
    report("`of` names kinds of documents, and nothing says what a document is; add the key `kind`", at: node)
  }

  private mutating func input(_ node: Node) -> Mapping.Input? {
    choice(node, "`input`", Mapping.Input.allCases.map { ($0.rawValue, $0) })
  }

  private mutating func zone(_ node: Node) -> TimeZone? {
    guard let identifier = text(node, "`time_zone`") else { return nil }
    if identifier == "shop" { return shop.zone }
    do {
      return try TimeZone(identifier: identifier)
    } catch {
      report(error.description, at: node)
      return nil
    }
  }

  private mutating func skipRules(_ node: Node, in scopes: [NameScope]) -> [SkipRule] {
    (elements(of: node, "`skip` rules") ?? []).compactMap { skipRule($0, in: scopes) }
  }

  private mutating func skipRule(_ node: Node, in scopes: [NameScope]) -> SkipRule? {
    guard let members = members(of: node, "a `skip` rule", allowed: ["of", "when", "reason"]) else { return nil }
    let condition = members["when"].flatMap { expression($0, "`when`", in: scopes) }
    if members["when"] == nil, members["of"] == nil { report("a `skip` rule lacks the key `when` or `of`", at: node) }
    let reason = required("reason", in: members, of: node, "a `skip` rule").flatMap { text($0, "`reason`") }
    guard let reason else { return nil }
    return SkipRule(kinds: kinds(members["of"]), condition: condition, reason: reason)
  }

  /// A kind, a list of kinds, or `otherwise`.
  mutating func kinds(_ node: Node?) -> KindSelector {
    guard let node else { return .all }
    guard case .sequence = node else {
      guard let kind = text(node, "`of`") else { return .all }
      return kind == "otherwise" ? .otherwise : .named([kind])
    }
    let elements = elements(of: node, "kinds") ?? []
    if elements.isEmpty { report("expected at least one kind; without `of` a rule is for all", at: node) }
    return .named(
      elements.compactMap { element in
        let kind = text(element, "`of`")
        if kind == "otherwise" { report("`otherwise` stands alone: it is every kind that nothing names", at: element) }
        return kind
      })
  }

  private mutating func groupRule(_ node: Node, input: Mapping.Input?) -> GroupRule? {
    guard let members = members(of: node, "`group`", allowed: ["by", "within_rows"]) else { return nil }
    if input == .json { report("`group` joins rows; a mapping of JSON has none", at: node) }
    let key = required("by", in: members, of: node, "`group`").flatMap { expression($0, "`by`", in: [.row]) }
    let withinRows = members["within_rows"].map { integer($0, "`within_rows`", in: 1...10_000_000) }
    guard let key else { return nil }
    return GroupRule(key: key, withinRows: (withinRows ?? nil) ?? GroupRule.withinRowsDefault)
  }

  /// Where the mapping names the columns itself, misspelt ones show at once.
  private mutating func checkColumns(_ csv: CSVOptions) {
    guard namesAreColumns, let names = csv.columns else { return }
    for use in columnUses where !names.contains(use.name) {
      let suggestion = nearestName(to: use.name, in: names).map { "; did you mean '\($0)'?" } ?? ""
      report("there is no column '\(use.name)'" + suggestion, line: use.line, column: 1)
    }
  }
}

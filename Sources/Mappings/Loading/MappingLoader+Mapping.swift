import Expressions
import TimeZones
import YAML

extension MappingLoader {
  private static let keys = ["channel", "input", "csv", "time_zone", "skip", "group", "events"]

  mutating func mapping(from root: Node) -> Mapping? {
    guard let members = members(of: root, "the mapping", allowed: Self.keys) else { return nil }
    let name = required("channel", in: members, of: root, "the mapping").flatMap { text($0, "`channel`") }
    let input = required("input", in: members, of: root, "the mapping").flatMap { self.input($0) }
    let zone = required("time_zone", in: members, of: root, "the mapping").flatMap { self.zone($0) }
    let csv = csvOptions(members["csv"], input: input)
    namesAreColumns = input == .csv
    let skips = members["skip"].map { skipRules($0, input: input) } ?? []
    let group = members["group"].flatMap { groupRule($0, input: input) }
    let scope: NameScope = input == .csv && members["group"] == nil ? .row : .document
    let rules = required("events", in: members, of: root, "the mapping").map { eventRules($0, in: scope) } ?? []
    checkColumns(csv)
    guard let name, let input, let zone else { return nil }
    return Mapping(
      name: name, input: input, csv: csv, zone: zone, skips: skips, group: group, rules: rules, columnUses: columnUses)
  }

  private mutating func input(_ node: Node) -> Mapping.Input? {
    choice(node, "`input`", Mapping.Input.allCases.map { ($0.rawValue, $0) })
  }

  private mutating func zone(_ node: Node) -> TimeZone? {
    guard let identifier = text(node, "`time_zone`") else { return nil }
    do {
      return try TimeZone(identifier: identifier)
    } catch {
      report(error.description, at: node)
      return nil
    }
  }

  private mutating func skipRules(_ node: Node, input: Mapping.Input?) -> [SkipRule] {
    (elements(of: node, "`skip` rules") ?? []).compactMap { skipRule($0, in: input == .csv ? .row : .document) }
  }

  private mutating func skipRule(_ node: Node, in scope: NameScope) -> SkipRule? {
    guard let members = members(of: node, "a `skip` rule", allowed: ["when", "reason"]) else { return nil }
    let condition = required("when", in: members, of: node, "a `skip` rule").flatMap {
      expression($0, "`when`", in: [scope])
    }
    let reason = required("reason", in: members, of: node, "a `skip` rule").flatMap { text($0, "`reason`") }
    guard let condition, let reason else { return nil }
    return SkipRule(condition: condition, reason: reason)
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

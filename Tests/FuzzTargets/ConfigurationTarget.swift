import Events
import Platform

extension FuzzTarget {
  /// hoso.yaml. The identifier rules of a configuration that is accepted bring a value to one form, and leave that as it is.
  static let configuration = FuzzTarget(name: "configuration") {
    { input in
      guard let configuration = try? ConfigurationReader(file: "hoso.yaml").read(input.text) else { return }
      let rules = configuration.identifiers
      for type in rules.types {
        for value in ["0901 234 567", "Ngọc.Anh+tag@Gmail.com", "0000-00", "KH-1"] {
          guard case .success(let identifier) = rules.normalise(value, type: type.name) else { continue }
          let again = rules.normalise(identifier.value, type: type.name)
          try promise((try? again.get()) == identifier, "the identifier \(identifier) has another form: \(again)")
        }
      }
    }
  } seeds: {
    let pages = ["README.md"] + ProjectFiles.paths(below: "docs", ending: ".md")
    return pages.flatMap { blocks(of: ProjectFiles.bytes($0).text) } + [Array(everyKey.utf8)]
  }

  /// The pieces of YAML in a page.
  private static func blocks(of page: String) -> [[UInt8]] {
    page.split(separator: "```").filter { $0.hasPrefix("yaml\n") }.map { Array($0.dropFirst("yaml\n".count).utf8) }
  }

  private static let everyKey = """
    time_zone: Europe/Berlin
    currency: VND
    rates: {USD: 25400, EUR: "27000.5"}
    region: VN
    identity:
      types:
        - {name: customer_id, unique: true, links_max: 7}
        - {name: email, form: email, shared_above: {customer_id: 1}, drop_tags: true, dotless_domains: [gmail.com]}
        - {name: phone, form: phone, limit: 5, links_with: [email]}
        - {name: ma, form: verbatim}
      blocked: ["unknown", "n/a"]
      blocked_patterns: ["email:*@example.com", "phone:+8490000*", "kiosk-??", "a\\\\**b*c?*d"]
    projections: {keep: 1, memory: 1 GiB}
    campaigns: {attribution_window: 5 days}
    rfm:
      percentages: [20, 40, 60, 80]
      cuts: {r: [30, 90, 180, 365], f: [1, 2, 4, 8], m: [200000, 500000, 1000000, 3000000]}
      grid:
        5: [a, b, c, d, e]
        4: [a, b, c, d, e]
        3: [a, b, c, d, e]
        2: [a, b, c, d, e]
        1: [a, b, c, d, e]
    clv: {horizon_days: 365, discount_rate: 0.1, churn_days: 90}
    """
}

import Events
import Scoring

/// The commented `hoso.yaml` that `init` writes.
enum ConfigurationTemplate {
  static func text(timeZone: String, currency: String?, region: String) -> String {
    """
    # Configuration of this Hoso data directory. Every key may be left out; the values here are the defaults
    # unless 'hoso init' was told otherwise. A mistake is reported with its line, never passed over.

    # Calendar days, and times in tables, are those of this zone (a name of the IANA time zone database).
    time_zone: \(timeZone)

    # The currency of totals (ISO 4217). Left out, it is the only currency that the log holds.
    \(currency.map { "currency: \($0)" } ?? "# currency: VND")

    # What one unit of another currency is worth in the base currency. Without a rate, amounts in that currency
    # are shown apart and never added.
    # rates:
    #   USD: 25400

    # Phone numbers without a country code are numbers of this region (ISO 3166).
    region: \(region)

    # Identifier types, strongest first, and what they say about who is who; docs/identifiers.md explains all keys.
    # A change here regroups people, also those of years ago: 'hoso identity try FILE' shows beforehand what it would do.
    #   form          how values are brought to one form: verbatim, email, phone
    #   unique        a person holds at most one value; 'limit: 5' allows five
    #   shared_above  a value seen with more values of another type than the number is shared, and links nobody
    #   links_max     likewise for others of whatever types (default \(IdentifierType.standardLinksMax))
    #   links_with    the only types with which a value may be linked
    #   drop_tags, dotless_domains   for e-mail: take +tag away, and dots before the @ of these domains
    identity:
      types:
    \(IdentifierRules.standard.types.map(line).joined(separator: "\n"))
      # Values that name nobody, compared without regard to case; runs of 0 and - are always blocked.
      blocked: [\(IdentifierRules.standard.blocked.map { "\"\($0)\"" }.joined(separator: ", "))]
      # Patterns for further values that link nobody: * stands for any characters, ? for one.
      # blocked_patterns: ["email:*@example.com"]

    # Read models. 'hoso rebuild' builds them anew beside the live ones; 'hoso projection rollback' goes back.
    #   keep    how many former generations are kept to go back to; each takes the disk of the live one
    #   memory  about how much a rebuild may hold of what it has not written yet (KiB, MiB, GiB); beyond, it uses the disk
    projections: {keep: 1, memory: 1 GiB}

    # An order counts for the campaign whose message the person clicked or opened last, if that was not longer ago.
    campaigns: {attribution_window: 5 days}

    # RFM: scores from 1 to 5 by recency, frequency and value; docs/scores.md explains them.
    #   percentages  shares of the customers at which scores change
    #   cuts         fixed values instead: days since the last order, orders, net value in the base currency
    #   grid         the segment of each R score (rows) and FM score from 1 to 5; each cell has one name, any name
    rfm:
      percentages: [\(RFMCuts.standardPercentages.map(String.init).joined(separator: ", "))]
      # cuts: {r: [30, 90, 180, 365], f: [1, 2, 4, 8], m: [200000, 500000, 1000000, 3000000]}
      grid:
    \((1...5).reversed().map(gridRow).joined(separator: "\n"))

    # Customer lifetime value: over how many days, and by how much a year later counts less. The churn risk is that of no
    # order within churn_days.
    clv: {horizon_days: \(Horizon.standard.days), discount_rate: \(Horizon.standard.discountRate), churn_days: \(Horizon.standard.churnDays)}

    """
  }

  private static func gridRow(_ r: Int) -> String {
    "    \(r): [\((1...5).map { RFMGrid.standard[r: r, fm: $0] }.joined(separator: ", "))]"
  }

  private static func line(_ type: IdentifierType) -> String {
    var parts = ["name: \(type.name)"]
    if let limit = type.limit { parts.append(limit == 1 ? "unique: true" : "limit: \(limit)") }
    switch type.form {
    case .verbatim: break
    case .email: parts.append("form: email")
    case .phone: parts.append("form: phone")
    }
    if !type.sharedAbove.isEmpty {
      let limits = type.sharedAbove.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      parts.append("shared_above: {\(limits.joined(separator: ", "))}")
    }
    return "    - {\(parts.joined(separator: ", "))}"
  }
}

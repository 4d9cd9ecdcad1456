import Events

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

    # Identifier types, strongest first. A person's id follows from the strongest one they have.
    # form: how values are brought to one form (verbatim, email, phone). unique: a person holds at most one.
    identity:
      types:
    \(IdentifierRules.standard.types.map(line).joined(separator: "\n"))
      # Values that name nobody, compared without regard to case; runs of 0 and - are always blocked.
      blocked: [\(IdentifierRules.standard.blocked.map { "\"\($0)\"" }.joined(separator: ", "))]

    """
  }

  private static func line(_ type: IdentifierType) -> String {
    var parts = ["name: \(type.name)"]
    if type.isUnique { parts.append("unique: true") }
    switch type.form {
    case .verbatim: break
    case .email: parts.append("form: email")
    case .phone: parts.append("form: phone")
    }
    return "    - {\(parts.joined(separator: ", "))}"
  }
}

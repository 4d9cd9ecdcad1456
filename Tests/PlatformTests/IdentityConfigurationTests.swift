import Events
import Platform
import Testing

@Suite("The identity rules of hoso.yaml")
struct IdentityConfigurationTests {
  private func rules(_ yaml: String) throws -> IdentifierRules {
    try Platform.configuration(of: try Shop(configuration: yaml).directory).identifiers
  }

  /// The type that a line of `identity.types` makes, beside others.
  private func type(_ line: String) throws -> IdentifierType {
    try #require(try rules("identity:\n  types:\n    - other\n    - third\n    - \(line)\n").types.last)
  }

  @Test(
    "Every key of a type is read",
    arguments: [
      ("{name: a}", IdentifierType(name: "a")), ("{name: a, limit: 5}", IdentifierType(name: "a", limit: 5)),
      ("{name: a, unique: true}", IdentifierType(name: "a", limit: 1)),
      ("{name: a, unique: false}", IdentifierType(name: "a")),
      ("{name: a, unique: false, limit: 2}", IdentifierType(name: "a", limit: 2)),
      (
        "{name: a, shared_above: {other: 1, third: 20}}",
        IdentifierType(name: "a", sharedAbove: ["other": 1, "third": 20])
      ),
      ("{name: a, shared_above: {a: 3}}", IdentifierType(name: "a", sharedAbove: ["a": 3])),
      ("{name: a, links_max: 7}", IdentifierType(name: "a", linksMax: 7)),
      ("{name: a, links_max: 1000000}", IdentifierType(name: "a", linksMax: 1_000_000)),
      ("{name: a, links_with: [other, a]}", IdentifierType(name: "a", linksWith: ["other", "a"])),
      ("{name: a, links_with: []}", IdentifierType(name: "a", linksWith: [])),
      ("{name: a, form: verbatim}", IdentifierType(name: "a")),
      ("{name: a, form: phone, limit: 3}", IdentifierType(name: "a", form: .phone, limit: 3)),
    ])
  func keys(line: String, expected: IdentifierType) throws {
    #expect(try type(line) == expected)
  }

  @Test("What of an e-mail address tells nobody apart is read, the domains in any case")
  func email() throws {
    var options = EmailOptions()
    options.dropsTags = true
    #expect(try type("{name: a, form: email, drop_tags: true}").form == .email(options))
    options.dotlessDomains = ["gmail.com", "googlemail.com"]
    #expect(
      try type("{name: a, drop_tags: true, dotless_domains: [Gmail.COM, googlemail.com], form: email}").form
        == .email(options))
    #expect(try type("{name: a, form: email, drop_tags: false}").form == .email())
  }

  @Test("Blocked patterns are read with the types that the file names, wherever they stand in it")
  func patterns() throws {
    let rules = try rules(
      #"""
      identity:
        blocked_patterns: ["mail:*@example.com", "kiosk-??", 'email:\*']
        types: [{name: mail, form: email}, device]
      """#)
    #expect(rules.blockedPatterns.map(\.text) == ["mail:*@example.com", "kiosk-??", #"email:\*"#])
    #expect(rules.blockedPatterns.map(\.type) == ["mail", nil, nil], "email is no type here")
    #expect(rules.isBlocked(Identifier(type: "mail", value: "an@example.com")))
    #expect(!rules.isBlocked(Identifier(type: "device", value: "an@example.com")))
    #expect(rules.isBlocked(Identifier(type: "device", value: "KIOSK-17")))
  }

  @Test("What a file leaves out of the section is as in the standard rules")
  func leftOut() throws {
    let standard = IdentifierRules.standard
    #expect(try rules("identity: {}\n") == standard)
    #expect(try rules("identity:\n  blocked: [x]\n").types == standard.types)
    let typed = try rules("identity:\n  types: [email]\n")
    #expect(typed.blocked == standard.blocked && typed.blockedPatterns.isEmpty)
  }

  @Test("The file that is written for a new directory gives the standard rules, with every pattern and limit of them")
  func template() throws {
    let shop = try Shop()
    _ = try shop.directory.initialise(timeZone: Configuration.defaultZone, currency: nil, region: "VN")
    #expect(try Platform.configuration(of: shop.directory).identifiers == .standard)
    let text = try #require(try TextFile.read(shop.directory.configurationFile))
    for key in ["unique", "limit", "shared_above", "links_max", "links_with", "drop_tags", "dotless_domains"] {
      #expect(text.contains(key), "the file explains \(key)")
    }
    // Its comments are right too: what they show can be uncommented.
    let uncommented = text.replacing("# blocked_patterns:", with: "blocked_patterns:")
    #expect(try rules(uncommented).blockedPatterns.map(\.text) == ["email:*@example.com"])
  }

  @Test("A hundred types are possible, and a type of any of them can be named")
  func manyTypes() throws {
    let names = (1...100).map { "t\($0)" }
    let rules = try rules(
      "identity:\n  types: [\(names.dropLast().joined(separator: ", ")), {name: t100, links_with: [t1]}]\n")
    #expect(rules.types.map(\.name) == names)
    #expect(rules.types.last?.linksWith == ["t1"])
  }

  static let oneType = "identity:\n  types:\n    - name: a\n      "

  @Test(
    "A mistake is reported with its line and what to write",
    arguments: [
      (oneType + "limit: 0\n", 4, "limit must be a whole number from 1 to 1000000"),
      (oneType + "limit: -1\n", 4, "limit must be a whole number from 1 to 1000000"),
      (oneType + "limit: many\n", 4, "limit must be a whole number from 1 to 1000000"),
      (oneType + "limit: 1.5\n", 4, "limit must be a whole number from 1 to 1000000"),
      (oneType + "limit: [1]\n", 4, "limit must be a whole number from 1 to 1000000"),
      (oneType + "limit: 1000001\n", 4, "limit must be a whole number from 1 to 1000000"),
      (oneType + "links_max: 0\n", 4, "links_max must be a whole number from 1 to 1000000"),
      (oneType + "unique: true\n      limit: 2\n", 5, "write unique or limit, not both"),
      (oneType + "limit: 2\n      unique: true\n", 5, "write unique or limit, not both"),
      (oneType + "unique: yes please\n", 4, "write true or false"),
      (oneType + "shared_above: 3\n", 4, "shared_above must be a mapping of keys to values"),
      (oneType + "shared_above: {a: 0}\n", 4, "shared_above must be a whole number from 1 to 1000000"),
      (oneType + "shared_above: {customer: 1}\n", 3, "'customer', which 'a' names, is no identifier type; types are a"),
      (oneType + "links_with: b\n", 4, "links_with must be a list"),
      (oneType + "links_with: [a, b]\n", 3, "'b', which 'a' names, is no identifier type; types are a"),
      (
        oneType + "links_with: [A]\n", 4,
        "'A' cannot name an identifier type; write lower-case letters, digits and _, such as wifi_mac"
      ),
      (
        "identity:\n  types:\n    - name: a\n      drop_tags: true\n      form: phone\n", 3,
        "drop_tags and dotless_domains are for types of the form email"
      ),
      (oneType + "dotless_domains: [gmail.com]\n", 3, "drop_tags and dotless_domains are for types of the form email"),
      (oneType + "form: email\n      drop_tags: 1\n", 5, "write true or false"),
      (oneType + "form: email\n      dotless_domains: gmail.com\n", 5, "dotless_domains must be a list"),
      (
        oneType + "strength: 1\n", 4,
        "unknown key 'strength'; known are name, form, unique, limit, shared_above, links_max, links_with, drop_tags, "
          + "dotless_domains"
      ),
      ("identity:\n  kinds: []\n", 2, "unknown key 'kinds'; known are types, blocked, blocked_patterns"),
      ("identity: [a]\n", 1, "identity must be a mapping of keys to values"),
      ("identity:\n  blocked_patterns: x\n", 2, "identity.blocked_patterns must be a list"),
      ("identity:\n  blocked_patterns:\n    - x\n    - [y]\n", 4, "a blocked pattern must be a text"),
      (
        "identity:\n  blocked_patterns:\n    - x\n    - '*'\n", 4,
        "the blocked pattern '*' would block every value; name at least one character besides '*' and '?'"
      ),
      (
        "identity:\n  blocked_patterns: ['email:']\n", 2,
        "the blocked pattern 'email:' is empty; write a pattern such as email:*@example.com"
      ),
      (
        "identity:\n  blocked_patterns: ['a\\']\n", 2,
        "the blocked pattern 'a\\' ends in a '\\' with nothing to escape; write '\\\\' for a backslash"
      ),
      (
        "identity:\n  types: [\((1...101).map { "t\($0)" }.joined(separator: ", "))]\n", 2,
        "identity.types has 101 types; at most 100 are possible"
      ),
    ])
  func mistakes(yaml: String, line: Int, reason: String) throws {
    let shop = try Shop(configuration: yaml)
    let error = #expect(throws: ConfigurationError.self) { try Platform.configuration(of: shop.directory) }
    #expect(error?.description == "\(shop.directory.configurationFile):\(line): \(reason)")
  }

  @Test("Only a change of the types or of their order makes events fold otherwise")
  func foldsLike() throws {
    let base = try rules("identity:\n  types: [a, b]\n")
    for yaml in [
      "types: [a, {name: b, limit: 2}]", "types: [{name: a, links_with: [b]}, b]",
      "types: [a, b]\n  blocked_patterns: [x]", "types: [{name: a, shared_above: {b: 1}, links_max: 3}, b]",
    ] {
      let changed = try rules("identity:\n  \(yaml)\n")
      #expect(changed != base && changed.foldsLike(base), "\(yaml)")
    }
    for yaml in ["types: [b, a]", "types: [a]", "types: [a, b, c]", "types: [a, c]"] {
      #expect(!(try rules("identity:\n  \(yaml)\n").foldsLike(base)), "\(yaml)")
    }
  }
}

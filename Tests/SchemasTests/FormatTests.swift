import Schemas
import Testing

@Suite struct FormatTests {
  @Test(
    "A format accepts what it describes and refuses what it does not",
    arguments: [
      (
        "date-time", ["2026-02-28T14:05:00+07:00", "1998-12-31T23:59:60Z"], ["2026-02-28", "2026-02-30T00:00:00Z", ""]
      ),
      ("date", ["2024-02-29", "0000-01-01"], ["2023-02-29", "2024-2-29", "2024-02-29T", "20240229", "2024-0a-01"]),
      ("time", ["14:05:00Z", "14:05:00.123+07:00", "23:59:60Z"], ["14:05:00", "24:00:00Z", "22:59:60Z", "14:05Z"]),
      ("email", ["a@b", "hồng@example.com"], ["a", "@b", "a@", "a@b@c", "a b@c"]),
      (
        "uri", ["urn:a", "https://example.com/?q=%20#f", "mailto:a@b"],
        ["/a", "a b:c", "http://a b", "x:%4", "1:a", "x:ư"]
      ),
      (
        "uuid", ["7f9c2ba4-e88f-42d1-8c65-0f2b1a7d9e30"],
        ["7f9c2ba4e88f42d18c650f2b1a7d9e30", "7f9c2ba4-e88f-42d1-8c65-0f2b1a7d9e3g", ""]
      ),
      ("ipv4", ["0.0.0.0", "255.1.20.199"], ["256.1.1.1", "1.1.1", "01.1.1.1", "1.1.1.1.1", "1..1.1", "1.1.1.1 "]),
      ("currency", ["VND", "USD", "KWD"], ["vnd", "XYZ", "$", "VN", ""]),
      ("money", ["0", "12.5", "250000", "1e3"], ["-1", "1,000", "", " 1", "+1", "12.", "1 VND"]),
      ("price", ["-0.5", "0.000001", "3"], ["0.0000001", "x", "1e-7", ""]),
    ] as [(String, [String], [String])])
  func formats(name: String, good: [String], bad: [String]) throws {
    let schema = try compiled(#"{"format":"\#(name)"}"#)
    for text in good { #expect(try schema.accepts("\"\(text)\""), "\(name): \(text)") }
    for text in bad { #expect(try !schema.accepts("\"\(text)\""), "\(name): \(text)") }
    for other in ["null", "true", "[]", "{}"] {
      #expect(try schema.accepts(other), "\(name) says nothing about \(other)")
    }
  }

  @Test("As an annotation a format checks nothing, and may be any")
  func annotation() throws {
    #expect(try compiled(#"{"format":"date"}"#, formats: .annotation).accepts(#""never""#))
    #expect(try compiled(#"{"format":"unheard-of"}"#, formats: .annotation).accepts("1"))
  }

  @Test("Money has at most the decimals of its currency, by value, and fits into minor units of 64 bits")
  func money() throws {
    let schema = try compiled(#"{"format":"money"}"#)
    let cases: [(String, exponent: Int?, Bool)] = [
      ("12.5", 0, false), ("12.50", 1, true), ("12.55", 1, false), ("12.0", 0, true), ("12.555", nil, true),
      ("1.234", 3, true), ("9223372036854775807", 0, true), ("9223372036854775808", 0, false),
      ("92233720368547758.07", 2, true), ("92233720368547758.08", 2, false), ("-0.01", 2, false), ("-0", 2, true),
    ]
    for (amount, exponent, isValid) in cases {
      for document in [amount, "\"\(amount)\""] {
        let context = ValidationContext(currencyExponent: exponent)
        #expect(try schema.accepts(document, context) == isValid, "\(document) with \(exponent ?? -1) decimals")
      }
    }
  }
}

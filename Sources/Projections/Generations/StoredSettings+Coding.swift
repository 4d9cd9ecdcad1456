import BinaryCoding
import Events
import Upcasting

/// The settings that a generation was made by, as a row of its table `meta`; docs/formats/projections.md describes it.
extension StoredSettings {
  static let key = Array("rules".utf8)

  /// `upcasters`: the fingerprint of those by which the events were read.
  static func encoded(_ settings: FoldSettings, upcasters: UInt64) -> [UInt8] {
    var writer = ByteWriter(capacity: 512)
    let rules = settings.identifiers
    writer.text(rules.region.iso3166)
    writer.count(rules.types.count)
    for type in rules.types { write(type, to: &writer) }
    writer.texts(rules.blocked)
    writer.texts(rules.blockedPatterns.map(\.text))
    writer.signed(settings.attributionWindow)
    writer.fixed(upcasters)
    return writer.bytes
  }

  static func decoded(_ bytes: [UInt8]) throws -> StoredSettings {
    try bytes.withUnsafeBytes { raw in
      var reader = ByteReader(raw)
      let rules = try rules(&reader)
      // Version 2 of read models knew neither.
      if reader.isAtEnd { return StoredSettings(identifiers: rules, attributionWindow: 0, upcasters: nil) }
      let window = try reader.signed()
      let upcasters: UInt64 = try reader.fixed()
      guard reader.isAtEnd else { throw CodingError("the settings are \(reader.remaining) bytes too long") }
      return StoredSettings(identifiers: rules, attributionWindow: window, upcasters: upcasters)
    }
  }

  private static func rules(_ reader: inout ByteReader) throws -> IdentifierRules {
    let code = try reader.text()
    guard let region = PhoneRegion(code) else { throw CodingError("the phone region \(code) is unknown") }
    let types = try reader.list { (reader) throws(CodingError) in try type(&reader) }
    let blocked = try reader.texts()
    let patterns = try reader.texts()
    return IdentifierRules(
      types: types, blocked: blocked,
      blockedPatterns: try patterns.map { try BlockedPattern($0, typeNames: types.map(\.name)) }, region: region)
  }

  private static func write(_ type: IdentifierType, to writer: inout ByteWriter) {
    writer.text(type.name)
    switch type.form {
    case .verbatim: writer.byte(0)
    case .email(let options):
      writer.byte(1)
      writer.flag(options.dropsTags)
      writer.texts(options.dotlessDomains.sorted())
    case .phone: writer.byte(2)
    }
    writer.count(type.limit ?? 0)
    writer.count(type.sharedAbove.count)
    for (name, max) in type.sharedAbove.sorted(by: { $0.key < $1.key }) {
      writer.text(name)
      writer.count(max)
    }
    writer.count(type.linksMax)
    writer.optional(type.linksWith) { $0.texts($1.sorted()) }
  }

  private static func type(_ reader: inout ByteReader) throws(CodingError) -> IdentifierType {
    let name = try reader.text()
    let form = try form(&reader)
    let limit = try reader.count()
    let sharedAbove = try reader.list { (reader) throws(CodingError) in (try reader.text(), try reader.count()) }
    let linksMax = try reader.count()
    let linksWith = try reader.optional { (reader) throws(CodingError) in Set(try reader.texts()) }
    return IdentifierType(
      name: name, form: form, limit: limit == 0 ? nil : limit,
      sharedAbove: Dictionary(sharedAbove) { first, _ in first }, linksMax: linksMax, linksWith: linksWith)
  }

  private static func form(_ reader: inout ByteReader) throws(CodingError) -> IdentifierType.Form {
    switch try reader.byte() {
    case 0: return .verbatim
    case 1:
      var options = EmailOptions()
      options.dropsTags = try reader.flag()
      options.dotlessDomains = Set(try reader.texts())
      return .email(options)
    case 2: return .phone
    default: throw CodingError("the form of an identifier type is unknown")
    }
  }
}

extension ByteWriter {
  fileprivate mutating func texts(_ texts: [String]) {
    count(texts.count)
    for text in texts { self.text(text) }
  }
}

extension ByteReader {
  fileprivate mutating func texts() throws(CodingError) -> [String] {
    try list { (reader) throws(CodingError) in try reader.text() }
  }
}

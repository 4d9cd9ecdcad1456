package import BinaryCoding
package import Events

extension Person {
  /// The stage alone, which is the first byte of a stored person.
  package static func stage(ofStored bytes: UnsafeRawBufferPointer) -> Stage? {
    bytes.first.flatMap(Stage.init(rawValue:))
  }

  /// The purchases alone, which follow the stage; empty in a form that did not keep them.
  package static func purchases(
    ofStored bytes: UnsafeRawBufferPointer, form: UInt32 = RowForm.current
  ) throws(CodingError) -> PurchaseHistory {
    var reader = ByteReader(bytes, form: form)
    _ = try reader.byte()
    return try PurchaseHistory(blobOf: &reader)
  }

  /// The identifiers alone, strongest first.
  package static func identifiers(
    ofStored bytes: UnsafeRawBufferPointer, form: UInt32 = RowForm.current
  ) throws(CodingError) -> [Identifier] {
    var reader = ByteReader(bytes, form: form)
    if form >= 6 {
      var person = Person()
      try person.readFigures(&reader)
    } else {
      _ = try reader.byte()
      if form >= 4 { _ = try reader.blob() }
    }
    return try reader.list { (reader) throws(CodingError) in try Contact(&reader).identifier }
  }

  /// The person's row; docs/formats/projections.md describes it. O(bytes).
  package func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: 256)
    encode(to: &writer)
    return writer.bytes
  }

  /// Appends the person's row: the figures before all that is made of texts. O(bytes).
  package func encode(to writer: inout ByteWriter) {
    encodeFigures(to: &writer)
    writer.count(contacts.count)
    for contact in contacts { contact.encode(to: &writer) }
    traitValues.encode(to: &writer) { $0.text($1) }
    consentWords.encode(to: &writer)
    channelCounts.encode(to: &writer)
    storeCounts.encode(to: &writer)
    productFigures.encode(to: &writer) { $1.encode(to: &$0) }
    categoryFigures.encode(to: &writer) { $1.encode(to: &$0) }
    writer.count(attributed.count)
    for orders in attributed { orders.encode(to: &writer) }
    custom.encode(to: &writer)
  }

  private func encodeFigures(to writer: inout ByteWriter) {
    writer.byte(stage.rawValue)
    purchases.encodeBlob(to: &writer)
    orders.encode(to: &writer)
    writer.count(visits)
    writer.time(lastVisit)
    email.encode(to: &writer)
    writer.count(ticketsOpen)
    writer.count(ticketsResolved)
    writer.count(events)
    writer.signed(firstSeen)
    writer.signed(lastSeen)
  }

  /// Reads a whole row, of the present form or an older one; throws where it is too short, too long or malformed. With
  /// `figuresOnly` all that is made of texts may be left out: then what follows the figures is not looked at. O(bytes).
  package init(
    decoding bytes: UnsafeRawBufferPointer, form: UInt32 = RowForm.current, figuresOnly: Bool = false
  ) throws(CodingError) {
    var reader = ByteReader(bytes, form: form)
    if form >= 6 {
      try readFigures(&reader)
      if figuresOnly { return }
      try readTexts(&reader)
    } else {
      try readFormer(&reader)
    }
    guard reader.isAtEnd else { throw CodingError("a person's row is \(reader.remaining) bytes too long") }
  }

  private mutating func readFigures(_ reader: inout ByteReader) throws(CodingError) {
    try readBeginning(&reader)
    try readActivity(&reader)
    try readTimes(&reader)
  }

  private mutating func readTexts(_ reader: inout ByteReader) throws(CodingError) {
    try readNames(&reader)
    channelCounts = try NameCounts(&reader)
    storeCounts = try NameCounts(&reader)
    try readSums(&reader)
  }

  /// What versions before 6 wrote.
  private mutating func readFormer(_ reader: inout ByteReader) throws(CodingError) {
    try readBeginning(&reader)
    try readNames(&reader)
    try readActivity(&reader)
    channelCounts = try NameCounts(&reader)
    storeCounts = try NameCounts(&reader)
    try readTimes(&reader)
    try readSums(&reader)
  }

  private mutating func readBeginning(_ reader: inout ByteReader) throws(CodingError) {
    guard let stage = Stage(rawValue: try reader.byte()) else { throw CodingError("a person's stage is unknown") }
    self.stage = stage
    purchases = try PurchaseHistory(blobOf: &reader)
  }

  private mutating func readActivity(_ reader: inout ByteReader) throws(CodingError) {
    orders = try OrderFigures(&reader)
    visits = try reader.count()
    lastVisit = try reader.time()
    email = try EmailFigures(&reader)
    ticketsOpen = try reader.count()
    ticketsResolved = try reader.count()
  }

  private mutating func readTimes(_ reader: inout ByteReader) throws(CodingError) {
    events = try reader.count()
    firstSeen = try reader.signed()
    lastSeen = try reader.signed()
  }

  private mutating func readNames(_ reader: inout ByteReader) throws(CodingError) {
    contacts = try reader.list { (reader) throws(CodingError) in try Contact(&reader) }
    traitValues = try NamedValues(&reader) { (reader) throws(CodingError) in try reader.text() }
    consentWords = try Consents(&reader)
  }

  private mutating func readSums(_ reader: inout ByteReader) throws(CodingError) {
    productFigures = try NamedValues(&reader) { (reader) throws(CodingError) in try ProductFigures(&reader) }
    categoryFigures = try NamedValues(&reader) { (reader) throws(CodingError) in try CategoryFigures(&reader) }
    if reader.form >= 3 {
      attributed = try reader.list { (reader) throws(CodingError) in try AttributedOrders(&reader) }
    }
    if reader.form >= 5 { custom = try CustomEvents(&reader) }
  }
}

extension PurchaseHistory {
  /// With its length before it, so that who wants what follows can pass over it; nobody's is empty.
  fileprivate func encodeBlob(to writer: inout ByteWriter) {
    guard !isEmpty else { return writer.count(0) }
    var content = ByteWriter(capacity: 16 + 12 * purchases.count)
    encode(to: &content)
    writer.blob(content.bytes)
  }

  fileprivate init(blobOf reader: inout ByteReader) throws(CodingError) {
    self.init()
    guard reader.form >= 4 else { return }
    let blob = try reader.blob()
    guard !blob.isEmpty else { return }
    var content = ByteReader(blob, form: reader.form)
    self = try PurchaseHistory(&content)
    guard content.isAtEnd else { throw CodingError("the purchases of a person are too long") }
  }
}

extension Person.Contact {
  func encode(to writer: inout ByteWriter) {
    writer.identifier(identifier)
    writer.signed(firstSeen)
    writer.signed(lastSeen &- firstSeen)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    identifier = try reader.identifier()
    firstSeen = try reader.signed()
    lastSeen = firstSeen &+ (try reader.signed())
  }
}

extension OrderFigures {
  func encode(to writer: inout ByteWriter) {
    for number in [count, placed, cancelled] { writer.count(number) }
    writer.time(first)
    writer.time(last)
    writer.count(amounts.count)
    for (currency, amounts) in amounts.sorted(by: { $0.key < $1.key }) {
      writer.unsigned(currency.rawValue)
      for amount in [amounts.gross, amounts.refunded, amounts.net] { writer.signed(amount) }
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    count = try reader.count()
    placed = try reader.count()
    cancelled = try reader.count()
    first = try reader.time()
    last = try reader.time()
    let pairs = try reader.list { (reader) throws(CodingError) -> (Currency, Amounts) in
      guard let code = UInt32(exactly: try reader.unsigned()) else { throw CodingError("a currency is out of range") }
      var amounts = Amounts()
      amounts.gross = try reader.signed()
      amounts.refunded = try reader.signed()
      amounts.net = try reader.signed()
      return (Currency(rawValue: code), amounts)
    }
    amounts = Dictionary(pairs) { $1 }
  }
}

extension EmailFigures {
  func encode(to writer: inout ByteWriter) {
    for number in [sent, delivered, opened, clicked, bounced] { writer.count(number) }
    writer.time(lastSent)
    writer.time(lastOpened)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    sent = try reader.count()
    delivered = try reader.count()
    opened = try reader.count()
    clicked = try reader.count()
    bounced = try reader.count()
    lastSent = try reader.time()
    lastOpened = try reader.time()
  }
}

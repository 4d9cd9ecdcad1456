package import BinaryCoding
import Events

/// What a person ever ordered, by time and value: what scores are made of, as of any time.
package struct PurchaseHistory: Hashable, Sendable {
  /// By when they were placed; also those that do not count any more.
  package private(set) var purchases: [Purchase] = []
  /// By when they were issued.
  package private(set) var credits: [PurchaseCredit] = []

  package init() {}

  package var isEmpty: Bool { purchases.isEmpty && credits.isEmpty }

  /// Adds an order that was placed; others are none of the history's.
  mutating func add(_ order: OrderState) {
    if let purchase = Purchase(order) { purchases.append(purchase) }
  }

  mutating func add(_ credit: PurchaseCredit) { credits.append(credit) }

  /// Brings what was added into the order that does not depend on when it was. O(n log n).
  mutating func sort() {
    if purchases.count > 1 { purchases.sort(by: Purchase.precedes) }
    if credits.count > 1 { credits.sort(by: PurchaseCredit.precedes) }
  }
}

extension PurchaseHistory {
  /// Appends the history: currencies by their codes, then purchases and credits, which name them by their place.
  func encode(to writer: inout ByteWriter) {
    let currencies = Set(purchases.map(\.currency) + credits.map(\.amount.currency)).sorted()
    writer.count(currencies.count)
    for currency in currencies { writer.unsigned(currency.rawValue) }
    func place(_ currency: Currency) -> Int { currencies.firstIndex(of: currency) ?? 0 }
    writer.count(purchases.count)
    var time: Int64 = 0
    for purchase in purchases {
      writer.count(place(purchase.currency) << 1 | (purchase.later.isEmpty ? 0 : 1))
      purchase.first.encode(to: &writer, after: time)
      time = purchase.placedAt
      if !purchase.later.isEmpty {
        writer.count(purchase.later.count)
        for step in purchase.later { step.encode(to: &writer, after: time) }
      }
    }
    writer.count(credits.count)
    for credit in credits {
      writer.count(place(credit.amount.currency))
      writer.signed(credit.issuedAt)
      writer.signed(credit.amount.minorUnits)
    }
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    // Nearly everybody has one currency, which needs no list.
    let count = try reader.count()
    let only = count > 0 ? try reader.currency() : Currency(rawValue: 0)
    var others: [Currency] = []
    if count > 1 { for _ in 1..<count { others.append(try reader.currency()) } }
    func currency(_ place: Int) throws(CodingError) -> Currency {
      guard place < count else { throw CodingError("a purchase names a currency that is not there") }
      return place == 0 ? only : others[place - 1]
    }
    var time: Int64 = 0
    purchases = try reader.list { (reader) throws(CodingError) in
      let head = try reader.count()
      let first = try Purchase.Step(&reader, after: time)
      time = first.time
      let later =
        head & 1 == 0 ? [] : try reader.list { (reader) throws(CodingError) in try Purchase.Step(&reader, after: time) }
      return Purchase(currency: try currency(head >> 1), first: first, later: later)
    }
    credits = try reader.list { (reader) throws(CodingError) in
      let currency = try currency(try reader.count())
      let time = try reader.signed()
      return PurchaseCredit(issuedAt: time, amount: Money(minorUnits: try reader.signed(), currency: currency))
    }
  }
}

extension ByteReader {
  fileprivate mutating func currency() throws(CodingError) -> Currency {
    guard let code = UInt32(exactly: try unsigned()) else { throw CodingError("a currency is out of range") }
    return Currency(rawValue: code)
  }
}

extension Purchase.Step {
  fileprivate func encode(to writer: inout ByteWriter, after time: Int64) {
    writer.signed(self.time &- time)
    writer.optional(net) { $0.signed($1) }
  }

  fileprivate init(_ reader: inout ByteReader, after time: Int64) throws(CodingError) {
    self.time = time &+ (try reader.signed())
    net = try reader.optional { (reader) throws(CodingError) in try reader.signed() }
  }
}

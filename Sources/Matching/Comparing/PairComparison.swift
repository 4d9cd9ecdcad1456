/// Two records side by side, with what their fields are weighed by.
///
/// `a` and `b` are in an order that follows from their content, so that the order in which records were added changes
/// no bit of a score.
struct PairComparison {
  let finder: PreparedRecords
  let a: StoredRecord
  let b: StoredRecord

  init(_ finder: PreparedRecords, _ first: Int, _ second: Int) {
    let (first, second) = (finder.store.records[first], finder.store.records[second])
    self.finder = finder
    (a, b) = Self.order(first) <= Self.order(second) ? (first, second) : (second, first)
  }

  private static func order(_ record: StoredRecord) -> (UInt32, UInt32, UInt32) {
    (record.nameKey, record.addressKey, record.birthday)
  }

  var store: RecordStore { finder.store }
  var population: Population { finder.population }
}

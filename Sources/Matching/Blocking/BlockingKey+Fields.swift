extension BlockingKey {
  func birthdayValues(of record: StoredRecord, in store: RecordStore, _ take: (UInt32) -> Void) {
    guard record.birthday > 0 else { return }
    switch self {
    case .birthday: take(record.birthday)
    case .soundAndBirthday: sounds(of: record, in: store) { take(value($0, record.birthday)) }
    default: soundPairs(of: record, in: store) { take(value($0, record.birthday / 10_000)) }
    }
  }

  func nameValues(of record: StoredRecord, in store: RecordStore, _ take: (UInt32) -> Void) {
    guard record.nameKey > 0 else { return }
    switch self {
    case .name: take(record.nameKey)
    case .nameAndCity:
      guard record.addressCount > 0 else { return }
      take(value(record.nameKey, store.key(record.city, of: store.places)))
    default:
      guard record.birthday > 0 else { return }
      take(value(record.nameKey, self == .nameAndYear ? record.birthday / 10_000 : record.birthday % 10_000))
    }
  }

  func addressValues(of record: StoredRecord, in store: RecordStore, _ take: (UInt32) -> Void) {
    guard record.addressCount > 0 else { return }
    if self == .address {
      return take(value(store.key(record.line, of: store.places), store.key(record.city, of: store.places)))
    }
    for place in rarePlaces(of: record, in: store) {
      sounds(of: record, in: store) { take(value($0, place)) }
    }
  }

  func emailValues(of record: StoredRecord, in store: RecordStore, _ take: (UInt32) -> Void) {
    for email in store.emails[record.emails] {
      switch self {
      case .emailName: take(email.nameKey)
      case .emailLetters: take(email.lettersKey)
      default: sounds(of: record, in: store) { take(value($0, email.lettersKey)) }
      }
    }
  }

  func phoneValues(of record: StoredRecord, in store: RecordStore, _ take: (UInt32) -> Void) {
    for phone in store.phones[record.phones] {
      let part = self == .soundAndPhoneEnd ? phone % 10_000 : phone / 10_000
      sounds(of: record, in: store) { take(value($0, UInt32(truncatingIfNeeded: part))) }
    }
  }

  /// The three rarest words of an address, equally rare ones by their hashes.
  private func rarePlaces(of record: StoredRecord, in store: RecordStore) -> [UInt32] {
    let places = store.words[record.address].map { store.places[$0] }
    let sorted = places.sorted { ($0.count, $0.hash) < ($1.count, $1.hash) }
    return sorted.prefix(3).map { UInt32(truncatingIfNeeded: $0.hash) }
  }

  private func sounds(of record: StoredRecord, in store: RecordStore, _ take: (UInt32) -> Void) {
    for word in store.words[record.name] { take(store.names[word].soundCode) }
  }

  /// The sounds of each two words of a name, in either order.
  private func soundPairs(of record: StoredRecord, in store: RecordStore, _ take: (UInt32) -> Void) {
    let words = store.words[record.name]
    for (place, word) in words.enumerated() {
      for other in words.dropFirst(place + 1) {
        let (a, b) = (store.names[word].soundCode, store.names[other].soundCode)
        take(value(min(a, b), max(a, b)))
      }
    }
  }
}

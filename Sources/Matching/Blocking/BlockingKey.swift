/// What two records must have in common to be compared at all. "Blocking" of record linkage with several keys, so that
/// a pair that one key misses because of a typing error is met under another (Christen, "A Survey of Indexing
/// Techniques for Scalable Record Linkage and Deduplication", 2012).
///
/// Coarse keys serve small populations; in big ones their blocks are too large and are skipped, and the finer keys
/// after them take over.
enum BlockingKey: UInt64, CaseIterable {
  case birthday = 1
  /// A name word that sounds alike and the same birthday.
  case soundAndBirthday
  case name
  case nameAndYear
  case nameAndDayOfYear
  case nameAndCity
  /// Two name words that sound alike and the same year of birth.
  case soundsAndYear
  case address
  /// A name word that sounds alike and a rare word of the address.
  case soundAndPlace
  case emailName
  case emailLetters
  case emailLettersAndSound
  /// A name word that sounds alike and the last four digits of a phone number.
  case soundAndPhoneEnd
  /// A name word that sounds alike and all but the last four digits of a phone number.
  case soundAndPhoneStart

  /// Bigger blocks are skipped: a record has fewer comparisons than this for each of its values of the key. Lower for
  /// keys of which a record has several values.
  var blockLimit: Int {
    switch self {
    case .birthday, .name, .nameAndYear, .nameAndDayOfYear, .nameAndCity, .address, .emailName, .emailLetters: 64
    case .soundAndBirthday, .soundsAndYear, .soundAndPlace: 16
    case .emailLettersAndSound, .soundAndPhoneEnd, .soundAndPhoneStart: 16
    }
  }

  /// Calls `take` with each value of the key that a record has. One record may give the same value twice.
  func values(of index: Int, in store: RecordStore, _ take: (UInt32) -> Void) {
    let record = store.records[index]
    switch self {
    case .birthday, .soundAndBirthday, .soundsAndYear: birthdayValues(of: record, in: store, take)
    case .name, .nameAndYear, .nameAndDayOfYear, .nameAndCity: nameValues(of: record, in: store, take)
    case .address, .soundAndPlace: addressValues(of: record, in: store, take)
    case .emailName, .emailLetters, .emailLettersAndSound: emailValues(of: record, in: store, take)
    case .soundAndPhoneEnd, .soundAndPhoneStart: phoneValues(of: record, in: store, take)
    }
  }

  /// One value of two parts.
  func value(_ a: UInt32, _ b: UInt32) -> UInt32 {
    var hash = ContentHash()
    hash.feed(rawValue << 32 | UInt64(a))
    hash.feed(UInt64(b))
    return hash.short
  }
}

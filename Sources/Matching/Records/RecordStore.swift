/// The records in flat arrays, each text kept once: about 32 bytes a record, 4 a word, 20 and its letters an e-mail
/// address, 8 a phone number.
struct RecordStore {
  private(set) var records: [StoredRecord] = []
  /// The words of the fields, as numbers of ``names`` and ``places``.
  private(set) var words: [UInt32] = []
  private(set) var names = Vocabulary()
  private(set) var places = Vocabulary()
  private(set) var emails: [StoredEmail] = []
  /// The names of the e-mail addresses, one after the other.
  private(set) var emailLetters: [UInt8] = []
  private(set) var phones: [UInt64] = []

  init() {}

  /// Appends a record. Of a name the first 16 words count, of an address 32, and 255 contacts of a kind.
  mutating func add(_ record: MatchRecord) {
    let (wordsStart, emailsStart, phonesStart) = (words.count, emails.count, phones.count)
    names.addWords(of: record.name ?? "") { if words.count < wordsStart + 16 { words.append($0) } }
    let nameCount = words.count - wordsStart
    let lengths = addAddress(record.address)
    for email in record.emails.prefix(255) { addEmail(email) }
    for phone in record.phones.prefix(255) { addPhone(phone) }
    records.append(
      StoredRecord(
        wordsStart: UInt32(wordsStart), emailsStart: UInt32(emailsStart), phonesStart: UInt32(phonesStart),
        birthday: UInt32(number(record.birthday ?? "", digits: 8)),
        nameKey: key(wordsStart..<wordsStart + nameCount, of: names),
        addressKey: key(wordsStart + nameCount..<words.count, of: places),
        nameCount: UInt8(nameCount), addressCount: UInt8(lengths.reduce(0, +)),
        lineCount: UInt8(lengths.first ?? 0), cityCount: UInt8(lengths.last ?? 0),
        emailCount: UInt8(emails.count - emailsStart), phoneCount: UInt8(phones.count - phonesStart)))
  }

  /// A hash of some words that is the same for every order of them; 0 for none. O(n log n).
  func key(_ range: Range<Int>, of vocabulary: Vocabulary) -> UInt32 {
    if range.isEmpty { return 0 }
    var hash = ContentHash()
    for wordHash in words[range].map({ vocabulary[$0].hash }).sorted() { hash.feed(wordHash) }
    return hash.short
  }

  /// Appends the words of an address. Returns how many each part has, without the empty ones.
  private mutating func addAddress(_ parts: [String]) -> [Int] {
    var left = 32
    var lengths: [Int] = []
    for part in parts where left > 0 {
      let start = words.count
      // Only the line begins with a number of its own.
      let text = lengths.isEmpty ? part : joiningNumbers(part)
      places.addWords(of: text) { if words.count < start + left { words.append($0) } }
      let length = words.count - start
      left -= length
      if length > 0 { lengths.append(length) }
    }
    return lengths
  }

  private mutating func addEmail(_ email: String) {
    guard let parts = EmailParts(email) else { return }
    emails.append(
      StoredEmail(
        nameStart: UInt32(emailLetters.count), nameLength: UInt8(parts.name.count),
        nameKey: hash(parts.name), lettersKey: hash(parts.letters), domainKey: hash(parts.domain)))
    emailLetters += parts.name
  }

  private mutating func addPhone(_ phone: String) {
    let number = number(phone, digits: 18)
    if number > 0 { phones.append(number) }
  }
}

/// The first digits of a text as a number; 0 when there are none.
private func number(_ text: String, digits: Int) -> UInt64 {
  let characters = text.utf8.lazy.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  return characters.prefix(digits).reduce(0) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
}

private func hash(_ bytes: [UInt8]) -> UInt32 {
  var hash = ContentHash()
  for byte in bytes { hash.feed(byte) }
  return hash.short
}

/// A record as it is kept: where its words and contacts are in the ``RecordStore``, and hashes of whole fields. 32
/// bytes.
struct StoredRecord {
  /// Where the words of the name begin, with those of the address after them.
  let wordsStart: UInt32
  let emailsStart: UInt32
  let phonesStart: UInt32
  /// The digits of the date as a number, such as 19920817; 0 when unknown.
  let birthday: UInt32
  /// A hash of the words of the name in any order; 0 when there are none.
  let nameKey: UInt32
  /// A hash of the words of the address in any order; 0 when there are none.
  let addressKey: UInt32
  let nameCount: UInt8
  let addressCount: UInt8
  /// Words of the most specific part of the address.
  let lineCount: UInt8
  /// Words of the least specific part of the address.
  let cityCount: UInt8
  let emailCount: UInt8
  let phoneCount: UInt8

  /// Where the words of the name are.
  var name: Range<Int> { Int(wordsStart)..<Int(wordsStart) + Int(nameCount) }
  /// Where the words of the address are.
  var address: Range<Int> { name.upperBound..<name.upperBound + Int(addressCount) }
  /// Where the words of the most specific part of the address are.
  var line: Range<Int> { address.prefix(Int(lineCount)) }
  /// Where the words of the least specific part of the address are.
  var city: Range<Int> { address.suffix(Int(cityCount)) }
  var emails: Range<Int> { Int(emailsStart)..<Int(emailsStart) + Int(emailCount) }
  var phones: Range<Int> { Int(phonesStart)..<Int(phonesStart) + Int(phoneCount) }
}

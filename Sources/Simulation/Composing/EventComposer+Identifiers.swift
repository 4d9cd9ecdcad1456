/// Ways in which people and tills write `0901 234 567`.
enum PhoneForm: Int {
  case spaced
  case international
  case hyphens
  case digits
  case dots
  case internationalSpaced
}

extension EventComposer {
  mutating func identify(_ index: Int, marks: Marks, browser: Browser?, phoneForm: PhoneForm?) {
    if marks.contains(.customer) { customerId(index) }
    if marks.contains(.email) { email(index) }
    if marks.contains(.phone) { phone(index, form: phoneForm) }
    if marks.contains(.card) { card(index) }
    if marks.contains(.marketplace) { marketplaceId(index) }
    if marks.contains(.social) { socialId(index) }
    if let browser { cookie(browser) }
  }

  private mutating func customerId(_ index: Int) {
    writer.beginText("customer_id")
    writer.raw("C-")
    writer.padded(index + 1, width: customerDigits)
    writer.endText()
  }

  private mutating func card(_ index: Int) {
    writer.beginText("loyalty_id")
    writer.raw("TC-")
    writer.padded(20_000_000 + index, width: 8)
    writer.endText()
  }

  private mutating func marketplaceId(_ index: Int) {
    writer.beginText("marketplace_id")
    writer.raw(Places.marketplaces[Int(people[index].marketplace)].prefix)
    writer.raw("-")
    writer.padded(100_000_000 + index, width: 9)
    writer.endText()
  }

  private mutating func socialId(_ index: Int) {
    writer.beginText("social_id")
    writer.raw(people[index].secret & 1 == 0 ? "fb-" : "zalo-")
    writer.padded(1_000_000_000 + index, width: 10)
    writer.endText()
  }

  private mutating func cookie(_ browser: Browser) {
    let device = UInt64(browser.cookieChanges) << 1 | (browser.isLaptop ? 1 : 0)
    let root = mixed(people[browser.owner].secret &+ device &+ 1)
    writer.beginText("anonymous_id")
    writer.uuid(high: mixed(root &+ 1), low: mixed(root &+ 2), version: 4)
    writer.endText()
  }

  /// Ends in the person's number, so no two people have the same one.
  private mutating func email(_ index: Int) {
    let person = people[index]
    writer.beginText("email")
    let start = writer.bytes.count
    writer.raw((person.isFemale ? Names.femaleGivens : Names.maleGivens)[Int(person.given)].ascii)
    if person.mailNumber > 0 {
      writer.raw(".")
      writer.raw(Names.families[Int(person.family)].ascii)
      writer.decimal(Int(person.mailNumber))
    }
    writer.raw("@")
    writer.raw(Names.mailDomains[Int(person.mailDomain)])
    varyCase(from: start)
    writer.endText()
  }

  /// Most addresses are in lower case; some people capitalise, some shout, some leave a space at the end.
  private mutating func varyCase(from start: Int) {
    switch wording.below(100) {
    case 0..<7: capitalise(from: start, everything: false)
    case 7..<10: capitalise(from: start, everything: true)
    case 10: writer.raw(" ")
    default: break
    }
  }

  private mutating func capitalise(from start: Int, everything: Bool) {
    var atStart = true
    for position in start..<writer.bytes.count {
      let byte = writer.bytes[position]
      let isLetter = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      if isLetter && (everything || atStart) { writer.bytes[position] = byte - 32 }
      atStart = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "@")
    }
  }

  private mutating func phone(_ index: Int, form: PhoneForm?) {
    let owner = Int(people[index].phoneOwner)
    let usesOther = owner != index && wording.chance(500)
    let number = Int(people[usesOther ? owner : index].phone)
    let drawn = PhoneForm(rawValue: wording.below(6)) ?? .digits
    writer.beginText("phone")
    writer.phone(number, form ?? drawn)
    writer.endText()
  }
}

extension EventWriter {
  /// `number` has the nine digits after the leading zero.
  mutating func phone(_ number: Int, _ form: PhoneForm) {
    switch form {
    case .spaced: groups(number, before: "0", between: " ")
    case .digits: groups(number, before: "0", between: "")
    case .dots: groups(number, before: "0", between: ".")
    case .international: groups(number, before: "+84", between: "")
    case .internationalSpaced: groups(number, before: "+84 ", between: " ")
    case .hyphens: groups(number, before: "84-", between: "-")
    }
  }

  private mutating func groups(_ number: Int, before: StaticString, between: StaticString) {
    raw(before)
    padded(number / 1_000_000, width: 3)
    raw(between)
    padded(number / 1000 % 1000, width: 3)
    raw(between)
    padded(number % 1000, width: 3)
  }
}

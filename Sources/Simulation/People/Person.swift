/// Somebody who deals with the shop. What the person looks like follows from few bytes, since there are many people.
struct Person {
  var kind: Kind
  var traits: Traits = []
  var isFemale = false
  var family: UInt8 = 0
  var middle: UInt8 = 0
  var given: UInt8 = 0
  var mailDomain: UInt8 = 0
  var city: UInt8 = 0
  /// The branch where the person buys.
  var store: UInt8 = 0
  var marketplace: UInt8 = 0
  /// How many cookies the phone and the laptop have had before the present one.
  var cookieChanges: (UInt8, UInt8) = (0, 0)
  /// Makes the e-mail address unique; 0 leaves the given name alone.
  var mailNumber: Int32 = 0
  /// Whose phone number this person sometimes gives; the person's own index if nobody else's.
  var phoneOwner: Int32
  /// Whose device this person sometimes uses; the person's own index if nobody else's.
  var deviceOwner: Int32
  /// Nine digits after the leading zero.
  var phone: Int32
  var birthDay: Int32 = 0
  /// Chance out of 65536 to leave for good after an order.
  var dropout: Int32 = 65536
  /// Mean time between two orders.
  var orderInterval: Milliseconds = 0
  /// Decides cookies and account numbers.
  var secret: UInt64

  /// How the person deals with the shop.
  enum Kind: UInt8 {
    /// Never says who they are.
    case visitor
    /// Has an account in the web shop.
    case registered
    /// Buys on the web with e-mail and phone, without an account.
    case guest
    /// Buys in a branch and says the phone number.
    case storePhone
    /// Buys in a branch and shows the loyalty card, nothing else.
    case storeCard
    /// Buys on a marketplace.
    case marketplace
    /// Reads the newsletter.
    case subscriber
    /// Writes on social networks.
    case social
  }

  struct Traits: OptionSet {
    var rawValue: UInt16
    static let hasAccount = Traits(rawValue: 1)
    static let buys = Traits(rawValue: 2)
    static let reads = Traits(rawValue: 4)
    static let hasCard = Traits(rawValue: 8)
    static let usesMarketplace = Traits(rawValue: 16)
    static let givesPhoneToMarketplace = Traits(rawValue: 32)
    static let visitsStore = Traits(rawValue: 64)
    static let takesTextMessages = Traits(rawValue: 128)
    static let gone = Traits(rawValue: 256)
    /// The shop has met the person.
    static let hasArrived = Traits(rawValue: 512)
  }
}

/// Which identifiers an event carries, beside the cookie of a browser.
struct Marks: OptionSet {
  var rawValue: UInt8
  static let customer = Marks(rawValue: 1)
  static let email = Marks(rawValue: 2)
  static let phone = Marks(rawValue: 4)
  static let card = Marks(rawValue: 8)
  static let marketplace = Marks(rawValue: 16)
  static let social = Marks(rawValue: 32)
}

/// A device with its present cookie.
struct Browser {
  var owner: Int
  var isLaptop: Bool
  var cookieChanges: UInt8
}

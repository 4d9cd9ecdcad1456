import Events
import Hashing
import Identity
import Projections
import ReadModels

/// Everything that a generation says of people, in memory.
struct ProfileContents: Equatable {
  var digest = ""
  /// By the person's key.
  var people: [IdentifierKey: Person] = [:]
  /// The members of each person as the index of members and as the index of membership have them.
  var members: [IdentifierKey: Set<IdentifierKey>] = [:]
  var membership: [IdentifierKey: Set<IdentifierKey>] = [:]
  /// Identifiers that link nobody, and links that were not taken.
  var unlinkable: [IdentifierKey: Standing] = [:]
  var conflicts: Set<IdentifierPair> = []
  var stages: [Int] = []
  var ordersWithoutOwner = 0
  var creditsWithoutOwner = 0
  var products: [String: ProductState] = [:]
  /// By article, when it was last sold.
  var lastSold: [String: Int64] = [:]
  var pairs: [String: ProductPairState] = [:]
  var campaigns: [String: CampaignState] = [:]
  var baskets = 0

  init() {}

  init(_ generation: Generation) throws {
    self = try generation.read { snapshot in try ProfileContents(snapshot) }
  }

  private init(_ snapshot: borrowing Snapshot) throws {
    let checkpoint = snapshot.checkpoint
    digest = checkpoint.digest.description
    stages = checkpoint.stages
    ordersWithoutOwner = checkpoint.ordersWithoutOwner
    creditsWithoutOwner = checkpoint.creditsWithoutOwner
    var people: [IdentifierKey: Person] = [:]
    try snapshot.forEachPerson { key, person in
      people[key] = person
      return true
    }
    self.people = people
    for key in people.keys { members[key] = Set(try snapshot.members(of: key)) }
    var membership: [IdentifierKey: Set<IdentifierKey>] = [:]
    try snapshot.forEachIdentifier { identifier, person, _ in
      membership[person, default: []].insert(identifier)
      return true
    }
    self.membership = membership
    var (unlinkable, conflicts): ([IdentifierKey: Standing], Set<IdentifierPair>) = ([:], [])
    try snapshot.forEachUnlinkable { key, standing in
      unlinkable[key] = standing
      return true
    }
    try snapshot.forEachConflict { conflicts.insert($0).inserted }
    (self.unlinkable, self.conflicts) = (unlinkable, conflicts)
    try readTallies(snapshot)
  }

  private mutating func readTallies(_ snapshot: borrowing Snapshot) throws {
    baskets = snapshot.checkpoint.baskets
    var (products, pairs, campaigns): ([String: ProductState], [String: ProductPairState], [String: CampaignState])
    (products, pairs, campaigns) = ([:], [:], [:])
    try snapshot.forEachProduct { product in
      products[product.sku] = product
      return true
    }
    try snapshot.forEachPair { pair in
      pairs["\(pair.key)"] = pair
      return true
    }
    try snapshot.forEachCampaign { campaign in
      campaigns["\(campaign.key)"] = campaign
      return true
    }
    (self.products, self.pairs, self.campaigns) = (products, pairs, campaigns)
    for sku in products.keys { lastSold[sku] = try snapshot.lastSold(sku: sku) }
  }
}

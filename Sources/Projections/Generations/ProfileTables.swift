import KeyValueStore

/// The tables of one generation; docs/formats/projections.md describes every row.
struct ProfileTables {
  let meta: Table
  /// Identifier key -> `IdentifierState`.
  let identifiers: Table
  /// Anchor key, other key -> `LinkState`.
  let links: Table
  /// Other key, anchor key -> nothing: the links from the other end.
  let backlinks: Table
  /// A key, another key -> `DecisionState`; each pair stands from both ends.
  let decisions: Table
  /// Identifier key -> why it links nobody.
  let unlinkable: Table
  /// Anchor key, other key -> nothing: links that would have broken a rule or a decision.
  let conflicts: Table
  /// Identifier key -> key of the person's strongest identifier.
  let membership: Table
  /// Key of the person's strongest identifier -> `Person`.
  let people: Table
  /// Entity key -> its state.
  let orders, tickets, messages, credits: Table
  /// Owner's identifier key, entity kind, entity key -> nothing.
  let owned: Table
  /// Subject (identifier or entity), first position -> positions.
  let timeline: Table
  /// Position -> why the event could not be folded.
  let parked: Table
  /// Product key, time, order key -> nothing: when articles were sold. Nil in a generation that is older than the table.
  private let soldAt: Table?
  /// By tag, those that the generation has: all, unless it is of an older version.
  private let digested: [RowTag: Table]
  /// The number of the generation.
  private let number: Int

  /// `meta` is opened first, so that the version can be read before tables that it may not have.
  init(
    _ environment: Environment, meta: Table, number: Int, version: UInt32, create: Bool
  ) throws(StoreError) {
    func table(_ name: String) throws(StoreError) -> Table { try environment.openTable(name, create: create) }
    self.meta = meta
    self.number = number
    identifiers = try table("identifiers")
    links = try table("links")
    backlinks = try table("backlinks")
    decisions = try table("decisions")
    unlinkable = try table("unlinkable")
    conflicts = try table("conflicts")
    membership = try table("membership")
    people = try table("people")
    orders = try table("orders")
    tickets = try table("tickets")
    messages = try table("messages")
    credits = try table("credits")
    owned = try table("owned")
    timeline = try table("timeline")
    parked = try table("parked")
    soldAt = RowTag.products.since <= version ? try table("sales") : nil
    var digested: [RowTag: Table] = [:]
    for tag in RowTag.allCases where tag.since <= version { digested[tag] = try table(tag.name) }
    self.digested = digested
  }
}

extension ProfileTables {
  /// All tables but `meta`.
  var rows: [Table] { RowTag.allCases.compactMap { digested[$0] } + indices }

  /// Those whose rows follow from others.
  var indices: [Table] { [backlinks, unlinkable, conflicts, membership, owned, parked] + [soldAt].compactMap(\.self) }

  /// Indices that two generations have alike where their rows are alike. What is parked also depends on retries.
  func comparableIndices(of name: ProjectionName) -> [Table] {
    switch name {
    case .profiles: [backlinks, unlinkable, conflicts, membership, owned]
    case .products: [soldAt].compactMap(\.self)
    case .campaigns: []
    }
  }

  /// By the name of an index, how many bytes its keys have, and its rows, where they are all of one size.
  var indexForms: [String: (keyBytes: Int, rowBytes: Int?)] {
    [
      backlinks.name: (32, 0), unlinkable.name: (16, 1), conflicts.name: (32, 0), membership.name: (16, 16),
      owned.name: (33, 0), parked.name: (8, nil), "sales": (40, 0),
    ]
  }

  /// When articles were sold. Throws where the generation is older than the table.
  var sales: Table {
    get throws(ProjectionError) {
      guard let soldAt else { throw .absent(table: "sales", generation: number) }
      return soldAt
    }
  }

  /// The tags of the tables that there are.
  var tags: [RowTag] { RowTag.allCases.filter { digested[$0] != nil } }

  /// The table of the rows with a tag. Throws where the generation is older than the table.
  func table(of tag: RowTag) throws(ProjectionError) -> Table {
    guard let table = digested[tag] else { throw .absent(table: tag.name, generation: number) }
    return table
  }
}

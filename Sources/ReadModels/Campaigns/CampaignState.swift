package import BinaryCoding
package import Events
package import Hashing

/// What is counted of a campaign: messages, each at most once, and orders. Storage format: the order of the cases.
package enum CampaignCount: Int, FieldName {
  /// Messages that were sent, and that reached the mailbox or device.
  case sent, delivered
  /// Messages that the person opened, and those that only a machine opened.
  case opened, openedByMachine
  case clicked, unsubscribed
  /// All that bounced, and those of them whose events say how.
  case bounced, hardBounced, softBounced
  /// Messages reported as spam, and those that could not be sent.
  case complained, failed
  /// Orders that the campaign is credited with.
  case orders
}

/// One variant of a campaign, or what of it names no variant: how many messages took each step, and the orders that
/// they are credited with.
package struct CampaignState: TallyState {
  /// In NFC, as they serve as keys.
  package let campaign: String
  package let variant: String?
  /// In place, by the numbers of ``CampaignCount``.
  private var counts = InlineArray<12, Int64>(repeating: 0)
  /// Net value of the orders that the campaign is credited with, in minor units by currency.
  package internal(set) var revenue = Sums<Currency>()

  /// The state before the first message.
  package init(campaign: String, variant: String?) {
    self.campaign = campaign
    self.variant = variant
  }

  package internal(set) subscript(count: CampaignCount) -> Int64 {
    get { counts[count.rawValue] }
    set { counts[count.rawValue] = newValue }
  }

  package var key: Hash128 {
    let own = TallyKind.campaign.key(campaign)
    return variant.map { TallyKind.campaign.key(own, TallyKind.campaign.key($0)) } ?? own
  }

  package var isEmpty: Bool { revenue.isEmpty && counts.indices.allSatisfy { counts[$0] == 0 } }

  package func isSameSubject(as other: Self) -> Bool { campaign == other.campaign && variant == other.variant }

  package mutating func merge(_ other: Self) {
    for index in counts.indices { counts[index] &+= other.counts[index] }
    revenue.merge(other.revenue)
  }

  package mutating func subtract(_ other: Self) {
    for index in counts.indices { counts[index] &-= other.counts[index] }
    revenue.subtract(other.revenue)
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.campaign == b.campaign && a.variant == b.variant && a.revenue == b.revenue
      && a.counts.indices.allSatisfy { a.counts[$0] == b.counts[$0] }
  }

  package func encode(to writer: inout ByteWriter) {
    writer.text(campaign)
    writer.optional(variant) { $0.text($1) }
    for index in counts.indices { writer.signed(counts[index]) }
    revenue.encode(to: &writer)
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    campaign = try reader.text()
    variant = try reader.optionalText()
    for index in counts.indices { counts[index] = try reader.signed() }
    revenue = try Sums(&reader)
  }
}

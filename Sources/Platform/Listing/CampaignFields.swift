import Events
import Expressions
package import ReadModels

extension FieldSet where Row == CampaignState {
  /// The fields of `campaigns`.
  package static func campaigns(_ configuration: Configuration) -> FieldSet<CampaignState> {
    let names: [Field<CampaignState>] = [
      Field("campaign", "CAMPAIGN", .text) { .text($0.campaign) },
      Field("variant", "VARIANT", .text) { Value($0.variant) },
    ]
    return FieldSet(names + counts + revenue(configuration) + rates)
  }

  private static var counts: [Field<CampaignState>] {
    func count(_ name: String, _ title: String, _ count: CampaignCount) -> Field<CampaignState> {
      Field(name, title, .count) { Value(Int($0[count])) }
    }
    return [
      count("sent", "SENT", .sent), count("delivered", "DELIVERED", .delivered), count("opened", "OPENED", .opened),
      count("opened_by_machine", "BY MACHINE", .openedByMachine), count("clicked", "CLICKED", .clicked),
      count("unsubscribed", "UNSUBSCRIBED", .unsubscribed), count("bounced", "BOUNCED", .bounced),
      count("hard_bounced", "HARD", .hardBounced), count("soft_bounced", "SOFT", .softBounced),
      count("complained", "COMPLAINED", .complained), count("failed", "FAILED", .failed),
      count("orders", "ORDERS", .orders),
    ]
  }

  private static func revenue(_ configuration: Configuration) -> [Field<CampaignState>] {
    [
      Field("revenue", "REVENUE", .money) { Value(configuration.total(of: $0.revenue)) },
      Field("revenue_per_recipient", "PER RECIPIENT", .money) { campaign in
        Value(configuration.total(of: campaign.revenue).flatMap { campaign.revenuePerRecipient($0) })
      },
      Field("currency", "CURRENCY", .text) { Value(configuration.total(of: $0.revenue)?.currency.code) },
      Field("revenue_by_currency", "BY CURRENCY", .list) { Value(texts: $0.revenue.texts) },
    ]
  }

  private static var rates: [Field<CampaignState>] {
    func rate(
      _ name: String, _ title: String, _ rate: @escaping (CampaignState) -> ExactDecimal?
    ) -> Field<CampaignState> {
      Field(name + "_rate", title, .ratio) { Value(rate($0)) }
    }
    return [
      rate("delivery", "DELIVERY", \.deliveryRate), rate("open", "OPEN", \.openRate),
      rate("click", "CLICK", \.clickRate), rate("click_to_open", "CLICK TO OPEN", \.clickToOpenRate),
      rate("unsubscribe", "UNSUBSCRIBE", \.unsubscribeRate), rate("bounce", "BOUNCE", \.bounceRate),
      rate("complaint", "COMPLAINT", \.complaintRate), rate("conversion", "CONVERSION", \.conversionRate),
    ]
  }
}

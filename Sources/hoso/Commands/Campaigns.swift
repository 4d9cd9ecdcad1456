import ArgumentParser
import Events
import Platform
import Projections
import ReadModels

struct Campaigns: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaigns",
    abstract: "What became of campaigns: messages sent, opened and clicked, and the orders that followed.",
    discussion: """
      One row for each variant of a campaign. An order is credited to the last message with a campaign that its buyer \
      opened or clicked before it. Delivery and bounce rates are of what was sent, all others of what was delivered, and \
      click_to_open of what was opened. JSON and CSV give rates as fractions.

      For example: hoso campaigns --where "sent >= 100" --sort -conversion_rate --fields campaign,variant,conversion_rate
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var options: ListingOptions

  func run() throws {
    let query = try ReadModelQuery(data)
    let configuration = query.platform.configuration
    let runner = ListingRunner<CampaignState>(
      options: options.sorted(by: "-revenue"), fields: .campaigns(configuration),
      defaults: [
        "campaign", "variant", "sent", "delivery_rate", "open_rate", "click_rate", "unsubscribe_rate", "orders",
        "conversion_rate", "revenue",
      ], currency: { configuration.total(of: $0.revenue)?.currency })
    try query.generation.read { snapshot in
      try runner.run(query, nothing: "No campaigns.") { body in try snapshot.forEachCampaign(body) }
    }
  }
}

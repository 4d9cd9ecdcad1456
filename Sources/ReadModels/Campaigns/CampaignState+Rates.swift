package import Events

/// Rates as fractions with six decimals; nil where their base is zero.
///
/// Bases are those that e-mail platforms report by: what a mail server decides is taken of what was sent, what a person
/// decides of what was delivered.
extension CampaignState {
  /// Delivered of sent.
  package var deliveryRate: ExactDecimal? { rate(.delivered, of: .sent) }
  /// Opened by the person of delivered.
  package var openRate: ExactDecimal? { rate(.opened, of: .delivered) }
  /// Clicked of delivered.
  package var clickRate: ExactDecimal? { rate(.clicked, of: .delivered) }
  /// Clicked of opened; above 1 where mails are clicked that nobody was seen to open.
  package var clickToOpenRate: ExactDecimal? { rate(.clicked, of: .opened) }
  /// Unsubscribed of delivered.
  package var unsubscribeRate: ExactDecimal? { rate(.unsubscribed, of: .delivered) }
  /// Bounced, hard or soft, of sent.
  package var bounceRate: ExactDecimal? { rate(.bounced, of: .sent) }
  /// Reported as spam of delivered.
  package var complaintRate: ExactDecimal? { rate(.complained, of: .delivered) }
  /// Credited orders for each delivered message; above 1 where people order several times.
  package var conversionRate: ExactDecimal? { rate(.orders, of: .delivered) }

  private func rate(_ part: CampaignCount, of whole: CampaignCount) -> ExactDecimal? {
    Ratio.of(self[part], self[whole])
  }

  /// Credited revenue for each sent message, rounded half away from zero to the minor unit. The caller sums the revenue
  /// up in one currency.
  package func revenuePerRecipient(_ revenue: Money) -> Money? {
    guard self[.sent] > 0 else { return nil }
    do {
      let share = try revenue.decimal.divided(by: ExactDecimal(self[.sent]), scale: revenue.currency.exponent)
      return try Money(share, revenue.currency)
    } catch {
      return nil
    }
  }
}

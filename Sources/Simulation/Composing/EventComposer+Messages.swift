extension EventComposer {
  /// One event in the life of a campaign e-mail.
  mutating func mail(
    _ type: StaticString, _ person: Int, campaign: Campaign, at time: Milliseconds, detail: MailDetail = .none
  ) {
    begin(type, at: time, from: .mailer, of: person, marks: .email)
    messageId("m", campaign, person)
    writer.campaign("campaign", campaign)
    switch detail {
    case .none: break
    case .subject(let subject): writer.text("subject", subject)
    case .machine(let isMachine): writer.flag("machine", isMachine)
    case .link:
      writer.beginText("url")
      writer.raw(Phrases.site)
      writer.raw("khuyen-mai?utm_campaign=")
      writer.value(of: campaign)
      writer.endText()
    case .bounce(let kind): writer.text("kind", kind)
    }
    finish(person)
  }

  /// What an e-mail's event says beside the message and the campaign.
  enum MailDetail {
    case none
    case subject(StaticString)
    case machine(Bool)
    case link
    case bounce(StaticString)
  }

  /// One event in the life of a text message.
  mutating func textMessage(_ type: StaticString, _ person: Int, number: Int, at time: Milliseconds) {
    begin(type, at: time, from: .textMessages, of: person, marks: .phone)
    writer.beginText("message_id")
    writer.raw("sms-")
    writer.decimal(number)
    writer.endText()
    writer.text("campaign", "sms-nhac-don")
    finish(person)
  }

  private mutating func messageId(_ prefix: StaticString, _ campaign: Campaign, _ person: Int) {
    writer.beginText("message_id")
    writer.raw(prefix)
    writer.raw("-")
    writer.value(of: campaign)
    writer.raw("-")
    writer.decimal(person + 1)
    writer.endText()
  }
}

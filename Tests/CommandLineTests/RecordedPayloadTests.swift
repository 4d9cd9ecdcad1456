import Foundation
import Testing

/// Bodies of real notifications and of real client libraries, which lie beside the project where somebody has put them.
private enum Recorded {
  struct File {
    let channel: String
    let path: String

    /// `woocommerce/ping.txt`
    var name: String { path.split(separator: "/").suffix(2).joined(separator: "/") }
  }

  static let folders = ["payloads", "clients"].map { RealData.data.appendingPathComponent($0) }
  static let areThere = folders.allSatisfy { RealData.exists($0.path) }

  /// What is deliberately not taken, and a part of what is said of it.
  static let notTaken = [
    // A refund alone names neither its order nor its customer; the charge tells it with both.
    "stripe/refund.object.json": "this one names neither order nor customer",
    // Without its headers the body is `{"id": 727}`: an order, a customer or an article.
    "woocommerce/order.deleted.json": "only the header X-WC-Webhook-Topic says what was deleted",
    // What WooCommerce sends to try a new webhook is a form, `webhook_id=1`.
    "woocommerce/ping.txt": "this is not valid JSON",
  ]

  /// Folders that are not called as their channel.
  private static let channels = [
    "amazon_ses": "ses", "rudder-sdk-python": "rudderstack", "segment-analytics-python": "segment",
    "snowplow-tracker": "snowplow",
  ]

  static func files() throws -> [File] {
    try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().flatMap { sender in
        let path = folder.appendingPathComponent(sender).path
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map {
          File(channel: channels[sender] ?? sender, path: path + "/" + $0)
        }
      }
    }
  }

  /// A shop that got all files in some order, each by a run of its own; what each run said by the file's name.
  static func shop(_ files: [File]) throws -> (shop: Shop, answers: [String: Outcome]) {
    let shop = try Shop()
    _ = try shop.hoso("init", "--currency", "VND").successful
    var answers: [String: Outcome] = [:]
    for file in files {
      answers[file.name] = try shop.hoso("ingest", "--no-project", "--input", file.channel, file.path)
    }
    _ = try shop.hoso("project").successful
    return (shop, answers)
  }

  static let all = Result { try shop(try files()) }
}

@Suite(
  "Recorded payloads, each by its channel",
  .enabled(if: Recorded.areThere, "../shared/data/payloads or ../shared/data/clients is not there"))
struct RecordedPayloadTests {
  private func shop() throws -> Shop { try Recorded.all.get().shop }

  @Test("Every file is taken, or is one of those that are not, for the reason that is known")
  func taken() throws {
    let (shop, answers) = try Recorded.all.get()
    #expect(answers.count >= 40)
    for (name, answer) in answers {
      let isTaken = answer.status == 0 && !answer.text.contains("0 accepted")
      if let reason = Recorded.notTaken[name] {
        #expect(!isTaken && (answer.text + answer.errors).contains(reason), "\(name): \(answer.text)\(answer.errors)")
      } else {
        #expect(isTaken, "\(name): \(answer.text)\(answer.errors)")
      }
    }
    #expect(Recorded.notTaken.keys.allSatisfy { answers[$0] != nil })
    #expect(try shop.json("status")["quarantined"].count == 2)
  }

  @Test("Offered once more, nothing of them is new")
  func again() throws {
    let shop = try shop()
    let events = try shop.json("log", "info")["events"].count
    for (channel, files) in Dictionary(grouping: try Recorded.files(), by: \.channel) {
      let outcome = try shop.hoso(["ingest", "--input", channel, "--format", "json"] + files.map(\.path))
      #expect(try outcome.json["accepted"].count == 0, "\(channel): \(outcome.text)")
      #expect(try outcome.json["conflicts"].count == 0, "\(channel): \(outcome.text)")
    }
    #expect(try shop.json("log", "info")["events"].count == events)
    #expect(try shop.json("status")["quarantined"].count == 2)
  }

  @Test("Whoever the trackers call user-1 is one person, with what every one of them knows")
  func user() throws {
    let shop = try shop()
    let person = try shop.json("profile", "show", "user-1")
    let ids = person["ids"]
    #expect(ids["customer_id"].list.map(\.text) == ["user-1"])
    #expect(Set(ids["email"].list.map(\.text)) == ["an@example.com", "an.nguyen@example.com"])
    #expect(ids["phone"].list.map(\.text) == ["+84901234567"])
    #expect(Set(ids["anonymous_id"].list.map(\.text)) == ["anon-1", "dom-1"])
    #expect(person["traits"]["name"].text == "Nguyễn An" && person["traits"]["language"].text == "vi-VN")
    for other in ["an@example.com", "an.nguyen@example.com", "0901234567", "anon-1", "dom-1"] {
      #expect(try shop.json("profile", "show", other)["person"].text == person["person"].text, "\(other)")
    }
    #expect(person["stage"].text == "repeat customer" && person["orders"]["net"].text == "250028")
  }

  @Test("Each sender's samples make people of their own, and one address is one person whoever sent to it")
  func people() throws {
    let shop = try shop()
    #expect(try shop.count("profile") == 17)
    #expect(try shop.count("profile", where: "orders.count > 0") == 2)
    let recipient = try shop.json("profile", "show", "recipient@example.com")
    let id = try #require(recipient["person"].text)
    // Two of Amazon SES, Mailgun, Postmark and SendGrid each, and two more of Mailgun.
    #expect(try shop.count("message", where: "person = '\(id)'") == 10)
    #expect(recipient["consent"]["email"].flag == false, "complained and unsubscribed")
    let doe = try shop.json("profile", "show", "john.doe@example.com")
    #expect(doe["ids"]["customer_id"].list.map(\.text) == ["25"] && doe["orders"]["count"].count == 1)
    let buyer = try shop.json("profile", "show", "jon@doe.ca")
    #expect(buyer["ids"]["customer_id"].list.map(\.text) == ["115310627314723954"])
    #expect(buyer["orders"]["cancelled"].count == 1 && buyer["orders"]["count"].count == 0)
    #expect(try shop.json("profile", "show", "customer_id:đà-nẵng 7")["ids"].keys == ["customer_id"])
  }

  @Test("Orders stand where their last notification left them, whichever channel told it")
  func orders() throws {
    let orders = try shop().json("order", "list").list
    let told = orders.map { order in
      ["order_id", "status", "total", "refunded", "currency"].map { order[$0].text ?? "-" }.joined(separator: " ")
    }
    #expect(
      Set(told) == [
        "1001 placed 250000 0 VND", "50314b8e9bcf000000000000 placed 28 0 VND", "727 delivered 29.35 0.00 USD",
        "820982911946154508 cancelled 403.00 398.00 USD",
        // Told by a step alone: pushes of Shopee, a refund of Segment and RudderStack, one of WooCommerce.
        "251214B9XAB0ST confirmed - - -", "50314 unknown - - -", "723 unknown - - -",
      ])
    #expect(orders.filter { $0["counts"].flag == true }.count == 3)
    #expect(orders.first { $0["order_id"].text == "727" }?["paid"].text == "29.35")
  }

  @Test("Order 1001 is one order, told by PostHog, Snowplow and Stripe, and belongs to whom the trackers name")
  func sharedOrder() throws {
    let shop = try shop()
    let order = try shop.json("order", "show", "1001")
    let history = order["history"].list.map { "\($0["source"].text ?? "") \($0["type"].text ?? "")" }
    #expect(
      history.sorted() == [
        "posthog order.placed", "snowplow order.placed", "snowplow order.placed", "stripe order.refunded",
      ])
    #expect(order["person"].text == (try shop.json("profile", "show", "user-1")["person"].text))
    // The first telling dates it, the last says what it is worth; what Stripe gave back was in another currency.
    #expect(order["placed"].text == "2024-03-09T01:07:06.123456Z" && order["net"].text == "250000")
    #expect(order["items"].list.map { $0["sku"].text } == ["p1"])
  }

  @Test("In the reverse order of delivery there are the same people and orders")
  func reversed() throws {
    let (forwards, backwards) = (try shop(), try Recorded.shop(try Recorded.files().reversed()).shop)
    for words in [
      ["profile", "list", "--fields", "person,stage,customer_id,email,phone,orders.count,orders.net"],
      ["order", "list", "--fields", "order_id,status,placed,total,net,refunded,person"],
      ["ticket", "list", "--fields", "ticket_id,status,person"],
      ["message", "list", "--fields", "message_id,person,clicked"],
    ] {
      let (one, other) = (
        try forwards.hoso(words + ["--format", "csv"]), try backwards.hoso(words + ["--format", "csv"])
      )
      #expect(one.status == 0 && one.lines.count > 1, "\(one.errors)")
      #expect(one.lines.sorted() == other.lines.sorted(), "\(words)")
    }
  }
}

import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Scores of the coffee shop")
struct ScoreTests {
  /// The coffee shop with a fit of its own.
  private static let fitted = Result {
    let shop = try Shop()
    _ = try shop.shell(#""$hoso" simulate --scenario coffee | "$hoso" ingest -"#).successful
    _ = try shop.hoso("clv", "fit").successful
    return shop
  }
  private let shop: Shop

  init() throws { shop = try Self.fitted.get() }

  @Test("rfm scores everybody who has an order that counts, once, in segments and in cells")
  func rfm() throws {
    let report = try shop.json("rfm")
    let customers = try shop.count("profile", where: "orders.count >= 1")
    #expect(report["scored"].count == customers && report["as_of"].text == "2026-03-31")
    for part in [report["segments"].list, report["grid"].list] {
      #expect(part.compactMap { $0["people"].count }.reduce(0, +) == customers)
    }
    #expect(report["grid"].list.count == 25 && report["segments"].list.count == 11)
    let net = report["segments"].list.compactMap { $0["net"].text.flatMap { Int($0) } }.reduce(0, +)
    let cells = try shop.hoso("profile", "list", "--fields", "orders.net", "--format", "csv").lines.dropFirst()
    #expect(net == cells.compactMap { Int($0) }.reduce(0, +))
    #expect(report["cuts"]["r"].list.count == 4 && report["cuts"]["m"][0].text != nil)
  }

  @Test("The table, the CSV and the lists agree with the JSON")
  func agreement() throws {
    let report = try shop.json("rfm")
    let csv = try shop.hoso("rfm", "--format", "csv").lines
    #expect(csv[0] == "segment,people,share,orders,net,average,currency" && csv.count == 12)
    let table = try shop.hoso("rfm").text
    for segment in report["segments"].list {
      let (name, people) = (try #require(segment["name"].text), try #require(segment["people"].count))
      #expect(csv.contains { $0.hasPrefix("\(name),\(people),") } && table.contains(name))
      let condition = "rfm.segment = \"\(name)\""
      #expect(try shop.count("profile", where: condition) == people)
    }
    #expect(!table.contains("\u{1B}"))
  }

  @Test("A profile has the scores that the lists have")
  func profile() throws {
    let profile = try shop.json("profile", "show", "0901234567")
    let fields = ["rfm.r", "rfm.f", "rfm.m", "rfm.segment", "clv", "clv.next_order", "clv.historic"]
    let row = try shop.json(
      "profile", "list", "--where", "person = '\(try #require(profile["person"].text))'", "--fields",
      fields.joined(separator: ","))[0]
    for name in ["r", "f", "m"] { #expect(profile["rfm"][name].count == row["rfm.\(name)"].count) }
    #expect(profile["rfm"]["segment"].text == row["rfm.segment"].text)
    #expect(
      profile["clv"]["clv"].text == row["clv"].text && profile["clv"]["next_order"].text == row["clv.next_order"].text)
    #expect(profile["clv"]["historic"].text == profile["orders"]["net"].text)
    for name in ["p_alive", "expected_orders_90", "churn_risk"] {
      #expect(profile["clv"][name].number != nil, "\(name)")
    }
    let page = try shop.hoso("profile", "show", "0901234567").text
    #expect(page.contains("\nRFM         R ") && page.contains("\nOutlook     "))
    let visitor = try shop.json("profile", "list", "--where", "stage = 'visitor'", "--limit", "1")[0]
    #expect(visitor["rfm.r"].isNull && visitor["clv"].isNull)
    #expect(try shop.json("profile", "show", try #require(visitor["person"].text))["rfm"].isNull)
  }

  @Test("A past profile has the scores of then, and no prediction by what came later")
  func past() throws {
    let then = try shop.json("profile", "show", "0901234567", "--as-of", "2026-01-20")
    #expect(then["rfm"]["as_of"].text == "2026-01-20" && then["rfm"]["f"].count == 1 && then["clv"].isNull)
    let report = try shop.json("rfm", "--as-of", "2026-01-20")
    #expect(report["as_of"].text == "2026-01-20")
    let until = try shop.count(
      "order", where: "placed < 2026-01-21 and (cancelled_at is null or cancelled_at >= 2026-01-21)")
    #expect(report["segments"].list.compactMap { $0["orders"].count }.reduce(0, +) <= until)
    #expect(try shop.json("profile", "show", "0901234567", "--at-position", "10000")["rfm"].isNull)
  }

  @Test("clv fit says what it found in the fields that scripts rely on, and clv.json is the same")
  func fit() throws {
    let own = try Shop()
    _ = try own.shell(#""$hoso" simulate --scenario coffee | "$hoso" ingest -"#).successful
    let fit = try own.json("clv", "fit", "--unit", "weeks")
    #expect(fit["customers"].count == 500 && fit["unit"].text == "weeks" && fit["seconds"].number != nil)
    for name in ["r", "alpha", "a", "b", "log_likelihood"] { #expect(fit["bgnbd"][name].number != nil, "\(name)") }
    for name in ["p", "q", "v", "log_likelihood"] { #expect(fit["gamma_gamma"][name].number != nil, "\(name)") }
    let stored =
      try JSONSerialization.jsonObject(with: Data(contentsOf: own.folder.appendingPathComponent("data/clv.json")))
      as? [String: Any]
    #expect(stored?["model"] as? String == fit["model"].text)
    let wanted = try own.json("clv", "fit", "--model", "bgnbd", "--as-of", "2026-02-28")
    #expect(wanted["model"].text == "bgnbd" && wanted["as_of"].text == "2026-02-28" && wanted["nbd"]["r"].number == nil)
    let permissions = try own.shell(#"stat -c %a "$HOSO_DATA/clv.json""#).text
    #expect(permissions == "600\n")
  }

  @Test("clv show says what drives the number, and top ranks by it")
  func show() throws {
    let page = try shop.hoso("clv", "show", "0901234567")
    #expect(
      page.status == 0 && page.text.contains("Why\n  Ordered on 3 days within 73 days, every 23.5 days on average.\n"))
    let person = try shop.json("clv", "show", "0901234567", "--horizon", "90", "--discount", "0")
    #expect(
      person["horizon_days"].count == 90 && person["why"].list.count == 4 && person["cohort"]["month"].text == "2026-01"
    )
    let month = try shop.json("clv", "show", "0901234567", "--churn-days", "30")
    #expect(month["churn_days"].count == 30 && (month["churn_risk"].number ?? 0) > (person["churn_risk"].number ?? 1))
    let top = try shop.json("clv", "top", "--limit", "5", "--fields", "clv").list.compactMap {
      $0["clv"].text.flatMap { Int($0) }
    }
    #expect(top.count == 5 && top == top.sorted(by: >))
  }

  @Test("clv evaluate compares expected with actual orders, and draws it")
  func evaluate() throws {
    let plot = shop.folder.appendingPathComponent("tracking.svg")
    let outcome = try shop.hoso("clv", "evaluate", "--holdout", "2026-02-20", "--plot", plot.path, "--format", "json")
    #expect(outcome.status == 0 && outcome.errors == "Wrote \(plot.path)\n")
    let json = try outcome.json
    #expect(json["calibration_end"].text == "2026-02-20" && json["holdout_end"].text == "2026-03-31")
    for name in ["customers", "expected_total", "actual_total", "mae", "rmse"] {
      #expect(json[name].number != nil, "\(name)")
    }
    #expect(json["groups"].list.compactMap { $0["customers"].count }.reduce(0, +) == json["customers"].count)
    #expect(json["groups"].list.compactMap { $0["actual"].number }.reduce(0, +) == json["actual_total"].number)
    #expect(try XMLDocument(contentsOf: plot).rootElement()?.name == "svg")
    let table = try shop.hoso("clv", "evaluate", "--holdout", "2026-02-20").text
    for name in ["BG/NBD", "MBG/NBD", "Pareto/NBD", "NBD", "own rate"] {
      #expect(table.contains("\n\(name) "), "\(name)")
    }
  }

  @Test("clv matrix and cohorts print and draw")
  func pictures() throws {
    for words in [["clv", "matrix"], ["cohorts"], ["cohorts", "--net"]] {
      let plot = shop.folder.appendingPathComponent("\(words.joined()).svg")
      #expect(try shop.hoso(words + ["--plot", plot.path]).status == 0)
      #expect(try XMLDocument(contentsOf: plot).rootElement()?.name == "svg")
      for format in ["csv", "json"] { #expect(try shop.hoso(words + ["--format", format]).status == 0) }
    }
    let cohorts = try shop.json("cohorts")["cohorts"].list
    #expect(cohorts.compactMap { $0["customers"].count }.reduce(0, +) == 500)
    #expect(try shop.hoso("clv", "matrix", "--plot", "x.png").status == 2)
  }

  @Test("Migration adds up, and takes two days in their order")
  func migration() throws {
    let moves = try shop.json("rfm", "--migration", "2026-01-31", "2026-03-31")["moves"].list
    #expect(moves.compactMap { $0["people"].count }.reduce(0, +) == 500)
    for words in [["2026-01-31"], ["2026-03-31", "2026-01-31"], ["2026-01-31", "soon"]] {
      #expect(try shop.hoso(["rfm", "--migration"] + words).status == 2)
    }
  }
}

@Suite("Where there is nothing to score")
struct NoScoreTests {
  private func outcome(_ words: [String], _ events: String...) throws -> Outcome {
    let shop = try Shop()
    _ = try shop.hoso("ingest", "-", input: events.joined()).successful
    return try shop.hoso(words)
  }

  private func order(_ id: Int, _ currency: String = "VND", day: Int = 1, total: String = "100000") -> String {
    #"{"id":"\#(id)","type":"order.placed","time":"2026-03-\#(day + 10)T10:00:00+07:00","source":"web","channel":"web","ids":{"customer_id":"C\#(id)"},"data":{"order_id":"o\#(id)","currency":"\#(currency)","total":"\#(total)","items":[]}}"#
      + "\n"
  }

  @Test("A shop without orders says so, and its profiles have no scores")
  func nobody() throws {
    for words in [["rfm"], ["clv", "fit"], ["cohorts"]] {
      let outcome = try outcome(words, SampleEvent.page("1"))
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(words)")
      #expect(outcome.errors.hasPrefix("hoso: nobody has an order that counts as of "), "\(outcome.errors)")
    }
    #expect(try outcome(["profile", "list", "--format", "json"], SampleEvent.page("1")).status == 0)
  }

  @Test("One customer, and customers who all came once, can be scored and not modelled")
  func few() throws {
    let one = try outcome(["rfm", "--format", "json"], order(1)).json
    #expect(one["scored"].count == 1)
    let fit = try outcome(["clv", "fit"], order(1), order(2), order(3))
    #expect(
      fit.status == 1
        && fit.errors
          == "hoso: of 3 customers, 0 ordered on more than one day as of 2026-03-11; a model of repeat orders needs at least 10 who did\n"
    )
    for words in [["clv", "top"], ["clv", "show", "C1"], ["clv", "matrix"]] {
      let outcome = try outcome(words, order(1))
      #expect(
        outcome.status == 1 && outcome.errors == "hoso: no model is fitted yet; 'hoso clv fit' does it\n", "\(words)")
    }
  }

  @Test("Several currencies without rates are named with what to write")
  func currencies() throws {
    let outcome = try outcome(["rfm"], order(1), order(2, "USD", total: "5"))
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "hoso: orders are in USD and VND, and scores need one total: name the shop's currency and the rates of the others in hoso.yaml (currency, rates)\n"
    )
  }

  @Test("A holdout outside the data is refused with what there is")
  func holdout() throws {
    for day in ["2026-03-11", "2027-01-01", "2020-01-01"] {
      let outcome = try outcome(["clv", "evaluate", "--holdout", day], order(1), order(2, day: 3))
      #expect(
        outcome.status == 1 && outcome.errors.contains("there are orders from 2026-03-11 to 2026-03-13"),
        "\(outcome.errors)")
    }
    #expect(try outcome(["clv", "evaluate", "--holdout", "yesterday"], order(1)).status == 2)
  }

  @Test("An order of tomorrow is not counted today")
  func tomorrow() throws {
    let time = ISO8601DateFormatter().string(from: Date().addingTimeInterval(20 * 3600))
    let future = order(2).replacing(/"time":"[^"]+"/, with: #""time":"\#(time)""#)
    let report = try outcome(["rfm", "--format", "json"], order(1), future).json
    let scored = try #require(report["scored"].count)
    // Twenty hours from now may still be today.
    #expect(scored == 1 && report["as_of"].text == "2026-03-11" || scored == 2)
  }
}

@Suite("CDNOW scored", .enabled(if: RealData.exists(RealData.purchases), "CDNOW_master.txt is not there"))
struct PurchaseScoreTests {
  @Test("Parameters and the holdout are those of the papers")
  func papers() throws {
    let shop = try Shop()
    _ = try shop.hoso("init", "--time-zone", "America/New_York", "--currency", "USD").successful
    _ = try shop.hoso("ingest", "--input", "csv", "--map", RealData.mapping("cdnow"), RealData.purchases).successful
    let fit = try shop.json("clv", "fit", "--as-of", "1997-09-30", "--unit", "weeks")
    for (model, expected) in [("bgnbd", -95368.4439), ("mbgnbd", -95336.9583), ("paretonbd", -95415.1186)] {
      #expect(abs((fit[model]["log_likelihood"].number ?? 0) - expected) < 1e-3, "\(model)")
    }
    #expect(fit["customers"].count == 23_570 && fit["repeat_customers"].count == 9_451)
    let evaluation = try shop.json(
      "clv", "evaluate", "--holdout", "1997-09-30", "--until", "1998-06-30", "--unit", "weeks", "--model", "bgnbd")
    #expect(evaluation["actual_total"].number == 19_684 && evaluation["customers"].count == 23_570)
  }
}

import Foundation
import Testing

@Suite("What others may see")
struct PrivacyTests {
  @Test("Every file and directory that the program makes is for its owner alone, whatever the user's mask says")
  func modes() throws {
    let shop = try Shop()
    let script = """
      umask 000
      $hoso init && $hoso simulate --customers 1500 --days 200 --seed 3 | $hoso ingest - && echo '{' | $hoso ingest -
      $hoso rebuild --compare --differences differences.ndjson && $hoso clv fit && $hoso profile list --sort=-rfm.r
      $hoso schema add cup.json && $hoso log backup copy && $hoso log repair saved && $hoso log restore copy --data restored
      echo '{' > followed.ndjson && timeout 2 $hoso ingest --follow followed.ndjson; true
      """
    try shop.file("cup.json", QuarantineTests.schema)
    let outcome = try shop.shell(script)
    let inputs = ["cup.json", "followed.ndjson"]
    let files = try #require(FileManager.default.enumerator(atPath: shop.folder.path)).compactMap { $0 as? String }
      .filter { !$0.hasPrefix(".") && !inputs.contains($0) }
    for name in [
      "data/clv.json", "data/following", "copy/log.mdb", "saved/log.mdb", "restored/hoso.yaml", "differences.ndjson",
    ] {
      #expect(files.contains(name), "\(name): \(outcome.errors)")
    }
    for file in files {
      var status = stat()
      try #require(stat(shop.folder.appendingPathComponent(file).path, &status) == 0)
      #expect(status.st_mode & 0o777 == (status.st_mode & S_IFMT == S_IFDIR ? 0o700 : 0o600), "\(file)")
    }
  }

  @Test("What ingest says of refused events names fields and forms, and no value of theirs")
  func reasons() throws {
    let shop = try Shop()
    let secret = "Bí mật 0901234567"
    let ids = ["email", "phone", "customer_id"].map { SampleEvent.page($0, ids: #"{"\#($0)":"\#(secret)\u0007"}"#) }
    let data = [
      #"{"order_id":{"a":"\#(secret)"},"currency":"VND","total":1,"items":[]}"#,
      #"{"order_id":"1","currency":"\#(secret)","total":"\#(secret)","items":"\#(secret)"}"#,
      #"{"order_id":"1","currency":"VND","total":1,"items":[{"sku":"a","quantity":"\#(secret)"}],"placed_at":"\#(secret)"}"#,
    ].enumerated().map { SampleEvent.page("d\($0)", type: "order.placed", data: $1) }
    let people = SampleEvent.page(
      "p", type: "customer.registered", data: #"{"first_name":["\#(secret)"],"birthday":"\#(secret)"}"#)
    let twice = SampleEvent.order("t", total: "1") + SampleEvent.page("t", data: #"{"url":"\#(secret)"}"#)
    let broken = #"{"id":"\#(secret)"#
    let outcome = try shop.hoso("ingest", "-", input: (ids + data).joined() + people + twice + broken)
    #expect(outcome.text.contains("quarantined") && outcome.errors.contains(", found a"))
    let said = outcome.text + outcome.errors
    #expect(!said.contains("mật") && !said.contains("901234567"), "\(said)")
    #expect(try shop.hoso("rejects", "show", "1").text.contains("mật"), "the original is shown to who asks for it")
  }
}

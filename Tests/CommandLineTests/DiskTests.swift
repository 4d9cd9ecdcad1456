import Foundation
import Testing

@Suite("Disks that are full or read-only", .enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
struct DiskTests {
  @Test(
    "On a disk that is full from the start nothing is taken, and no question is answered with advice for programmers")
  func fullFromTheStart() throws {
    try SmallDisk.with(megabytes: 1) { shop, disk in
      let outcome = try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("bytes free") && outcome.errors.contains("Free some disk space"))
      for words in [["status"], ["log", "verify"], ["profile", "list"]] {
        let errors = try shop.hoso(words).errors
        #expect(!errors.contains("table") && !errors.contains("Create it"), "\(errors)")
      }
      try disk.resize(megabytes: 200)
      #expect(try shop.hoso("ingest", "-", input: SampleEvent.page("1")).status == 0)
      #expect(try shop.isSound())
    }
  }

  @Test("When the disk is full after the log was written, what was taken is named, and the same command does the rest")
  func fullInBetween() throws {
    try SmallDisk.with(megabytes: 65) { shop, disk in
      let events = try Coffee.events.get()
      let outcome = try shop.hoso(["ingest", "-"], input: events)
      #expect(outcome.status == 1 && outcome.errors.contains("Free some disk space"))
      let taken = try #require(try shop.json("log", "verify")["events"].count)
      let said = (outcome.text + outcome.errors).filter { $0 != "," }
      #expect(taken > 0 && said.contains("\(taken)"), "\(said)")
      try disk.resize(megabytes: 200)
      #expect(try shop.hoso(["ingest", "-"], input: events).status == 0)
      #expect(try shop.logDigest() == Coffee.shop.get().logDigest())
      #expect(try shop.projectionDigest() == Coffee.shop.get().projectionDigest())
    }
  }

  @Test("A rebuild that finds no room leaves the live read models and nothing else")
  func fullOnRebuild() throws {
    try SmallDisk.with(megabytes: 80) { shop, disk in
      try shop.hoso("ingest", "-", input: try Coffee.lines(3_000).joinedLines)
      let before = try shop.projectionDigest()
      try disk.resize(megabytes: 65)
      let outcome = try shop.hoso("rebuild")
      #expect(outcome.status == 1 && outcome.errors.contains("Free some disk space"))
      #expect(try shop.projectionDigest() == before)
      #expect(try Set(shop.json("projection", "list").list.map { $0["generation"].count }) == [1])
      #expect(try shop.json("status")["unfinished"].list.isEmpty)
    }
  }

  @Test("On a read-only disk questions are answered and changes are refused")
  func readOnlyDisk() throws {
    try SmallDisk.with(megabytes: 100) { shop, disk in
      try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
      try disk.makeReadOnly()
      for words in [["status"], ["profile", "show", "an@example.vn"], ["log", "verify"], ["log", "export"]] {
        #expect(try shop.hoso(words).status == 0, "\(words)")
      }
      for words in [
        ["ingest", "-"], ["project"], ["rebuild"], ["rejects", "retry"], ["rejects", "drop", "--all"], ["init"],
      ] {
        let outcome = try shop.hoso(words, input: Data(SampleEvent.page("2").utf8))
        #expect(outcome.status == 1 && outcome.errors.lowercased().contains("read-only"), "\(words): \(outcome.errors)")
      }
      let fresh = try shop.hoso("ingest", "-", "--data", shop.data + "/new", input: SampleEvent.page("2"))
      #expect(fresh.status == 1 && fresh.errors.contains("Read-only file system"))
    }
  }
}

@Suite("Permissions", .enabled(if: geteuid() != 0, "permissions do not bind root"))
struct PermissionTests {
  @Test("A directory that may not be written to is refused, and read all the same")
  func readOnlyDirectory() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    #expect(chmod(shop.data, 0o500) == 0)
    defer { chmod(shop.data, 0o700) }
    let outcome = try shop.hoso("ingest", "-", input: SampleEvent.page("2"))
    #expect(outcome.status == 1 && outcome.errors.contains("cannot be written to"))
    #expect(try shop.hoso("status").status == 0)
  }
}

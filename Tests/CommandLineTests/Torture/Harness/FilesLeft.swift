import Foundation
import Testing

/// Looks for files that nobody will ever remove.
struct FilesLeft {
  private let shop: Shop
  private let note: String

  init(_ shop: Shop, note: String) {
    self.shop = shop
    self.note = note
  }

  /// After a rebuild every file of the directory is one that the formats know, and every generation one that is listed.
  func check() throws {
    let rebuilt = try shop.ask("rebuild")
    #expect(rebuilt.code == 0, "\(note) \(rebuilt.description)")
    let status = try shop.json("status")
    #expect(status["unfinished"].list.isEmpty && status["building"].list.isEmpty, "\(note) half-built generations")
    let strays = try self.strays()
    #expect(strays.isEmpty, "\(note) left behind for ever: \(strays)")
  }

  private func strays() throws -> [String] {
    let generations = Set(try shop.json("projection", "list").list.compactMap { $0["generation"].count })
    let known =
      ["hoso.yaml", "rfm.json", "log.mdb", "log.mdb-lock"].map { "data/" + $0 }
      + ["current", "lock", "rebuild.lock"].map { "data/projections/" + $0 }
      + generations.flatMap { ["data/projections/\($0).mdb", "data/projections/\($0).mdb-lock"] }
      + ["hoso.yaml", "log.mdb", "log.mdb-lock"].map { "target/" + $0 }
    let following = /data\/following\/[0-9a-f]{32}\.json/
    let found = ["data", "target"].flatMap { folder in shop.files(in: folder).map { folder + "/" + $0 } }
    return found.filter { !known.contains($0) && $0.wholeMatch(of: following) == nil }
  }
}

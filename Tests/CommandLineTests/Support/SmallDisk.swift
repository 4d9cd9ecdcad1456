import Foundation
import Testing

/// A file system in memory that a shop's data lies on. Only root may mount.
struct SmallDisk {
  private let shop: Shop

  /// Whether this process may mount: it is root, and no container forbids it.
  static let isPossible: Bool = {
    guard geteuid() == 0 else { return false }
    do {
      try with(megabytes: 1) { _, _ in }
      return true
    } catch {
      return false
    }
  }()

  /// Calls `body` with a shop whose data lies on a disk of that size, and unmounts it afterwards.
  static func with(megabytes: Int, _ body: (Shop, SmallDisk) throws -> Void) throws {
    let shop = try Shop()
    let disk = SmallDisk(shop: shop)
    try FileManager.default.createDirectory(atPath: shop.data, withIntermediateDirectories: true)
    try disk.mount(["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", shop.data])
    // Lazily, because a program that hangs must not keep the folder from being removed.
    defer { if umount2(shop.data, Int32(MNT_DETACH)) != 0 { Issue.record("\(shop.data) is left mounted") } }
    try body(shop, disk)
  }

  func resize(megabytes: Int) throws { try mount(["-o", "remount,size=\(megabytes)m", shop.data]) }

  func makeReadOnly() throws { try mount(["-o", "remount,ro", shop.data]) }

  private func mount(_ arguments: [String]) throws {
    let outcome = try Program.run("/bin/mount", arguments, in: shop.folder)
    guard outcome.status == 0 else { throw Program.Failure(description: outcome.errors) }
  }
}

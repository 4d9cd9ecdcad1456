import Foundation
import Testing

extension Shop {
  /// Starts the program directly, and goes on. `@/` in a word stands for the shop's folder.
  func victim(_ words: [String], input: String = "/dev/null") throws -> Victim {
    try Victim(words.map(path(in:)), data: data, input: path(in: input), in: folder)
  }

  /// Runs the program to its end, and nobody kills it.
  func ask(_ words: String..., input: String = "/dev/null") throws -> Victim.Result {
    try victim(words, input: input).result()
  }

  func path(in word: String) -> String { word.hasPrefix("@/") ? folder.path + word.dropFirst() : word }

  /// Another shop with the same files.
  func copy() throws -> Shop {
    let shop = try Shop()
    _ = try Program.run("/bin/cp", ["-a", folder.path + "/.", shop.folder.path], in: shop.folder).successful
    return shop
  }

  /// What lies in a folder of the shop, with the folders below it: paths of files from there.
  func files(in name: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: folder.appendingPathComponent(name).path)
    return (found?.compactMap { $0 as? String } ?? []).filter { path in
      var isFolder: ObjCBool = false
      let whole = folder.appendingPathComponent(name + "/" + path).path
      return FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }
}

import YAML

/// The section `projections`: how generations of read models are built and kept.
extension ConfigurationReader {
  func projections(_ node: Node) throws -> ProjectionSettings {
    var settings = ProjectionSettings()
    for (key, value) in try mapping(node, "projections") {
      switch key.string {
      case "keep": settings.keep = try keep(value)
      case "memory": settings.memoryMax = try memory(value)
      default: throw unknown(key, in: "keep, memory")
      }
    }
    return settings
  }

  private func keep(_ node: Node) throws -> Int {
    guard let number = node.string.flatMap({ Int($0) }), (0...100).contains(number) else {
      throw mistake(node, "projections.keep must be a whole number from 0 to 100")
    }
    return number
  }

  private func memory(_ node: Node) throws -> Int {
    guard let bytes = node.string.flatMap({ Self.bytes($0) }) else {
      throw mistake(node, "projections.memory must be a size such as 512 MiB or 2 GiB")
    }
    guard (16 << 20...1 << 40).contains(bytes) else {
      throw mistake(node, "projections.memory must be from 16 MiB to 1024 GiB")
    }
    return bytes
  }

  /// A whole number with a unit behind it.
  private static func bytes(_ text: String) -> Int? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = Int(digits), let shift = ["KiB": 10, "MiB": 20, "GiB": 30][String(unit)] else { return nil }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << shift)
    return overflows ? nil : bytes
  }
}

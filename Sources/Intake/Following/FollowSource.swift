import Glibc
import JSON
import Mappings

/// An input that is read as it grows: whole lines, or whole bodies, as soon as they are there.
final class FollowSource: InputSource {
  private static let pollMilliseconds: Int32 = 100

  let inputName: String
  private let file: FollowedFile
  private let control: FollowControl
  private var cutter: BodyCutter?
  private var buffer = [UInt8](repeating: 0, count: LineReader.chunkBytes)
  /// The beginning of a line whose end has not come.
  private var held: [UInt8] = []
  /// The number of the line that `held` begins.
  private var line = 1
  /// Whether something was handed out since the last pause.
  private var isDirty = false
  private var waiting: [InputPiece] = []
  private var isFinished = false

  /// - Parameter point: where another run ended; it is passed over where the file is another one by now.
  init(path: String, mapping: Mapping?, from point: ResumePoint?, control: FollowControl) throws(InputError) {
    file = try FollowedFile(path: path)
    self.control = control
    inputName = mapping?.name ?? "ndjson"
    cutter = mapping.map { BodyCutter(file: file.name, mapping: $0) }
    if let point, file.resume(at: point) { line = point.line }
  }

  func next() throws -> InputPiece? {
    while true {
      if let piece = waiting.first {
        waiting.removeFirst()
        isDirty = true
        return .followed(piece, upTo: waiting.isEmpty ? resumePoint : nil)
      }
      if isFinished { return pause() }
      if let mapping = control.newMapping() { cutter?.mapping = mapping }
      if control.isStopped() {
        // What came through a pipe is taken now or never.
        if !file.isRegular { takeRest() }
        isFinished = true
      } else if let pause = try readMore() {
        return pause
      }
    }
  }

  /// A pause, if something came before it; nil if not.
  private func pause() -> InputPiece? {
    guard isDirty else { return nil }
    isDirty = false
    return .followed(nil, upTo: resumePoint)
  }

  /// Reads what there is; where there is nothing, hands out a pause or waits.
  private func readMore() throws -> InputPiece? {
    let file = file
    switch try buffer.withUnsafeMutableBytes({ try file.read(into: $0) }) {
    case .bytes(let count): take(count)
    case .nothing:
      if let pause = pause() { return pause }
      file.wait(milliseconds: Self.pollMilliseconds)
    case .another:
      takeRest()
      line = 1
    case .ended:
      takeRest()
      isFinished = true
    }
    return nil
  }

  private func take(_ count: Int) {
    let end = buffer[..<count].lastIndex(of: 0x0A)
    guard let end else {
      held += buffer[..<count]
      if held.count > LineReader.lineBytesMax { takeRest() }
      return
    }
    hand(over: held + buffer[...end])
    held = Array(buffer[(end + 1)..<count])
  }

  /// Takes what has no end as if it had one.
  private func takeRest() {
    if !held.isEmpty { hand(over: held) }
    held = []
    if let rest = cutter?.finish() { waiting.append(.bodies(rest)) }
  }

  private func hand(over lines: [UInt8]) {
    let chunk = LineChunk(
      bytes: lines + repeatElement(0x20, count: JSONParser.padding), count: lines.count, file: file.name,
      firstLine: line)
    line += lines.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
    guard cutter != nil else { return waiting.append(.lines(chunk)) }
    if let bodies = cutter?.cut(chunk) { waiting.append(.bodies(bodies)) }
  }

  /// The first byte that was not handed out.
  private var resumePoint: ResumePoint? {
    let pending = cutter?.pendingBytes ?? 0
    return file.point(
      at: max(0, file.offset - held.count - pending), line: pending > 0 ? cutter?.pendingLine ?? line : line)
  }
}

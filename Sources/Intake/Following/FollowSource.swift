import Glibc
import JSON
import Mappings

/// An input that is read as it grows: whole lines, or whole bodies, as soon as they are there.
final class FollowSource: InputSource {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// What is taken from a pipe before an orderly end, in pieces of the buffer.
  private static let lastPiecesMax = 64

  let inputName: String
  private let file: FollowedFile
  private let control: FollowControl
  private var cutter: BodyCutter?
  private var buffer = [UInt8](repeating: 0, count: LineReader.chunkBytes)
  /// The beginning of a line whose end has not come.
  private var held: [UInt8] = []
  /// The number of the line that `held` begins.
  private var line = 1
  /// Whether the rest of a line that is too long is passed over.
  private var isSkipping = false
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
    if let point, try file.resume(at: point) { line = point.line }
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
        if !file.isRegular { try drain() }
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

  private func drain() throws {
    let file = file
    for _ in 0..<Self.lastPiecesMax {
      guard case .bytes(let count) = try buffer.withUnsafeMutableBytes({ try file.read(into: $0) }) else { break }
      take(count)
    }
    takeRest()
  }

  /// Reads what there is; where there is nothing, hands out a pause or waits.
  private func readMore() throws -> InputPiece? {
    let file = file
    switch try buffer.withUnsafeMutableBytes({ try file.read(into: $0) }) {
    case .bytes(let count): take(count)
    case .nothing:
      if let pause = pause() { return pause }
      file.wait()
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
    var piece = buffer[..<count]
    if isSkipping {
      guard let end = piece.firstIndex(of: 0x0A) else { return }
      isSkipping = false
      line += 1
      piece = piece[(end + 1)...]
    }
    guard let end = piece.lastIndex(of: 0x0A) else {
      held += piece
      if held.count > LineReader.lineBytesMax { setAsideOverlong() }
      return
    }
    hand(over: held + piece[...end])
    held = Array(piece[(end + 1)...])
  }

  /// Hands over the beginning of a line that is too long, and passes over the rest of it.
  private func setAsideOverlong() {
    if let rest = cutter?.finish() { waiting.append(.bodies(rest)) }
    var chunk = LineChunk(bytes: held, count: held.count, file: file.name, firstLine: line)
    chunk.overlongBytes = held.count + 1
    waiting.append(.lines(chunk))
    held = []
    isSkipping = true
  }

  /// Takes what has no end as if it had one.
  private func takeRest() {
    if !held.isEmpty { hand(over: held) }
    held = []
    if let rest = cutter?.finish() { waiting.append(.bodies(rest)) }
  }

  private func hand(over text: [UInt8]) {
    let lines = line == 1 && text.starts(with: Self.byteOrderMark) ? Array(text.dropFirst(3)) : text
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

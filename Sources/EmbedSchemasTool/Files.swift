import Glibc

/// Ends the build step with a message.
func fail(_ message: String) -> Never {
  let text = message + "\n"
  _ = text.utf8CString.withUnsafeBufferPointer { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
  exit(1)
}

/// The whole of a UTF-8 file.
func readText(_ path: String) -> String {
  guard let file = fopen(path, "r") else { fail("\(path) cannot be read: \(reason)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
  guard ferror(file) == 0 else { fail("\(path) cannot be read: \(reason)") }
  guard let text = String(validating: bytes, as: UTF8.self) else { fail("\(path) is not UTF-8") }
  return text
}

func write(_ text: String, to path: String) {
  guard let file = fopen(path, "w") else { fail("\(path) cannot be written: \(reason)") }
  let bytes = Array(text.utf8)
  let written = fwrite(bytes, 1, bytes.count, file)
  guard written == bytes.count, fclose(file) == 0 else { fail("\(path) cannot be written: \(reason)") }
}

private var reason: String { String(cString: strerror(errno)) }

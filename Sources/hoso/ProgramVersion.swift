import Compression
import KeyValueStore

/// The version of the program and of the libraries that keep its data.
enum ProgramVersion {
  static let number = "0.1.0"

  static var text: String {
    "hoso \(number) (LMDB \(Environment.libraryVersion), zstd \(zstandardVersion))"
  }
}

import CUTF8Proc

/// The number of terminal columns that a text fills: 2 for wide East Asian characters and emoji, 0 for combining
/// marks and control characters, 1 for most others.
///
/// Widths are summed for each scalar, so an emoji that several scalars build counts as all of them. O(n).
package func displayWidth(of text: String) -> Int {
  var width = 0
  for scalar in text.unicodeScalars {
    width += isPrintableASCII(scalar) ? 1 : Int(utf8proc_charwidth(Int32(bitPattern: scalar.value)))
  }
  return width
}

private func isPrintableASCII(_ scalar: Unicode.Scalar) -> Bool {
  (0x20..<0x7F).contains(scalar.value)
}

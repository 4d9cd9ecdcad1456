/// The digits of a number, filled up on the left with zeros to `width`. A negative number gets its sign before them.
package func zeroPadded(_ number: some BinaryInteger, width: Int) -> String {
  let digits = String(number.magnitude)
  let padding = String(repeating: "0", count: max(0, width - digits.utf8.count))
  return (number < 0 ? "-" : "") + padding + digits
}

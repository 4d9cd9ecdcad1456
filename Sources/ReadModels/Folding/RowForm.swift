/// The versions of the form that rows of states are in. Raised with every change of what a row says or how it says it.
///
/// Rows are written in the current form only. A decoder that meets an older one (`reader.form`) takes what that form did
/// not say yet for absent, so that read models built by an earlier program can still be asked.
package enum RowForm {
  package static let current: UInt32 = 6
  /// The oldest form that is still read.
  package static let oldestReadable: UInt32 = 2
}

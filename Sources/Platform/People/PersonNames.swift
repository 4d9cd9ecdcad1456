import Expressions
package import ReadModels

extension Person.Stage {
  /// As the command line writes it.
  package var name: String {
    switch self {
    case .visitor: "visitor"
    case .lead: "lead"
    case .customer: "customer"
    case .repeatCustomer: "repeat customer"
    }
  }
}

extension Person {
  /// The name to address the person by: `name`, or the first and last name; nil where no event gave one.
  package var displayName: String? {
    let traits = traits
    func text(_ trait: String) -> String? {
      guard let json = traits[trait], case .text(let text) = Value(json: json), !text.isEmpty else { return nil }
      return text
    }
    if let name = text("name") { return name }
    let parts = [text("last_name"), text("first_name")].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}

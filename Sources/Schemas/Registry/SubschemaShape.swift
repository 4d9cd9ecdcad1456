/// How a keyword's value holds subschemas (draft 2020-12, core sections 8 to 11).
enum SubschemaShape {
  case one, list, named

  /// Nil for keywords that hold none, and for unknown ones, whose content means nothing.
  init?(keyword: String) {
    switch keyword {
    case "$defs", "definitions", "properties", "patternProperties", "dependentSchemas": self = .named
    case "allOf", "anyOf", "oneOf", "prefixItems": self = .list
    case "not", "if", "then", "else", "items", "contains", "additionalProperties", "propertyNames",
      "unevaluatedItems", "unevaluatedProperties", "contentSchema":
      self = .one
    default: return nil
    }
  }
}

/// The keywords by which a schema can refuse a value. All others are annotations, or mean nothing.
enum ConstrainingKeywords {
  static func contains(_ keyword: String) -> Bool { names.contains(keyword) }

  private static let names: Set<String> = [
    "$ref", "$dynamicRef", "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "prefixItems",
    "items", "contains", "minContains", "maxContains", "unevaluatedItems", "minProperties", "maxProperties", "required",
    "properties", "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties",
    "dependentRequired", "dependentSchemas", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
  ]
}

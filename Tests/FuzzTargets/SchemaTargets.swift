import JSON
import Schemas
import Upcasting

extension FuzzTarget {
  /// A shop's schema file, then a document. Whether the document is valid and which violations it has must not contradict
  /// each other.
  static let schema = FuzzTarget(name: "schema") {
    let parser = JSONParser()
    return { input in
      let (file, document) = input.parts
      guard let catalogue = try? SchemaCatalogue.builtIn.adding(file.text, name: "schema.json") else { return }
      for entry in catalogue.list where !entry.isBuiltIn {
        guard
          let schema = Array(entry.type.utf8).withUnsafeBufferPointer({
            catalogue.schema(type: $0, version: entry.version)
          }), let value = try? parser.parse(document)
        else { continue }
        let errors = schema.errors(of: value, limit: 3)
        try promise(schema.isValid(value) == errors.isEmpty, "validity contradicts the violations \(errors)")
      }
    }
  } seeds: {
    let documents = ProjectFiles.lines(below: "schemas", ending: "valid.ndjson")
    let schemas = ProjectFiles.paths(below: "schemas", ending: "1.json").map { path in
      ProjectFiles.bytes(path).text.replacing("urn:hoso:schema:", with: "urn:hoso:schema:my_", maxReplacements: 1)
    }
    return zip(schemas + keywordSchemas, documents + documents).map { Array($0.utf8) + [[UInt8].separator] + $1 }
  }

  /// Keywords that the built-in schemas do not use.
  private static let keywordSchemas = [
    ##"""
    {"$id":"urn:hoso:schema:a.b:1","type":"object","patternProperties":{"^(a|b)+$":{"pattern":"^[a-z]{2,5}\\d*$"}},
    "propertyNames":{"maxLength":5},"additionalProperties":{"$ref":"#/$defs/x"},
    "$defs":{"x":{"$anchor":"y","oneOf":[{"type":"integer","multipleOf":0.1},{"$ref":"#y"}]}}}
    """##,
    ##"""
    {"$id":"urn:hoso:schema:a.b:1","type":"object","$dynamicAnchor":"n","properties":{"a":{"$dynamicRef":"#n"},
    "b":{"type":"array","uniqueItems":true,"contains":{"const":1},"minContains":2,"prefixItems":[{"enum":[1,"x",null]}],
    "unevaluatedItems":false}},"if":{"required":["a"]},"then":{"dependentRequired":{"a":["b"]}},
    "else":{"not":{"minProperties":3}},"unevaluatedProperties":{"format":"email"}}
    """##,
    ##"""
    {"$id":"urn:hoso:schema:a.b:1","type":"object","allOf":[{"anyOf":[{"properties":{"t":{"format":"date-time"}}},true]}],
    "dependentSchemas":{"t":{"maxProperties":2}},"exclusiveMinimum":1e400}
    """##,
  ]

  /// A file of steps, then its examples. What is accepted is applied to the events of the examples once more.
  static let upcaster = FuzzTarget(name: "upcaster") {
    let parser = JSONParser()
    return { input in
      let (file, examples) = input.parts
      let upcasters: Upcasters
      do {
        upcasters = try Upcasters().adding(
          file: file.text, name: "order.placed/1.upcast.json", examples: examples.text, examplesName: "examples",
          catalogue: .builtIn)
      } catch {
        return
      }
      let upcasting = Upcasting(upcasters)
      for line in examples.split(separator: 0x0A) {
        guard let example = try? parser.parse(line), let before = example["before"] else { continue }
        try upcasting.forEach(before) { _, _ in }
      }
    }
  } seeds: {
    let folder = "schemas/order.placed/2.upcast"
    let examples = ProjectFiles.bytes(folder + ".ndjson").split(separator: 0x0A)
    return examples.map { ProjectFiles.bytes(folder + ".json") + [[UInt8].separator] + $0 }
      + stepFiles.map { Array($0.utf8) + [[UInt8].separator] + (examples.first ?? []) }
  }

  /// One file for each kind of step.
  private static let stepFiles = [
    #"{"move":{"from":"/total","to":"/sum"}}"#,
    #"{"copy":{"from":"/items/*/sku","to":"/items/*/name","required":true}}"#,
    #"{"default":{"at":"/items/*/gift","value":{"a":[1]}}}"#,
    #"{"convert":{"at":"/total","to":"money","currency":"/currency"}}"#,
    #"{"convert":{"at":"/items/*/quantity","to":"text"}}"#,
    #"{"scale":{"at":"/total","multiply_by":"1.5","divide_by":7,"decimals":2,"rounding":"half_even"}}"#,
    #"{"map":{"at":"/coupon","values":{"CHAOBAN":1},"otherwise":null}}"#,
    #"{"split":{"at":"/coupon","separator":"-","into":["/coupon/a","/coupon/b"]}}"#,
    #"{"merge":{"from":["/order_id","/currency"],"separator":"-","to":"/both"}}"#, #"{"drop":{"at":"/items/*"}}"#,
    #"{"emit":{"type":"order.paid","version":1,"id":"-paid","when":"/paid","data":{"order_id":{"from":"/order_id"}},"keep":true}}"#,
  ].map { step in #"{"from":1,"to":2,"description":"d","steps":[\#(step)]}"# }
}

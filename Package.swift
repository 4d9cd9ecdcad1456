// swift-tools-version: 6.2
import PackageDescription

/// simdjson's fast paths, which every x86-64 processor of the last fifteen years has; elsewhere its portable code is taken.
#if arch(x86_64)
  let vectorFlags = ["-msse4.2", "-mpclmul"]
#else
  let vectorFlags: [String] = []
#endif

/// The same strictness for every target of our own. Modules are small and call each other for every event, so calls are
/// inlined across their borders, which is worth an eighth of the processor time of a rebuild.
let strict: [SwiftSetting] = [
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict, plugins: plugins)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name)] + dependencies, swiftSettings: strict)
}

func systemLibrary(_ name: String, pkgConfig: String? = nil, package: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// The fuzzer is there for `tools/fuzz` only: it is linked with what `-sanitize=fuzzer` brings, which an ordinary build lacks.
let fuzzer: [Target] =
  Context.environment["HOSO_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing", exclude: ["Corpus"], swiftSettings: strict)
  ]

let package = Package(
  name: "hoso",
  products: [.executable(name: "hoso", targets: ["hoso"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C libraries of the system. Each is imported by one module of ours and by nothing else.
    systemLibrary("CLMDB", pkgConfig: "lmdb", package: "liblmdb-dev"),
    systemLibrary("CZstd", pkgConfig: "libzstd", package: "libzstd-dev"),
    systemLibrary("CZlib", pkgConfig: "zlib", package: "zlib1g-dev"),
    systemLibrary("CXXHash", pkgConfig: "libxxhash", package: "libxxhash-dev"),
    systemLibrary("CBLAKE2", pkgConfig: "libb2", package: "libb2-dev"),
    systemLibrary("CYAML", pkgConfig: "yaml-0.1", package: "libyaml-dev"),
    systemLibrary("CUTF8Proc", package: "libutf8proc-dev"),
    systemLibrary("CMalloc", package: "libc6-dev"),
    systemLibrary("CProcess", package: "libc6-dev"),
    // simdjson is C++: a shim gives it a C face.
    .target(
      name: "CSIMDJSON",
      cxxSettings: [
        .define("SIMDJSON_THREADS_ENABLED", to: "1"), .unsafeFlags(["-fno-exceptions", "-O3"] + vectorFlags),
      ],
      linkerSettings: [.linkedLibrary("simdjson")]),

    // What the rest is made of: bytes, hashes, compressed streams, JSON, YAML, text, tables.
    module("BinaryCoding"),
    module("Hashing", ["CXXHash", "CBLAKE2"]),
    module("Compression", ["CZstd", "CZlib"]),
    module("JSON", ["CSIMDJSON"]),
    module("YAML", ["CYAML"]),
    module("UnicodeText", ["CUTF8Proc"]),
    module("KeyValueStore", ["CLMDB"]),
    module("Threads"),

    // The vocabulary: numbers, money, time, identifiers. Pure.
    module("Events", ["UnicodeText"]),
    module("TimeZones", ["Events"]),
    // JSON Schema and the catalogue of event types; the files of schemas/ are embedded at build time.
    module("Schemas", ["Events", "JSON"], plugins: [.plugin(name: "EmbedSchemas")]),
    // Events of old schema versions become events of the newest. Pure.
    module("Upcasting", ["Events", "JSON", "Schemas"]),
    .executableTarget(name: "EmbedSchemasTool", swiftSettings: strict),
    .plugin(name: "EmbedSchemas", capability: .buildTool(), dependencies: ["EmbedSchemasTool"]),
    // One expression language for mappings and for filters.
    module("Expressions", ["Events", "TimeZones", "UnicodeText"]),
    // Mapping files: rows and foreign documents become events.
    module(
      "Mappings", ["Events", "Expressions", "JSON", "TimeZones", "YAML"], plugins: [.plugin(name: "EmbedSchemas")]),

    // The append-only log with duplicate detection and quarantine.
    module("EventLog", ["BinaryCoding", "Compression", "Events", "Hashing", "JSON", "KeyValueStore"]),
    // Inputs become canonical events in the log. The only module that appends.
    module("Intake", ["Compression", "EventLog", "Events", "Hashing", "JSON", "Mappings", "Schemas", "Threads"]),

    // Who is who. Pure.
    module("Identity", ["Events", "Hashing"]),
    // Which people may be the same though no identifier says so. Pure.
    module("Matching", ["UnicodeText"]),
    // The mathematics of RFM and of customer lifetime value. Pure.
    module("Scoring", ["Threads"]),
    // Pictures as SVG. Pure.
    module("Charts"),
    // States and their folds. Pure.
    module("ReadModels", ["BinaryCoding", "Events", "Hashing", "Identity", "JSON", "UnicodeText"]),
    // Folds the log into generations of read models. The only module that writes them.
    module(
      "Projections",
      [
        "BinaryCoding", "CMalloc", "EventLog", "Events", "Hashing", "Identity", "JSON", "KeyValueStore", "ReadModels",
        "Threads", "Upcasting",
      ]),

    // A deterministic shop. Pure.
    module("Simulation"),
    // The use cases: opens a data directory and wires the flow.
    module(
      "Platform",
      [
        "EventLog", "Events", "Expressions", "Hashing", "Identity", "Intake", "JSON", "KeyValueStore", "Mappings",
        "Matching",
        "Projections", "ReadModels", "Schemas", "Scoring", "TimeZones", "Upcasting", "YAML",
      ]),
    // The command line: commands and rendering.
    .executableTarget(
      name: "hoso",
      dependencies: [
        "CProcess", "Charts", "Compression", "EventLog", "Events", "Expressions", "Hashing", "Identity", "Intake", "JSON",
        "KeyValueStore",
        "Mappings", "Matching", "Platform", "Projections", "ReadModels", "Schemas", "Scoring", "Simulation",
        "TimeZones",
        "UnicodeText", "Upcasting",
        argumentParser,
      ],
      swiftSettings: strict),

    // Tests, in the same order.
    tests(of: "BinaryCoding"),
    tests(of: "Hashing"),
    tests(of: "Compression", ["CZlib"]),
    tests(of: "JSON"),
    tests(of: "YAML"),
    tests(of: "KeyValueStore"),
    tests(of: "Threads", ["GeneratedEvents"]),
    tests(of: "Events", ["UnicodeText"]),
    tests(of: "TimeZones", ["Events"]),
    tests(of: "Schemas", ["Events", "JSON"]),
    tests(of: "Upcasting", ["Events", "JSON", "Schemas"]),
    tests(of: "Expressions", ["Events", "TimeZones"]),
    tests(of: "Mappings", ["Events", "Expressions", "Hashing", "JSON", "TimeZones"]),
    tests(of: "EventLog", ["Compression", "Events", "Hashing", "JSON", "KeyValueStore"]),
    tests(
      of: "Intake",
      [
        "Compression", "EventLog", "Events", "GeneratedEvents", "Hashing", "JSON", "Mappings", "Schemas", "TimeZones",
      ]),
    tests(of: "Identity", ["Events", "GeneratedEvents", "Hashing"]),
    tests(of: "Matching", ["GeneratedEvents"]),
    tests(of: "Scoring", ["GeneratedEvents"]),
    tests(of: "Charts"),
    tests(of: "ReadModels", ["BinaryCoding", "Events", "GeneratedEvents", "Identity", "JSON"]),
    tests(
      of: "Projections",
      [
        "Compression", "EventLog", "Events", "GeneratedEvents", "Hashing", "Identity", "JSON", "KeyValueStore",
        "ReadModels", "Schemas", "Upcasting",
      ]),
    tests(of: "Simulation"),
    tests(
      of: "Platform",
      [
        "EventLog", "Events", "Expressions", "GeneratedEvents", "Identity", "Intake", "Projections", "ReadModels",
        "Schemas", "Scoring", "TimeZones", "Upcasting",
      ]),
    .testTarget(
      name: "CommandLineTests", dependencies: ["hoso", "Hashing"], exclude: ["Torture/Shim"], swiftSettings: strict),
    // Random events of the vocabulary, from a seed.
    .target(name: "GeneratedEvents", path: "Tests/GeneratedEvents", swiftSettings: strict),
    // Whatever reads bytes of others, to be fed with any bytes at all.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "BinaryCoding", "Compression", "EventLog", "Events", "Expressions", "Hashing", "Intake", "JSON", "Mappings",
        "Platform", "ReadModels", "Schemas", "TimeZones", "Upcasting",
      ],
      path: "Tests/FuzzTargets", swiftSettings: strict),
    tests(of: "FuzzTargets"),
  ] + fuzzer,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// Writes a Swift file that holds JSON files as string literals, so that the program needs no files beside it.
//
//     EmbedSchemasTool <output file> <folder> <path below the folder> ...

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  fail("usage: EmbedSchemasTool <output file> <folder> <path below the folder> ...")
}

var source = SourceText()
for path in arguments.dropFirst(3).sorted() {
  source.add(path: path, text: readText(arguments[2] + "/" + path))
}
write(source.finished, to: arguments[1])

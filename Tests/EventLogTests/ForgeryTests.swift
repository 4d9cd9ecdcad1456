import EventLog
import Testing

/// Rows that were changed and given a checksum that matches, as an editor with this documentation could do it.
@Suite("Forgeries")
struct ForgeryTests {
  @Test("An edited event is found at its block", arguments: [1, 1025, 2049] as [Position])
  func editedEvent(first: Position) throws {
    let damage = try findings { try $0.forgeBlock(first) { $0.documents[0] ^= 1 } }
    #expect(damage.map(\.position) == [first])
    #expect(damage.first?.what.contains("digest chain breaks") == true)
  }

  @Test(
    "An edit that also corrects the chain digest of its block is found behind it",
    arguments: [1, 1025, 2049] as [Position])
  func editedEventAndChain(first: Position) throws {
    let damage = try findings { rows in
      var before = [UInt8](repeating: 0, count: 32)
      if first > 1 { before = Array(try #require(try rows["blocks"][first - 1024])[28..<60]) }
      try rows.forgeBlock(first) { block in
        block.documents[0] ^= 1
        block.head.replaceSubrange(20..<52, with: chain(block.documents, after: before))
      }
    }
    #expect(damage.map(\.position) == [first + 1024])
  }

  @Test("A block whose events were lost or have other lengths is found", arguments: 0..<5)
  func forgedLengths(kind: Int) throws {
    let damage = try findings { rows in
      try rows.forgeBlock(1025) { block in
        switch kind {
        case 0: block.documents.removeLast()
        case 1: block.table[0] = 0
        case 2: block.table[0] += 1
        case 3: block.table += [1, 0]
        default: block.table.replaceSubrange(0..<1, with: [UInt8](repeating: 0xFF, count: 8) + [0x7F])
        }
      }
    }
    #expect(damage.map(\.position) == [1025])
  }

  @Test("A block of no events, of an unknown version or of an unknown compression is found", arguments: [0, 1, 2])
  func forgedHead(offset: Int) throws {
    let damage = try findings { rows in
      try rows.forge("blocks", 1025) { content in
        content[offset] = offset == 2 ? 0 : 9
        if offset == 2 { content[3] = 0 }
      }
    }
    #expect(damage.map(\.position) == [1025])
  }

  @Test("An edited event of the tail is found")
  func editedTailRow() throws {
    let damage = try findings { try $0.forge("tail", 3110) { $0[9] ^= 1 } }
    #expect(damage.map(\.what) == ["an event of the tail was edited, lost or moved"])
  }

  @Test("An index whose entries are out of order or name no event is found", arguments: 0..<2)
  func forgedIndex(kind: Int) throws {
    let damage = try findings { rows in
      let chunk = try #require(try rows["ids"].keys.filter { $0 & 0xFFFF_FFFF == 1 }.max())
      try rows.forge("ids", chunk) { content in
        switch kind {
        case 0: content.replaceSubrange(10..<30, with: content[20..<30] + content[10..<20])
        default: content.set(UInt32(1_000_000), at: 16)
        }
      }
    }
    #expect(damage.count == 1)
    #expect(damage.first?.what.contains("of the duplicate index is out of order") == true)
  }

  @Test("A state record that contradicts the events is found", arguments: [4, 12, 20, 52, 84])
  func forgedState(offset: Int) throws {
    let damage = try findings { try $0.forge("meta", 0) { $0[offset] ^= 1 } }
    #expect(!damage.isEmpty)
  }
}

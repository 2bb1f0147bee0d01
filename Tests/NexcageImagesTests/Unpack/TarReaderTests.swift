import NexcageSystem
import Testing

@testable import NexcageImages

@Suite struct TarReaderTests {
    private struct Read {
        var entries: [TarEntry] = []
        var contents: [String] = []
    }

    private func read(
        _ bytes: [UInt8], chunk: Int = 1 << 20, limits: LayerLimits = LayerLimits()
    ) throws(NexcageError) -> Read {
        var reader = TarReader(ArraySource(bytes, chunk: chunk), limits: limits)
        var read = Read()
        while let entry = try reader.next() {
            var content: [UInt8] = []
            // Every other content is skipped, which must not matter to what follows.
            if read.entries.count.isMultiple(of: 2) {
                try reader.readContent { bytes throws(NexcageError) in content += bytes }
            }
            read.entries.append(entry)
            read.contents.append(String(decoding: content, as: UTF8.self))
        }
        return read
    }

    private func expect(
        _ code: ErrorCode, _ bytes: [UInt8], limits: LayerLimits = LayerLimits(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: NexcageError.self, sourceLocation: sourceLocation) {
            _ = try read(bytes, limits: limits)
        }
        #expect(error?.code == code, sourceLocation: sourceLocation)
    }

    @Test(arguments: [1, 7, 511, 512, 513, 1 << 20])
    func chunksOfAnySizeGiveTheSameEntries(chunk: Int) throws {
        var archive = LayerArchive()
        let long = String(repeating: "long/", count: 200) + "name"
        archive.file("a", "content of a", LayerArchive.Fields(records: [("path", Array(long.utf8))]))
        archive.file("b", String(repeating: "b", count: 2000))
        archive.symbolicLink("c", to: "a")
        archive.file("d", "last")
        let read = try read(archive.finished, chunk: chunk)
        #expect(read.entries.map { String(decoding: $0.path, as: UTF8.self) } == [long, "b", "c", "d"])
        #expect(read.contents == ["content of a", "", "", ""])
        #expect(read.entries.map(\.size) == [12, 2000, 0, 4])
    }

    @Test func extendedRecordsReplaceFields() throws {
        var archive = LayerArchive()
        let records: [(key: String, value: [UInt8])] = [
            ("path", [0x2F, 0xFF]), ("linkpath", Array("a\nb".utf8)), ("uid", Array("4000000".utf8)),
            ("gid", Array("7".utf8)), ("mtime", Array("12.5".utf8)), ("comment", Array("ignored".utf8)),
        ]
        archive.entry(Array("x".utf8), type: "2", LayerArchive.Fields(records: records))
        archive.file("next")
        let entries = try read(archive.finished).entries
        #expect(entries[0].path == [0x2F, 0xFF] && entries[0].linkTarget == Array("a\nb".utf8))
        #expect(entries[0].owner == 4_000_000 && entries[0].group == 7)
        #expect(entries[0].modified == (12, 500_000_000))
        #expect(entries[1].path == Array("next".utf8) && entries[1].owner == 0)
    }

    @Test func globalRecordsHoldUntilTheyAreTakenBack() throws {
        var archive = LayerArchive()
        archive.extendedHeader("g", [("uid", Array("5".utf8))])
        archive.file("a")
        archive.file("b", "", LayerArchive.Fields(records: [("uid", Array("6".utf8))]))
        archive.extendedHeader("g", [("uid", [])])
        archive.file("c", "", LayerArchive.Fields(owner: 9))
        #expect(try read(archive.finished).entries.map(\.owner) == [5, 6, 9])
    }

    @Test func longNamesOfGNUAreRead() throws {
        var archive = LayerArchive()
        let long = [UInt8](repeating: 0x6E, count: 300)
        archive.entry(Array("././@LongLink".utf8), type: "L", content: long + [0])
        archive.entry(Array("././@LongLink".utf8), type: "K", content: long + [0])
        archive.entry(Array("short".utf8), type: "2", target: Array("short".utf8))
        let entry = try #require(try read(archive.finished).entries.first)
        #expect(entry.path == long && entry.linkTarget == long)
    }

    @Test func numbersMayBeBase256() throws {
        var archive = LayerArchive()
        archive.file("a", "", LayerArchive.Fields(owner: 1 << 30, modified: -5))
        archive.file("b", "", LayerArchive.Fields(modified: 1 << 40))
        let entries = try read(archive.finished).entries
        #expect(entries[0].owner == 1 << 30 && entries[0].modified == (-5, 0) && entries[1].modified == (1 << 40, 0))
    }

    @Test func anArchiveMayEndWithoutEmptyBlocks() throws {
        var archive = LayerArchive()
        archive.file("a", "x")
        #expect(try read(archive.bytes).entries.count == 1)
        #expect(try read([]).entries.isEmpty)
    }

    @Test func damageIsNoticed() {
        var archive = LayerArchive()
        archive.file("a", String(repeating: "x", count: 600))
        expect(.integrity, Array(archive.bytes.dropLast(700)))
        expect(.integrity, Array(archive.bytes.prefix(100)))
        var flipped = archive.bytes
        flipped[3] ^= 1
        expect(.integrity, flipped)
        expect(.integrity, [UInt8](repeating: 0x41, count: 1024))
    }

    @Test(arguments: ["5 a=b\n", "x", "99 a=b\n", "5 ab\n", "6 a=bX", "9 uid=x1\n", "0 a=b\n", "12 path=\u{0}xyz\n"])
    func damagedRecordsAreRefused(text: String) {
        var archive = LayerArchive()
        archive.entry(Array("pax".utf8), type: "x", content: Array(text.utf8))
        archive.file("a")
        expect(.integrity, archive.finished)
    }

    @Test(arguments: [("uid", "4294967295"), ("uid", "4294967296"), ("gid", "99999999999"), ("size", "-1")])
    func numbersThatNoFileCanHaveAreRefused(key: String, value: String) {
        var archive = LayerArchive()
        archive.file("a", "", LayerArchive.Fields(records: [(key, Array(value.utf8))]))
        expect(.integrity, archive.finished)
    }

    @Test func whatLayersMayNotHaveIsRefused() {
        for type: Character in ["S", "M", "V", "?"] {
            var archive = LayerArchive()
            archive.entry(Array("a".utf8), type: type)
            expect(.unsupported, archive.finished)
        }
        var sparse = LayerArchive()
        sparse.file("a", "", LayerArchive.Fields(records: [("GNU.sparse.major", Array("1".utf8))]))
        expect(.unsupported, sparse.finished)
    }

    @Test func limitsHold() {
        var limits = LayerLimits()
        limits.entries = 2
        limits.extendedHeaderBytes = 1000
        var many = LayerArchive()
        for name in ["a", "b", "c"] { many.file(name) }
        expect(.integrity, many.finished, limits: limits)
        var large = LayerArchive()
        large.file("a", "", LayerArchive.Fields(records: [("comment", [UInt8](repeating: 0x78, count: 1000))]))
        expect(.integrity, large.finished, limits: limits)
    }
}

import NexcageSystem
import Testing

@testable import NexcageImages

/// How a layer changes the layers below it (image-spec layer.md).
@Suite struct LayerSemanticsTests {
    @Test(arguments: LayerTarget.allCases)
    func aWhiteoutHidesWhatIsBelow(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.file("file")
            $0.file("dir/a/b")
            $0.symbolicLink("link", to: "file")
            $0.symbolicLink("dangling", to: "nowhere")
            $0.file("stays")
        }
        try fixture.apply {
            for name in ["file", "dir", "link", "dangling", "missing"] { $0.file(".wh.\(name)") }
        }
        #expect(try fixture.names() == ["stays"])
    }

    @Test(arguments: LayerTarget.allCases, [true, false])
    func aWhiteoutKeepsWhatItsOwnLayerHas(target: LayerTarget, isFirst: Bool) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.file("file", "old")
            $0.file("dir/old")
        }
        try fixture.apply {
            if isFirst { $0.file(".wh.file"); $0.file(".wh.dir") }
            $0.file("file", "new")
            $0.file("dir/new")
            if !isFirst { $0.file(".wh.file"); $0.file(".wh.dir") }
        }
        #expect(try fixture.content("file") == "new")
        #expect(try fixture.names("dir") == ["new"])
    }

    @Test(arguments: LayerTarget.allCases, [0, 1, 2])
    func anOpaqueMarkerWorksWhereverItStands(target: LayerTarget, position: Int) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.file("dir/old")
            $0.file("dir/below/old")
            $0.file("dir/gone/old")
            $0.file("beside")
        }
        try fixture.apply {
            if position == 0 { $0.file("dir/.wh..wh..opq") }
            $0.directory("dir", mode: 0o700)
            $0.file("dir/new")
            if position == 1 { $0.file("dir/.wh..wh..opq") }
            $0.file("dir/below/new")
            if position == 2 { $0.file("dir/.wh..wh..opq") }
        }
        #expect(try fixture.names() == ["beside", "dir"])
        #expect(try fixture.names("dir") == ["below", "new"])
        #expect(try fixture.names("dir/below") == ["new"])
        #expect(try fixture.status("dir")?.mode == 0o700)
    }

    /// The directory of an entry and that of a whiteout may be the same one by different names.
    @Test(arguments: LayerTarget.allCases)
    func whatCameThroughALinkCountsAsTheLayersOwn(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.directory("usr/lib")
            $0.symbolicLink("lib", to: "usr/lib")
        }
        try fixture.apply {
            $0.file("lib/a")
            $0.file("usr/lib/.wh.a")
        }
        #expect(try fixture.names("usr/lib") == ["a"])
    }

    @Test(arguments: LayerTarget.allCases)
    func kindsReplaceEachOther(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.file("file-dir")
            $0.file("dir-file/a/b")
            $0.file("dir-link/a")
            $0.symbolicLink("link-dir", to: "dir-link")
            $0.file("implicit")
            $0.file("dir-dir/stays")
        }
        try fixture.apply {
            $0.directory("file-dir")
            $0.file("dir-file", "now a file")
            $0.symbolicLink("dir-link", to: "file-dir")
            $0.directory("link-dir")
            $0.file("implicit/now/a/file")
            $0.directory("dir-dir", mode: 0o750)
        }
        #expect(try fixture.status("file-dir")?.kind == .directory)
        #expect(try fixture.content("dir-file") == "now a file")
        #expect(try fixture.target("dir-link") == "file-dir")
        #expect(try fixture.status("link-dir")?.kind == .directory && fixture.names("link-dir").isEmpty)
        #expect(try fixture.names("implicit/now/a") == ["file"])
        #expect(try fixture.status("implicit")?.mode == 0o755)
        #expect(try fixture.names("dir-dir") == ["stays"] && fixture.status("dir-dir")?.mode == 0o750)
    }

    @Test(arguments: LayerTarget.allCases)
    func dotsAndSlashesInNamesMeanNothing(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.directory("./a/./")
            $0.file(".//a/./b", "x")
        }
        #expect(try fixture.content("a/b") == "x")
    }

    @Test(arguments: LayerTarget.allCases)
    func theLastOfTwoEqualPathsCounts(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        let report = try fixture.apply {
            $0.file("a", "first")
            $0.directory("d", mode: 0o700)
            $0.file("a", "second")
            $0.directory("d", mode: 0o755)
        }
        #expect(try fixture.content("a") == "second" && fixture.status("d")?.mode == 0o755)
        #expect(report.entries == 4 && report.warnings.count == 2)
    }

    @Test(arguments: LayerTarget.allCases)
    func aDirectoryThatALaterEntryReplacesIsForgotten(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.directory("a")
            $0.directory("a/b")
            $0.file("a/b/c")
            $0.file("a", "file")
        }
        #expect(try fixture.content("a") == "file")
    }

    @Test(arguments: LayerTarget.allCases)
    func hardLinksMayLeadToLowerLayersButNotAhead(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply { $0.file("dir/lower", "content") }
        try fixture.apply {
            $0.hardLink("dir/second", to: "/dir/lower")
            $0.file("own", "mine")
            $0.hardLink("own2", to: "./own")
            $0.hardLink("own2", to: "own")
        }
        #expect(try fixture.content("dir/second") == "content")
        #expect(try fixture.status("own")?.linkCount == 2 && fixture.content("own2") == "mine")
        let error = #expect(throws: NexcageError.self) {
            try fixture.apply {
                $0.hardLink("ahead", to: "later")
                $0.file("later")
            }
        }
        #expect(error?.code == .integrity && error?.message.contains("\"later\"") == true)
    }

    @Test(arguments: LayerTarget.allCases)
    func namesAreBytes(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        let names: [[UInt8]] = [[0x61, 0x0A, 0x62], [0xFF, 0xC0], Array("\u{1B}[31m".utf8)]
        try fixture.apply { archive in
            for name in names { archive.entry(name, type: "0") }
        }
        let found = try fixture.inspect { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.top().entries().map { Array($0.bytes) }
        }
        #expect(Set(found) == Set(names))
    }
}

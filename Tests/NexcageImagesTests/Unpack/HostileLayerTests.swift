import NexcageSystem
import Testing

@testable import NexcageImages

/// Layers that try to leave their root. Whatever else happens, the directory beside it must not change.
@Suite struct HostileLayerTests {
    private func refuses(
        _ target: LayerTarget, _ fixture: LayerFixture, sourceLocation: SourceLocation = #_sourceLocation,
        _ build: (inout LayerArchive) -> Void
    ) throws {
        let error = #expect(throws: NexcageError.self, sourceLocation: sourceLocation) { try fixture.apply(build) }
        #expect(error?.code == .integrity, "\(String(describing: error))", sourceLocation: sourceLocation)
        #expect(try fixture.outsideIsUntouched(), sourceLocation: sourceLocation)
    }

    @Test(arguments: LayerTarget.allCases, ["../x", "a/../../x", "..", "a/..", "/../x"])
    func parentReferencesInNamesAreRefused(target: LayerTarget, name: String) throws {
        try refuses(target, try LayerFixture(target)) { $0.file(name, "evil") }
    }

    @Test(arguments: LayerTarget.allCases)
    func absoluteNamesMeanTheRoot(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        let name = fixture.outside + "/canary"
        try fixture.apply { $0.file(name, "evil") }
        #expect(try fixture.content(name) == "evil")
        #expect(try fixture.outsideIsUntouched())
    }

    @Test(arguments: LayerTarget.allCases, [true, false])
    func aFileBelowALinkOfTheSameLayerStaysInside(target: LayerTarget, isAbsolute: Bool) throws {
        let fixture = try LayerFixture(target)
        try refuses(target, fixture) {
            $0.symbolicLink("link", to: isAbsolute ? fixture.outside : "../../../outside")
            $0.file("link/x", "evil")
        }
    }

    @Test(arguments: LayerTarget.allCases)
    func aFileBelowALinkOfALowerLayerStaysInside(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply { $0.symbolicLink("link", to: fixture.outside) }
        try refuses(target, fixture) { $0.file("link/x", "evil") }
        try refuses(target, fixture) { $0.directory("link/x") }
    }

    @Test(arguments: LayerTarget.allCases)
    func aChainOfLinksStaysInside(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try refuses(target, fixture) {
            $0.symbolicLink("a", to: "b")
            $0.symbolicLink("b", to: "..")
            $0.symbolicLink("c", to: "a/..\(fixture.outside)")
            $0.file("c/x", "evil")
        }
    }

    @Test(arguments: LayerTarget.allCases)
    func aLinkLandsAtTheSamePathInsideTheRoot(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.directory("usr/lib")
            $0.symbolicLink("lib", to: "/usr/lib")
            $0.symbolicLink("up", to: "../../../usr")
            $0.file("lib/a", "a")
            $0.file("up/lib/b", "b")
        }
        #expect(try fixture.names("usr/lib") == ["a", "b"])
        #expect(try fixture.status("lib")?.kind == .symbolicLink)
    }

    @Test(arguments: LayerTarget.allCases, [".", "./", "/", "./."])
    func theRootCannotBeReplaced(target: LayerTarget, name: String) throws {
        let fixture = try LayerFixture(target)
        try refuses(target, fixture) { $0.symbolicLink(name, to: fixture.outside) }
        try refuses(target, fixture) { $0.hardLink(name, to: "x") }
        try fixture.apply { $0.directory(name, mode: 0o711) }
        #expect(try fixture.status("")?.mode == 0o711)
    }

    @Test(arguments: LayerTarget.allCases)
    func hardLinksReachOnlyFilesInside(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try refuses(target, fixture) { $0.hardLink("x", to: fixture.outside + "/canary") }
        try refuses(target, fixture) { $0.hardLink("x", to: "../../../../\(fixture.outside)/canary") }
        try refuses(target, fixture) {
            $0.symbolicLink("link", to: fixture.outside)
            $0.hardLink("x", to: "link/canary")
        }
        try refuses(target, fixture) {
            $0.directory("d")
            $0.hardLink("x", to: "d")
        }
    }

    @Test(arguments: LayerTarget.allCases)
    func aFileReplacesALinkOfItsName(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply { $0.symbolicLink("lower", to: fixture.outside + "/canary") }
        let report = try fixture.apply {
            $0.file("lower", "mine")
            $0.symbolicLink("same", to: fixture.outside + "/canary")
            $0.file("same", "mine")
        }
        #expect(report.warnings.count == 1)
        for name in ["lower", "same"] {
            #expect(try fixture.status(name)?.kind == .file && fixture.content(name) == "mine")
        }
        #expect(try fixture.outsideIsUntouched())
    }

    @Test(arguments: LayerTarget.allCases)
    func aDirectoryReplacesALinkOfItsName(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply { $0.symbolicLink("d", to: fixture.outside) }
        try fixture.apply {
            $0.directory("d", mode: 0o777)
            $0.file("d/x")
        }
        #expect(try fixture.status("d")?.kind == .directory && fixture.status("d")?.mode == 0o777)
        #expect(try fixture.outsideIsUntouched())
    }

    @Test(arguments: LayerTarget.allCases, [".wh.canary", ".wh.below", ".wh..wh..opq"])
    func whiteoutsBelowALinkHideNothing(target: LayerTarget, name: String) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.symbolicLink("out", to: fixture.outside)
            $0.file("dir/canary")
            $0.symbolicLink("in", to: "dir")
        }
        let report = try fixture.apply {
            $0.file("out/\(name)")
            $0.file("in/\(name)")
        }
        #expect(report.warnings.count == 2)
        #expect(try fixture.names("dir") == ["canary"])
        #expect(try fixture.outsideIsUntouched())
    }

    @Test(arguments: LayerTarget.allCases, [".wh..", ".wh...", ".wh.", "a/.wh..", "a/.wh."])
    func whiteoutsOfNoNameAreRefusedBeforeTheyDoAnything(target: LayerTarget, name: String) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply { $0.file("a/b") }
        try refuses(target, fixture) { $0.file(name) }
        #expect(try fixture.names("a") == ["b"])
    }

    @Test(arguments: LayerTarget.allCases)
    func overlaysOwnMarksAreNotTaken(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply { $0.file("d/lower") }
        let marks = ["trusted.overlay.opaque", "user.overlay.opaque", "trusted.overlay.redirect", "security.selinux"]
        let report = try fixture.apply { archive in
            let records = marks.map { (key: "SCHILY.xattr." + $0, value: Array("y".utf8)) }
            archive.entry(Array("d".utf8), type: "5", LayerArchive.Fields(mode: 0o755, records: records))
        }
        #expect(report.droppedAttributes == marks.count)
        #expect(try fixture.names("d") == ["lower"])
        #expect(try fixture.attributes("d").isEmpty)
        try refuses(target, fixture) { $0.entry(Array("d/lower".utf8), type: "3") }
    }
}

import Glibc
import NexcageSystem
import Testing

@testable import NexcageImages

/// What of a file's attributes a layer carries.
@Suite struct LayerAttributeTests {
    /// VFS_CAP_REVISION_2 with cap_net_bind_service permitted and effective.
    private static let capability: [UInt8] = [1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

    @Test(arguments: LayerTarget.allCases)
    func ownersDoNotCostSetUserID(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.file("su", "x", LayerArchive.Fields(mode: 0o4755, owner: 1000, group: 1001))
            $0.directory("tmp", mode: 0o1777)
            $0.file("big", "", LayerArchive.Fields(owner: 3_000_000, group: 4_000_000))
        }
        let program = try #require(try fixture.status("su"))
        #expect(program.mode == 0o4755 && program.owner == 1000 && program.group == 1001)
        #expect(try fixture.status("tmp")?.mode == 0o1777)
        #expect(try fixture.status("big")?.owner == 3_000_000 && fixture.status("big")?.group == 4_000_000)
    }

    @Test(arguments: LayerTarget.allCases)
    func capabilitiesAndUserAttributesAreKept(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        let report = try fixture.apply {
            $0.file(
                "ping", "x",
                LayerArchive.Fields(
                    mode: 0o755, owner: 1000,
                    records: [
                        ("SCHILY.xattr.security.capability", Self.capability),
                        ("SCHILY.xattr.user.note", Array("a\nb=c".utf8)),
                        ("SCHILY.xattr.system.posix_acl_access", [2, 0, 0, 0]),
                    ]))
        }
        let found = try fixture.attributes("ping")
        #expect(found == ["security.capability": Self.capability, "user.note": Array("a\nb=c".utf8)])
        #expect(report.droppedAttributes == 1)
    }

    @Test(arguments: LayerTarget.allCases)
    func timesAreThoseOfTheArchiveAlsoForDirectories(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply {
            $0.entry(Array("d".utf8), type: "5", LayerArchive.Fields(mode: 0o755, modified: 1000))
            $0.file("d/f", "x", LayerArchive.Fields(records: [("mtime", Array("1234567890.987654321".utf8))]))
            $0.symbolicLink("d/l", to: "f")
            $0.file("old", "x", LayerArchive.Fields(records: [("mtime", Array("-1.5".utf8))]))
            $0.entry(Array("./".utf8), type: "5", LayerArchive.Fields(mode: 0o755, modified: 77))
            $0.file("last")
        }
        #expect(try fixture.status("d")?.modified.tv_sec == 1000)
        let file = try #require(try fixture.status("d/f")?.modified)
        #expect(file.tv_sec == 1_234_567_890 && file.tv_nsec == 987_654_321)
        #expect(try fixture.status("d/l")?.modified.tv_sec == 1_500_000_000)
        let old = try #require(try fixture.status("old")?.modified)
        #expect(old.tv_sec == -2 && old.tv_nsec == 500_000_000)
        #expect(try fixture.status("")?.modified.tv_sec == 77)
    }

    @Test(arguments: LayerTarget.allCases)
    func specialFilesAreMade(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        let report = try fixture.apply {
            $0.entry(Array("null".utf8), type: "3", LayerArchive.Fields(mode: 0o666, device: (1, 3)))
            $0.entry(Array("disk".utf8), type: "4", LayerArchive.Fields(mode: 0o660, device: (259, 1000)))
            $0.entry(Array("etc/passwd".utf8), type: "6", LayerArchive.Fields(mode: 0o600))
            $0.file("socket", "", LayerArchive.Fields(records: [("SCHILY.filetype", Array("socket".utf8))]))
        }
        #expect(try fixture.status("null")?.device == .device(1, 3) && fixture.status("null")?.mode == 0o666)
        #expect(
            try fixture.status("disk")?.kind == .blockDevice && fixture.status("disk")?.device == .device(259, 1000))
        #expect(try fixture.status("etc/passwd")?.kind == .fifo)
        #expect(try fixture.status("socket") == nil)
        #expect(report.warnings.count == 1)
        // Whoever reads users from this image must not wait for a writer.
        let error = #expect(throws: NexcageError.self) { _ = try fixture.content("etc/passwd") }
        #expect(error?.code == .invalid)
    }

    @Test(arguments: LayerTarget.allCases)
    func parentsThatTheLayerDoesNotMentionAreRoots(target: LayerTarget) throws {
        let fixture = try LayerFixture(target)
        try fixture.apply { $0.file("a/b/c", "", LayerArchive.Fields(owner: 5)) }
        let made = try #require(try fixture.status("a/b"))
        #expect(made.mode == 0o755 && made.owner == 0 && made.group == 0)
    }
}

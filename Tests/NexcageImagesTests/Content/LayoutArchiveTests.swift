import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageImages

@Suite("Image layouts in an archive")
struct LayoutArchiveTests {
    private let scratch: ScratchDirectory
    private var path: FilePath { scratch.path.appending("image.tar") }

    init() throws {
        scratch = try ScratchDirectory()
    }

    @Test("an archive resolves and reads like the directory that it was made of", arguments: ["", "./"])
    func resolves(prefix: String) throws {
        var builder = LayoutBuilder()
        builder.tag("1", try builder.image([Layers.hello, Layers.other]))
        var tar = TarBuilder()
        tar.directory(prefix + "blobs/")
        for (name, bytes) in builder.complete { tar.file(prefix + name, bytes) }
        try scratch.write("image.tar", tar.finished)
        try builder.write(to: scratch)

        let reference = ImageReference.layoutArchive(path, tag: "1")
        let archive = try LayoutArchive(path)
        let image = try ImageResolver().resolve(reference, in: archive)
        let same = try ImageResolver().resolve(reference, in: LayoutDirectory(scratch.path))
        #expect(image == same)
        #expect(try archive.read(image.layers[1].descriptor, limit: 1 << 20) == Layers.other)
    }

    @Test(
        "names and links that lead out, doubles and hard links are refused (CVE-2026-20613)",
        arguments: [
            { $0.file("../escape", []) }, { $0.file("/etc/cron.d/x", []) }, { $0.file("blobs/../../x", []) },
            { $0.directory("a/../..") }, { $0.symbolicLink("blobs/sha256", to: "/etc") },
            { $0.hardLink("x", to: "oci-layout") }, { $0.file("./oci-layout", []) },
            {
                $0.file("blobs//x", [])
                $0.file("blobs/x", [])
            },
        ] as [@Sendable (inout TarBuilder) -> Void])
    func hostile(spoil: @Sendable (inout TarBuilder) -> Void) throws {
        var builder = LayoutBuilder()
        builder.tag("1", try builder.image([Layers.hello]))
        try scratch.write("image.tar", builder.archive(spoil))
        let error = #expect(throws: NexcageError.self) { try LayoutArchive(path) }
        #expect(error?.code == .integrity)
    }

    @Test("an archive that ends in the middle of a blob is refused")
    func truncated() throws {
        var builder = LayoutBuilder()
        builder.tag("1", try builder.image([Layers.hello]))
        var tar = TarBuilder()
        for (name, bytes) in builder.complete { tar.file(name, bytes) }
        tar.file("last", [UInt8](repeating: 1, count: 4096))
        try scratch.write("image.tar", Array(tar.bytes.dropLast(2048)))
        let error = #expect(throws: NexcageError.self) { try LayoutArchive(path) }
        #expect(error?.code == .integrity)
    }

    @Test("an archive that is compressed as a whole is refused with a word on what to do")
    func compressed() throws {
        try scratch.write("image.tar", storedGzip(LayoutBuilder().archive()))
        let error = #expect(throws: NexcageError.self) { try LayoutArchive(path) }
        #expect(error?.code == .unsupported)
        #expect(error?.description.contains("gunzip") == true)
    }

    @Test("an archive of something else is no layout")
    func somethingElse() throws {
        try scratch.write("image.tar", Layers.hello)
        #expect(throws: NexcageError.self) { try LayoutArchive(path) }
        try scratch.write("image.tar", [])
        #expect(throws: NexcageError.self) { try LayoutArchive(path) }
    }
}

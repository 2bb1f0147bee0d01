import Glibc
import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageImages

/// Whole layers that real programs made, from the blob to files.
@Suite struct LayerUnpackerTests {
    private let fixture: LayerFixture
    private var work: FilePath { fixture.path.appending("outside") }

    init() throws {
        fixture = try LayerFixture(.directory)
    }

    private func run(_ script: String) throws {
        guard system("cd '\(work)' && { \(script) ; } > script.log 2>&1") == 0 else {
            let log = String(decoding: try HostFile.read(work.appending("script.log")), as: UTF8.self)
            throw NexcageError(.failed, "\(script): \(log)")
        }
    }

    private func digest(of file: FilePath) throws -> Digest {
        var hasher = try DigestHasher(.sha256)
        try HostFile.read(file, limit: 1 << 30).withUnsafeBytes { hasher.update($0) }
        return try hasher.finish()
    }

    /// Makes a tree with most of what a file system can have.
    private func makeTree() throws {
        try run(
            """
            mkdir -p tree/usr/lib/deep/er tree/tmp && chmod 1777 tree/tmp
            seq 100000 > tree/usr/lib/numbers; ln tree/usr/lib/numbers tree/usr/lib/deep/hard
            ln -s ../lib/numbers tree/usr/lib/soft; mkfifo tree/tmp/pipe; mknod tree/tmp/null c 1 3
            printf x > tree/usr/lib/deep/er/$(printf 'n%.0s' $(seq 200)); printf y > "$(printf 'tree/a\\nb\\377')"
            cp /bin/true tree/usr/su; chown 1000:3000000 tree/usr/su; chmod 6755 tree/usr/su
            touch -d '2001-02-03 04:05:06.789' tree/usr/lib/deep; : > tree/empty; setfattr -n user.a -v b tree/empty || true
            """)
    }

    private func unpack(_ file: FilePath, _ type: MediaType, plain: FilePath) throws -> LayerReport {
        let opened = try HostFile.open(file)
        let size = try Int64(HostFile.read(file, limit: 1 << 30).count)
        let descriptor = Descriptor(mediaType: type, digest: try digest(of: file), size: size)
        try HostDirectory.create(work.appending("out"))
        let root = try RootDirectory(work.appending("out"))
        return try LayerUnpacker().unpack(
            BlobSource(BlobHandle(opened, offset: 0, length: size, name: "layer")), descriptor,
            diffID: try digest(of: plain), into: root)
    }

    @Test(arguments: ["pax", "gnu"], ["cat", "gzip", "zstd -q"])
    func whatTarPacksComesBackAsTarSeesIt(format: String, program: String) throws {
        try makeTree()
        try run("tar --format=\(format) -C tree -cf layer.tar . && \(program) < layer.tar > layer.packed")
        let type: MediaType = program == "cat" ? .layerTar : program == "gzip" ? .layerTarGzip : .layerTarZstd
        let report = try unpack(work.appending("layer.packed"), type, plain: work.appending("layer.tar"))
        #expect(report.entries == 15 && report.warnings.isEmpty)
        try run("tar -C out --compare -f layer.tar")
        // tar compares no times of directories and links, find does. GNU's format has whole seconds.
        let time = format == "pax" ? "%T@" : "%Ts"
        let list =
            "find . -mindepth 1 ! -type d -printf '%P %y %m %U %G %n %l\\n' -o -type d -printf '%P %m %U %G \(time)\\n'"
        try run("(cd tree && \(list) | sort) > a; (cd out && \(list) | sort) > b; cmp a b")
    }

    @Test func extendedAttributesOfTarComeBack() throws {
        try run(
            """
            mkdir tree; : > tree/f; python3 - <<'END'
            import os
            os.setxattr("tree/f", "user.a", b"b\\x00c"); os.setxattr("tree", "user.d", b"e")
            END
            tar --xattrs --format=pax -C tree -cf layer.tar .
            """)
        _ = try unpack(work.appending("layer.tar"), .layerTar, plain: work.appending("layer.tar"))
        let top = try RootDirectory(work.appending("out")).top()
        #expect(try top.attributes(of: RootDirectory.Name("f")).map(\.value) == [[0x62, 0, 0x63]])
        #expect(try RootDirectory(work).top().attributes(of: RootDirectory.Name("out")).map(\.value) == [[0x65]])
    }

    @Test func errorsNameLayerAndEntry() throws {
        var archive = LayerArchive()
        archive.file("ok")
        archive.file("../x")
        let file = work.appending("layer.tar")
        try HostFile.replace(file, with: archive.finished, durability: .boot)
        let error = #expect(throws: NexcageError.self) { _ = try unpack(file, .layerTar, plain: file) }
        let digest = try digest(of: file)
        #expect(error?.description == "unpack layer \(digest): entry \"../x\": a name in a layer may not hold \"..\"")
    }

    @Test func aLayerThatCannotFitIsRefusedBeforeItsFirstFile() throws {
        let file = work.appending("layer.tar")
        var archive = LayerArchive()
        archive.file("a")
        try HostFile.replace(file, with: archive.finished, durability: .boot)
        try HostDirectory.create(work.appending("out"))
        let root = try RootDirectory(work.appending("out"))
        let descriptor = Descriptor(mediaType: .layerTar, digest: try digest(of: file), size: .max)
        let error = #expect(throws: NexcageError.self) {
            _ = try LayerUnpacker().unpack(
                ArraySource(archive.finished), descriptor, diffID: descriptor.digest, into: root)
        }
        #expect(error?.message.contains("are free") == true)
        #expect(try HostDirectory.entries(work.appending("out")).isEmpty)
    }
}

import Glibc
import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageImages

@Suite("Image layouts in a directory")
struct LayoutDirectoryTests {
    @Test("a tag, the end of a full name and nothing at all find their image")
    func tags() throws {
        let scratch = try ScratchDirectory()
        var builder = LayoutBuilder()
        let first = try builder.image([Layers.hello])
        let second = try builder.image([Layers.hello, Layers.other])
        builder.tag("one", first)
        builder.tag("docker.io/library/two:2", second)
        try builder.write(to: scratch)
        let layout = try LayoutDirectory(scratch.path)
        #expect(try layout.resolve("one").digest == first.digest)
        #expect(try layout.resolve("docker.io/library/two:2").digest == second.digest)
        #expect(try layout.resolve("2").digest == second.digest)
        let missing = #expect(throws: NexcageError.self) { try layout.resolve("three") }
        #expect(missing?.code == .notFound)
        #expect(missing?.description.contains(#""one", "docker.io/library/two:2""#) == true)
        let unnamed = #expect(throws: NexcageError.self) { try layout.resolve(nil) }
        #expect(unnamed?.description.contains(#""one""#) == true)
    }

    @Test("the only image needs no tag, and several tags of one image are no riddle")
    func onlyImage() throws {
        let scratch = try ScratchDirectory()
        var builder = LayoutBuilder()
        let image = try builder.image([Layers.hello])
        builder.tag("1", image)
        builder.tag("latest", image)
        try builder.write(to: scratch)
        #expect(try LayoutDirectory(scratch.path).resolve(nil).digest == image.digest)
    }

    @Test("a directory without the marker, or with that of another version, is no layout")
    func marker() throws {
        let scratch = try ScratchDirectory()
        #expect(throws: NexcageError.self) { try LayoutDirectory(scratch.path) }
        try scratch.write("oci-layout", Array(#"{"imageLayoutVersion":"2.0.0"}"#.utf8))
        let error = #expect(throws: NexcageError.self) { try LayoutDirectory(scratch.path) }
        #expect(error?.code == .invalid)
    }

    @Test("a symbolic link in a layout shows no file of the host, and a FIFO makes nobody wait")
    func links() throws {
        let scratch = try ScratchDirectory()
        let outside = try ScratchDirectory()
        var builder = LayoutBuilder()
        let image = try builder.image([Layers.hello])
        builder.tag(nil, image)
        try builder.write(to: scratch)
        let blob = scratch.path.appending(ImageLayoutFile.blob(image.digest))
        let bytes = try #require(builder.files.first { $0.name == ImageLayoutFile.blob(image.digest) }?.bytes)
        try outside.write("secret", bytes)
        try HostFile.remove(blob)
        try #require(symlink(outside.path.appending("secret").string, blob.string) == 0)
        let layout = try LayoutDirectory(scratch.path)
        #expect(throws: NexcageError.self) { try layout.read(image, limit: 1 << 20) }
        try HostFile.remove(blob)
        try #require(mkfifo(blob.string, 0o600) == 0)
        #expect(throws: NexcageError.self) { try layout.read(image, limit: 1 << 20) }
    }

    @Test("a document is read only if its size, its digest and its limit are right")
    func verification() throws {
        let scratch = try ScratchDirectory()
        var builder = LayoutBuilder()
        let image = try builder.image([Layers.hello])
        try builder.write(to: scratch)
        let layout = try LayoutDirectory(scratch.path)
        #expect(try layout.read(image, limit: 1 << 20).count == Int(image.size))
        for difference in [-1, 1] as [Int64] {
            var wrong = image
            wrong.size += difference
            let error = #expect(throws: NexcageError.self) { try layout.read(wrong, limit: 1 << 20) }
            #expect(error?.code == .integrity)
        }
        #expect(throws: NexcageError.self) { try layout.read(image, limit: 10) }
        try scratch.write(ImageLayoutFile.blob(image.digest), [UInt8](repeating: 0x20, count: Int(image.size)))
        let changed = #expect(throws: NexcageError.self) { try layout.read(image, limit: 1 << 20) }
        #expect(changed?.code == .integrity)
        var embedded = image
        embedded.data = [UInt8](repeating: 0x20, count: Int(image.size))
        #expect(throws: NexcageError.self) { try layout.read(embedded, limit: 1 << 20) }
    }
}

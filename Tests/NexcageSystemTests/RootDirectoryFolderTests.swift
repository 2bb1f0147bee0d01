import Glibc
import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct RootDirectoryFolderTests {
    private let scratch: RootDirectoryScratch
    private let link: RootDirectory.Name

    init() throws {
        scratch = try RootDirectoryScratch()
        link = try RootDirectory.Name("link")
        let target = Array(scratch.outside.appending("canary").string.utf8)
        try RootDirectory(scratch.root).top().makeSymbolicLink(link, to: target)
    }

    private func top() throws -> RootDirectory.Folder { try RootDirectory(scratch.root).top() }

    @Test func attributesOfALinkAreItsOwn() throws {
        let folder = try top()
        try folder.setOwner(of: link, 1000, 1001)
        try folder.setTimes(of: link, timespec(tv_sec: 5, tv_nsec: 6))
        #expect(throws: NexcageError.self) { _ = try folder.setMode(of: link, 0o777) }
        let status = try #require(try folder.status(of: link))
        #expect(status.kind == .symbolicLink && status.owner == 1000 && status.group == 1001)
        #expect(status.modified.tv_sec == 5 && status.modified.tv_nsec == 6)
        #expect(try RootDirectory(scratch.outside).top().status(of: RootDirectory.Name("canary"))?.owner == 0)
    }

    @Test func nothingIsMadeOrOpenedThroughALink() throws {
        let folder = try top()
        #expect(try !folder.makeDirectory(link))
        #expect(throws: NexcageError.self) { _ = try folder.openFile(link) }
        #expect(throws: NexcageError.self) { _ = try folder.folder(link) }
        if try folder.createFile(link) != nil { Issue.record("a file was created through a link") }
        #expect(try scratch.outsideIsUntouched())
    }

    @Test func removingATreeLeavesWhatLinksPointTo() throws {
        let root = try RootDirectory(scratch.root)
        try root.makeDirectories(RootDirectory.Path("tree/below"))
        let below = try root.folder(RootDirectory.Path("tree/below"))
        try below.makeSymbolicLink(link, to: Array(scratch.outside.string.utf8))
        try root.top().removeTree(RootDirectory.Name("tree"))
        #expect(try !HostFile.exists(scratch.root.appending("tree")) && scratch.outsideIsUntouched())
        try root.top().removeTree(RootDirectory.Name("tree"))
    }

    /// Far more levels than a process may have descriptors.
    @Test func noTreeIsTooDeepToRemove() throws {
        let root = try RootDirectory(scratch.root)
        let level = String(repeating: "d/", count: 1000)
        try root.makeDirectories(RootDirectory.Path(level))
        for _ in 0..<3 {
            // Hangs the whole chain below the end of a new one.
            try root.makeDirectories(RootDirectory.Path("new/" + level))
            let end = try root.folder(RootDirectory.Path("new/" + level))
            try root.top().rename(RootDirectory.Name("d"), to: RootDirectory.Name("d"), in: end)
            try root.top().rename(RootDirectory.Name("new"), to: RootDirectory.Name("d"), in: root.top())
        }
        try root.top().removeTree(RootDirectory.Name("d"))
        #expect(try !HostFile.exists(scratch.root.appending("d")) && scratch.outsideIsUntouched())
    }

    @Test func removingATreeStopsAtAMount() throws {
        let root = try RootDirectory(scratch.root)
        try root.makeDirectories(RootDirectory.Path("tree/mount"))
        let target = scratch.root.appending("tree/mount")
        try RootDirectory.DetachedMount(binding: scratch.outside).attach(at: target)
        defer { _ = system("umount \(target.string)") }
        let error = #expect(throws: NexcageError.self) { _ = try root.top().removeTree(RootDirectory.Name("tree")) }
        #expect(error?.code == .busy)
        #expect(try scratch.outsideIsUntouched())
    }

    @Test func anyBytesCanBeAName() throws {
        let folder = try top()
        let names: [[UInt8]] = [[0x61, 0x0A, 0x62], [0xFF, 0xFE], [0x20], [0x22, 0x5C], Array("ü".utf8)]
        for name in names { _ = try folder.createFile(RootDirectory.Name(name)) }
        let found = Set(try folder.entries().map { Array($0.bytes) })
        #expect(found == Set(names + [Array("link".utf8)]))
        for name in names { try folder.removeFile(RootDirectory.Name(name)) }
        #expect(try folder.entries().count == 1)
    }

    @Test func extendedAttributesComeBack() throws {
        let folder = try top()
        let name = try RootDirectory.Name("dir")
        try folder.makeDirectory(name)
        let value: [UInt8] = [1, 0, 2]
        #expect(try folder.setAttribute(of: name, Array("user.a".utf8), value))
        #expect(try folder.setAttribute(of: name, Array("user.empty".utf8), []))
        let found = try folder.attributes(of: name).sorted { $0.key.count < $1.key.count }
        #expect(found.map(\.key) == [Array("user.a".utf8), Array("user.empty".utf8)])
        #expect(found.map(\.value) == [value, []])
        #expect(try !folder.setAttribute(of: link, Array("user.a".utf8), value))
        #expect(try folder.attributes(of: link).isEmpty)
    }

    @Test func modesAreExactWhateverTheUmask() throws {
        let folder = try top()
        let name = try RootDirectory.Name("dir")
        try folder.makeDirectory(name)
        try folder.setMode(of: name, 0o7777)
        #expect(try folder.status(of: name)?.mode == 0o7777)
    }

    @Test func aHardLinkIsTheSameFile() throws {
        let folder = try top()
        let first = try RootDirectory.Name("first")
        let second = try RootDirectory.Name("second")
        _ = try folder.createFile(first)
        #expect(try folder.makeLink(second, to: first, in: folder))
        #expect(try folder.status(of: first)?.inode == folder.status(of: second)?.inode)
        #expect(try !folder.makeLink(second, to: first, in: folder))
        try folder.rename(second, to: RootDirectory.Name("third"), in: folder)
        #expect(try folder.status(of: second) == nil)
    }

    @Test func aLinkToALinkIsTheLink() throws {
        let folder = try top()
        let second = try RootDirectory.Name("second")
        #expect(try folder.makeLink(second, to: link, in: folder))
        #expect(try folder.readLink(second) == folder.readLink(link))
    }
}

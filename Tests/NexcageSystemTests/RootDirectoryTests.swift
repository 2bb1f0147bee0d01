import Glibc
import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct RootDirectoryTests {
    private let scratch: RootDirectoryScratch

    init() throws {
        scratch = try RootDirectoryScratch()
    }

    @Test func anAbsoluteLinkMeansTheRoot() throws {
        let root = try RootDirectory(scratch.root)
        try root.makeDirectories(RootDirectory.Path("inside"))
        try root.top().makeSymbolicLink(RootDirectory.Name("link"), to: Array("/inside".utf8))
        let folder = try root.folder(RootDirectory.Path("link"))
        _ = try folder.createFile(RootDirectory.Name("file"))
        #expect(HostFile.exists(scratch.root.appending("inside/file")))
    }

    @Test(arguments: ["absolute", "relative"])
    func aLinkToTheHostLeadsNowhere(kind: String) throws {
        let target = kind == "absolute" ? scratch.outside.string : "../outside"
        let root = try RootDirectory(scratch.root)
        try root.top().makeSymbolicLink(RootDirectory.Name("out"), to: Array(target.utf8))
        #expect(throws: NexcageError.self) { _ = try root.folder(RootDirectory.Path("out")) }
        #expect(throws: NexcageError.self) { _ = try root.readFile(RootDirectory.Path("out/canary")) }
        if try root.parentWithoutLinks(of: RootDirectory.Path("out/x")) != nil { Issue.record("a link was followed") }
        #expect(try scratch.outsideIsUntouched())
    }

    @Test func parentReferencesStopAtTheRoot() throws {
        let root = try RootDirectory(scratch.root)
        try root.makeDirectories(RootDirectory.Path("a"))
        let top = try root.parent(of: RootDirectory.Path("a/../../../x"))
        #expect(try top.status().inode == root.top().status().inode)
    }

    @Test func aLoopOfLinksIsAnIntegrityError() throws {
        let root = try RootDirectory(scratch.root)
        try root.top().makeSymbolicLink(RootDirectory.Name("a"), to: Array("b".utf8))
        try root.top().makeSymbolicLink(RootDirectory.Name("b"), to: Array("a".utf8))
        let error = #expect(throws: NexcageError.self) { _ = try root.folder(RootDirectory.Path("a")) }
        #expect(error?.code == .integrity)
    }

    @Test func theKernelsMagicLinksAreNotFollowed() throws {
        let root = try RootDirectory("/")
        let error = #expect(throws: NexcageError.self) { _ = try root.folder(RootDirectory.Path("proc/self/root")) }
        #expect(error?.code == .integrity)
    }

    @Test func aFIFOIsRefusedWithoutWaiting() throws {
        let root = try RootDirectory(scratch.root)
        let name = try RootDirectory.Name("passwd")
        try root.top().makeNode(name, mode: S_IFIFO | 0o600, device: 0)
        let error = #expect(throws: NexcageError.self) { _ = try root.readFile(RootDirectory.Path("passwd")) }
        #expect(error?.code == .invalid)
        #expect(throws: NexcageError.self) { _ = try root.top().openFile(name) }
    }

    @Test func missingParentsAreMadeAlsoThroughALink() throws {
        let root = try RootDirectory(scratch.root)
        try root.makeDirectories(RootDirectory.Path("usr/lib"), mode: 0o711)
        try root.top().makeSymbolicLink(RootDirectory.Name("lib"), to: Array("usr/lib".utf8))
        try root.makeDirectories(RootDirectory.Path("lib/a/b"), mode: 0o750)
        let made = try root.parent(of: RootDirectory.Path("usr/lib/a/b")).status(of: RootDirectory.Name("b"))
        #expect(made?.mode == 0o750)
        try root.makeDirectories(RootDirectory.Path("lib/a/b"))
    }

    @Test func theContentOfAFileComesBack() throws {
        let root = try RootDirectory(scratch.root)
        try HostFile.replace(scratch.root.appending("f"), with: Array("hello".utf8), durability: .boot)
        #expect(try root.readFile(RootDirectory.Path("/f")) == Array("hello".utf8))
        #expect(try root.freeBytes() > 0)
    }
}

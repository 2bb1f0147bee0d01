import Glibc
import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct HostFileTests {
    private let scratch: SystemScratch
    private var file: FilePath { scratch.path.appending("file") }

    init() throws {
        scratch = try SystemScratch()
    }

    @Test(arguments: [HostFile.Durability.boot, .disk])
    func whatWasWrittenIsRead(durability: HostFile.Durability) throws {
        try HostFile.replace(file, with: Array("one".utf8), durability: durability)
        try HostFile.replace(file, with: Array("two".utf8), mode: 0o640, durability: durability)
        #expect(try HostFile.read(file) == Array("two".utf8))
        #expect(try HostDirectory.entries(scratch.path).map(\.string) == ["file"])
    }

    @Test func aReplacementDoesNotTouchTheOldFile() throws {
        try HostFile.replace(file, with: Array("old".utf8), durability: .boot)
        let reader = try HostFile.open(file)
        try HostFile.replace(file, with: Array("new and longer".utf8), durability: .boot)
        #expect(try reader.readAll(limit: 100, name: "old") == Array("old".utf8))
    }

    @Test func aLinkIsReplacedAndNotFollowed() throws {
        let target = scratch.path.appending("target")
        try HostFile.replace(target, with: Array("safe".utf8), durability: .boot)
        #expect(symlink("target", file.string) == 0)
        try HostFile.replace(file, with: Array("new".utf8), durability: .boot)
        #expect(try HostFile.read(target) == Array("safe".utf8))
        #expect(try HostFile.read(file) == Array("new".utf8))
    }

    @Test func aLargerFileThanAllowedIsRefused() throws {
        try HostFile.replace(file, with: [UInt8](repeating: 0, count: 1000), durability: .boot)
        #expect(try HostFile.read(file, limit: 1000).count == 1000)
        #expect(throws: NexcageError(.invalid, "read \(quoted(file.string)): larger than 999 bytes")) {
            try HostFile.read(file, limit: 999)
        }
    }

    @Test func nothingButARegularFileIsOpened() throws {
        #expect(mkfifo(file.string, 0o600) == 0)
        for path in [file, scratch.path, "/dev/null"] {
            #expect(throws: NexcageError(.invalid, "open \(quoted(path.string)): not a regular file")) {
                _ = try HostFile.open(path)
            }
        }
    }

    @Test func removingIsDoneOnce() throws {
        try HostFile.replace(file, with: [], durability: .boot)
        try HostFile.remove(file)
        #expect(!HostFile.exists(file))
        try HostFile.remove(file)
    }

    @Test func aTreeIsRemovedWithoutFollowingLinks() throws {
        let tree = scratch.path.appending("tree")
        try HostDirectory.create(tree.appending("a/b"))
        try HostFile.replace(scratch.path.appending("canary"), with: [], durability: .boot)
        #expect(symlink("../..", tree.appending("a/up").string) == 0)
        try HostDirectory.removeTree(tree)
        #expect(try HostDirectory.entries(scratch.path).map(\.string) == ["canary"])
        try HostDirectory.removeTree(tree)
    }

    @Test func ofTwoWhoMakeADirectoryOneHasMadeIt() throws {
        let folder = scratch.path.appending("folder")
        #expect(try HostDirectory.createNew(folder))
        #expect(try !HostDirectory.createNew(folder))
    }
}

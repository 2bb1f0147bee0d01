import NexcageSystem
import SystemPackage
import Testing

@Suite struct RootDirectoryPathTests {
    @Test(arguments: [
        ("a", "a"), ("/a", "a"), ("///a//b/", "a/b"), ("./a/./b/.", "a/b"), ("a/../b", "a/../b"),
        ("", "."), ("/", "."), ("./.", "."),
    ])
    func meaninglessPartsAreDropped(text: String, expected: String) throws {
        #expect(try RootDirectory.Path(text).description == expected)
    }

    @Test func theLastNameIsSplitOff() throws {
        let path = try RootDirectory.Path("usr/lib/x")
        #expect(try path.name == RootDirectory.Name("x"))
        #expect(path.parentPath.description == "usr/lib")
        #expect(path.parentPath.parentPath.parentPath == .root)
        #expect(try path.hasSameParent(as: RootDirectory.Path("/usr//lib/y")))
    }

    @Test(arguments: ["..", "a/..", "/.."])
    func aPathThatEndsInParentIsRefused(text: String) {
        #expect(throws: NexcageError.self) { _ = try RootDirectory.Path(text) }
    }

    @Test func aNulByteIsRefusedWhereverItStands() {
        #expect(throws: NexcageError.self) { _ = try RootDirectory.Path([0x61, 0, 0x62]) }
        #expect(throws: NexcageError.self) { _ = try RootDirectory.Path([0x61, 0, 0x2F, 0x62]) }
    }

    @Test func lengthsThatLinuxRefusesAreRefused() {
        #expect(throws: NexcageError.self) { _ = try RootDirectory.Path(String(repeating: "a", count: 256)) }
        #expect(throws: NexcageError.self) { _ = try RootDirectory.Path(String(repeating: "a/", count: 2100)) }
    }

    @Test func filePathsKeepTheirBytes() throws {
        let path = FilePath(platformString: [0x2F, 0x61, 0x2F, -1, 0])
        #expect(try RootDirectory.Path(path).name?.bytes == [0xFF])
    }
}

import Glibc
import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageEngine

@Suite("The accounts of a container's file system")
final class AccountDatabaseTests {
    private let rootfs: FilePath
    private var passwd: FilePath { rootfs.appending("etc/passwd") }

    init() throws {
        var template = Array("/tmp/nexcage-accounts.XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        rootfs = FilePath(platformString: try #require(made))
        try HostDirectory.create(rootfs.appending("etc"))
    }

    deinit {
        do throws(NexcageError) { try HostDirectory.removeTree(rootfs) } catch { print("left behind: \(error)") }
    }

    private func write(_ text: String, to path: FilePath) throws {
        try HostFile.replace(path, with: Array(text.utf8), durability: .boot)
    }

    private func accounts() throws -> AccountDatabase {
        try AccountDatabase(in: RootDirectory(rootfs))
    }

    @Test("a root without these files has no accounts")
    func missing() throws {
        #expect(try accounts().users.isEmpty)
    }

    @Test("both files are read, and broken lines passed over")
    func read() throws {
        try write("web:x:5:6::/w:/bin/sh\nshort:x:1\n:x:1:1::/:\nbig:x:4294967296:0::/:/bin/sh\n", to: passwd)
        try write("www:x:33:web,web\nwww2:x:33:web\n", to: rootfs.appending("etc/group"))
        let accounts = try accounts()
        #expect(accounts.users == [AccountDatabase.User(name: "web", uid: 5, gid: 6, home: "/w")])
        #expect(accounts.supplementaryGroups(of: "web") == [33])
    }

    @Test("a link shows the container's file and never the host's (CVE-2024-9676)")
    func links() throws {
        try #require(symlink("/etc/hostname", passwd.string) == 0)
        #expect(try accounts().users.isEmpty)
        try write("in:x:7:7::/:/bin/sh\n", to: rootfs.appending("etc/hostname"))
        #expect(try accounts().users.map(\.name) == ["in"])
        try HostFile.remove(passwd)
        try #require(symlink("../../../../../../etc/passwd", passwd.string) == 0)
        #expect(throws: NexcageError.self) { try accounts() }
    }

    @Test("a FIFO makes nobody wait, and a huge file fills no memory (CVE-2024-9676)")
    func oddFiles() throws {
        try #require(mkfifo(passwd.string, 0o600) == 0)
        #expect(throws: NexcageError.self) { try accounts() }
        try HostFile.remove(passwd)
        try write("", to: passwd)
        try #require(truncate(passwd.string, 2 << 20) == 0)
        #expect(throws: NexcageError.self) { try accounts() }
    }
}

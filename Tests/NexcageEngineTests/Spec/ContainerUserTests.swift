import NexcageSystem
import Testing

@testable import NexcageEngine

@Suite("Users and groups in a container's own accounts")
struct ContainerUserTests {
    private static let accounts = AccountDatabase(
        passwd: Array(
            """
            root:x:0:0:root:/root:/bin/sh
            broken:x:many:0::/:/bin/sh
            web:x:1000:100:Web:/srv/web:/bin/sh
            4294967296:x:7:7::/seven:/bin/sh
            nohome:x:1001:100:::/bin/sh
            """.utf8),
        group: Array("root:x:0:\nwheel:x:10:root,web\nusers:x:100:web\ndocker:x:999:web\nwww:x:33:\n".utf8))

    @Test(
        "every form resolves to ids, groups and a home (CVE-2023-25173, CVE-2026-30892)",
        arguments: [
            ("", 0, 0, [0, 10], "/root"),
            ("root", 0, 0, [0, 10], "/root"),
            ("web", 1000, 100, [100, 10, 999], "/srv/web"),
            ("1000", 1000, 100, [100, 10, 999], "/srv/web"),
            ("web:www", 1000, 33, [33], "/srv/web"),
            ("web:33", 1000, 33, [33], "/srv/web"),
            ("5000", 5000, 0, [0], "/"),
            ("5000:6000", 5000, 6000, [6000], "/"),
            ("4294967294", 4_294_967_294, 0, [0], "/"),
            ("nohome", 1001, 100, [100], "/"),
        ] as [(String, UInt32, UInt32, [UInt32], String)])
    func resolves(text: String, uid: UInt32, gid: UInt32, groups: [UInt32], home: String) throws {
        let user = try ContainerUser(text, in: Self.accounts)
        #expect(user.uid == uid)
        #expect(user.gid == gid)
        #expect(user.groups == groups)
        #expect(user.home == home)
    }

    @Test(
        "a number beyond 32 bits is an error even if an account has it as its name (CVE-2024-40635)",
        arguments: ["4294967295", "4294967296", "0:4294967296", "99999999999999999999"])
    func overflow(text: String) {
        let error = #expect(throws: NexcageError.self) { try ContainerUser(text, in: Self.accounts) }
        #expect(error?.code == .invalid)
    }

    @Test("a name without an account is an error", arguments: ["ftp", "web:ftp", "broken", "-1", "+0", " root"])
    func missing(text: String) {
        let error = #expect(throws: NexcageError.self) { try ContainerUser(text, in: Self.accounts) }
        #expect(error?.code == .notFound)
    }

    @Test("a text that is no user is an error", arguments: [":", "web:", ":33", "we\nb"])
    func malformed(text: String) {
        let error = #expect(throws: NexcageError.self) { try ContainerUser(text, in: Self.accounts) }
        #expect(error?.code == .invalid)
    }
}

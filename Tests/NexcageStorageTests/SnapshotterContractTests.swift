import Glibc
import NexcageStorage
import NexcageSystem
import Testing

/// What ``Snapshotter`` promises, asked of every driver.
@Suite struct SnapshotterContractTests {
    @Test(arguments: Driver.allCases)
    func theDriverIsAvailableHere(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.store.checkAvailability()
        try fixture.store.checkAvailability()
        #expect(try fixture.store.list().isEmpty)
    }

    @Test(arguments: Driver.allCases)
    func aChildShowsItsParentAndLeavesItAlone(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.commit("base", file: "a")
        try fixture.store.prepare("child", parent: "base")
        try fixture.store.withRoot(of: "child") { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.write("a", "changed")
            try root.write("b", "new")
        }
        try fixture.store.prepare("other", parent: "base")
        let content = try fixture.store.withRoot(of: "other") { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.readFile(RootDirectory.Path("a"))
        }
        #expect(content == Array("a".utf8))
        #expect(try fixture.names(in: "other") == ["a"])
        #expect(try fixture.names(in: "child") == ["a", "b"])
    }

    @Test(arguments: Driver.allCases)
    func whatAChildRemovesStaysRemovedAbove(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.commit("base", file: "a")
        try fixture.store.ensureCommitted("child", parent: "base") {
            (root: borrowing RootDirectory) throws(NexcageError) in
            try root.top().removeFile(RootDirectory.Name("a"))
            try root.write("b", "b")
        }
        try fixture.commit("grandchild", parent: "child", file: "c")
        try fixture.store.prepare("top", parent: "grandchild")
        #expect(try fixture.names(in: "top") == ["b", "c"])
    }

    @Test(arguments: Driver.allCases)
    func attributesComeThroughAllLayers(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.store.ensureCommitted("base", parent: nil) {
            (root: borrowing RootDirectory) throws(NexcageError) in
            let top = try root.top()
            let file = try RootDirectory.Name("file")
            try root.write("file", "x")
            try top.setOwner(of: file, 1000, 3_000_000)
            try top.setMode(of: file, 0o4751)
            _ = try top.setAttribute(of: file, Array("user.note".utf8), [1, 2])
            try top.setTimes(of: file, timespec(tv_sec: 1_000_000_000, tv_nsec: 5))
            try top.makeLink(RootDirectory.Name("second"), to: file, in: top)
            try top.makeNode(RootDirectory.Name("null"), mode: S_IFCHR | 0o666, device: .device(1, 3))
            try top.makeSymbolicLink(RootDirectory.Name("link"), to: Array("/nowhere".utf8))
            try top.setMode(of: RootDirectory.Name("null"), 0o666)
            let readable = try top.readable()
            try readable.descriptor.setMode(0o1777)
        }
        try fixture.store.prepare("child", parent: "base")
        let top = try fixture.top(of: "child")
        #expect(try top.status().mode == 0o1777)
        let file = try #require(try top.status(of: RootDirectory.Name("file")))
        #expect(file.owner == 1000 && file.group == 3_000_000 && file.mode == 0o4751 && file.linkCount == 2)
        #expect(file.modified.tv_sec == 1_000_000_000 && file.modified.tv_nsec == 5)
        #expect(try top.attributes(of: RootDirectory.Name("file")).map(\.value) == [[1, 2]])
        #expect(try top.status(of: RootDirectory.Name("second"))?.inode == file.inode)
        #expect(try top.status(of: RootDirectory.Name("null"))?.device == .device(1, 3))
        #expect(try top.readLink(RootDirectory.Name("link")) == Array("/nowhere".utf8))
    }

    @Test(arguments: Driver.allCases)
    func wrongOrdersAreRefused(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        let store = fixture.store
        try fixture.commit("base", file: "a")
        try store.prepare("active", parent: "base")
        expect(.alreadyExists) { try store.prepare("active", parent: nil) }
        expect(.alreadyExists) { try store.commit("active", as: "base") }
        expect(.notFound) { try store.prepare("x", parent: "missing") }
        expect(.wrongState) { try store.prepare("x", parent: "active") }
        expect(.wrongState) { _ = try store.mounts("base") }
        expect(.wrongState) { try store.commit("base", as: "x") }
        expect(.wrongState) { try store.remove("base") }
        expect(.notFound) { _ = try store.mounts("missing") }
        expect(.notFound) { try store.commit("missing", as: "x") }
        #expect(try store.list().map(\.key) == ["base", "active"])
        #expect(try fixture.names(in: "active") == ["a"])
    }

    @Test(arguments: Driver.allCases)
    func removingFreesTheKeyAndTheParent(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.commit("base", file: "a")
        try fixture.store.prepare("active", parent: "base")
        try fixture.store.remove("active")
        try fixture.store.remove("active")
        try fixture.store.prepare("active", parent: nil)
        #expect(try fixture.names(in: "active").isEmpty)
        try fixture.store.remove("active")
        try fixture.store.remove("base")
        #expect(try fixture.store.list().isEmpty)
        for folder in ["l", "m", "k", "w"] {
            let path = fixture.path.appending("store").appending(folder)
            #expect(try !HostDirectory.isDirectory(path) || HostDirectory.entries(path).isEmpty)
        }
    }

    @Test(arguments: Driver.allCases)
    func anyPrintableTextIsAKeyAndNoPath(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        let keys = ["../../escape", "/abs", "sha256:abc", "ünï code", "a b", ".", String(repeating: "k", count: 120)]
        for key in keys { try fixture.store.prepare(key, parent: nil) }
        #expect(try Set(fixture.store.list().map(\.key)) == Set(keys))
        #expect(try HostDirectory.entries(fixture.path).map(\.string) == ["store"])
        for key in keys { try fixture.store.remove(key) }
        for key in ["", "#1", "line\nbreak", String(repeating: "k", count: 121)] {
            expect(.invalid) { try fixture.store.prepare(key, parent: nil) }
        }
    }

    @Test(arguments: Driver.allCases)
    func usageGrowsWithWhatIsWritten(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.store.prepare("a", parent: nil)
        #expect(try fixture.store.usage("a") == SnapshotUsage())
        try fixture.store.withRoot(of: "a") { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.write("f", String(repeating: "x", count: 10_000))
            let top = try root.top()
            try top.makeLink(RootDirectory.Name("g"), to: RootDirectory.Name("f"), in: top)
        }
        let usage = try fixture.store.usage("a")
        #expect(usage.entries == 2)
        #expect(10_000..<20_000 ~= usage.bytes)
    }

    /// Expects a failure of a certain kind.
    private func expect(
        _ code: ErrorCode, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
    ) {
        let error = #expect(throws: NexcageError.self, sourceLocation: sourceLocation, performing: body)
        #expect(error?.code == code, sourceLocation: sourceLocation)
    }
}

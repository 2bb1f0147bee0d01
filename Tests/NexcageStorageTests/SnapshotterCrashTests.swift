import NexcageSystem
import Synchronization
import SystemPackage
import Testing

@testable import NexcageStorage

/// What is left when a process dies in the middle, and what several processes do to each other.
@Suite struct SnapshotterCrashTests {
    @Test(arguments: Driver.allCases)
    func aDirectoryWithoutARecordIsListedAndCanBeRemoved(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.commit("base", file: "a")
        try HostDirectory.create(fixture.path.appending("store/l/zz/below"))
        let leftover = try #require(try fixture.store.list().last)
        #expect(leftover.key == "#zz" && leftover.state == .preparing)
        try fixture.store.remove("#zz")
        #expect(try fixture.store.list().map(\.key) == ["base"])
        #expect(!HostFile.exists(fixture.path.appending("store/l/zz")))
    }

    @Test(arguments: Driver.allCases)
    func whatWasBeingPreparedIsListedAndCanBePreparedAgain(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.commit("base", file: "a")
        let records = SnapshotRecords(root: fixture.path.appending("store"), durability: .boot)
        let draft = SnapshotRecord(
            key: "web", kind: .active, parent: "base", state: .preparing, id: try records.makeLayer())
        try records.write(draft)
        #expect(try fixture.store.list().map(\.state) == [.ready, .preparing])
        #expect(throws: NexcageError.self) { _ = try fixture.store.mounts("web") }
        try fixture.store.prepare("web", parent: "base")
        #expect(try fixture.names(in: "web") == ["a"])
        #expect(try HostDirectory.entries(fixture.path.appending("store/l")).count == 2)
    }

    /// The record has its new content and still its old name.
    @Test(arguments: Driver.allCases)
    func aCommitThatDiedBetweenItsStepsIsALeftover(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.store.prepare("web", parent: nil)
        let records = fixture.path.appending("store/m")
        let file = records.appending(SnapshotRecords.fileName("web"))
        let record = try #require(try fixture.store.record("web"))
        let half = record.with(key: "layer", kind: .committed)
        try HostFile.replace(file, with: Array(half.lines.utf8), durability: .boot)
        #expect(try fixture.store.record("layer") == nil)
        #expect(try fixture.store.list().map(\.state) == [.preparing])
        #expect(try fixture.store.list().map(\.key) == ["web"])
        try fixture.store.remove("web")
        #expect(try fixture.store.list().isEmpty)
    }

    @Test(arguments: Driver.allCases)
    func nothingIsLeftWhenFillingFails(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        #expect(throws: NexcageError(.integrity, "wrong digest")) {
            try fixture.store.ensureCommitted("layer", parent: nil) {
                (root: borrowing RootDirectory) throws(NexcageError) in
                try root.write("half", "x")
                throw NexcageError(.integrity, "wrong digest")
            }
        }
        #expect(try fixture.store.list().isEmpty)
        try fixture.commit("layer", file: "a")
        #expect(try fixture.store.list().map(\.kind) == [.committed])
    }

    @Test(arguments: Driver.allCases)
    func whatAnotherProcessLeftHalfFilledIsThrownAway(driver: Driver) throws {
        let fixture = try SnapshotterFixture(driver)
        try fixture.store.prepare("unpack layer", parent: nil)
        try fixture.store.withRoot(of: "unpack layer") { (root: borrowing RootDirectory) throws(NexcageError) in
            try root.write("half", "x")
        }
        try fixture.commit("layer", file: "whole")
        try fixture.store.prepare("web", parent: "layer")
        #expect(try fixture.names(in: "web") == ["whole"])
    }

    @Test(arguments: Driver.allCases)
    func ofManyThatWantALayerOneFillsIt(driver: Driver) async throws {
        let fixture = try SnapshotterFixture(driver)
        let store = fixture.store
        let filled = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try store.ensureCommitted("layer", parent: nil) {
                        (root: borrowing RootDirectory) throws(NexcageError) in
                        filled.increase()
                        try root.write("a", "a")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(filled.value == 1)
        #expect(try store.list().map(\.key) == ["layer"])
    }

    @Test(arguments: Driver.allCases)
    func manyAtATimeGetSnapshotsOfTheirOwn(driver: Driver) async throws {
        let fixture = try SnapshotterFixture(driver)
        let store = fixture.store
        try fixture.commit("base", file: "a")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 { group.addTask { try store.prepare("web\(number)", parent: "base") } }
            try await group.waitForAll()
        }
        let list = try store.list()
        #expect(list.count == 21 && Set(list.map(\.id)).count == 21)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 { group.addTask { try store.remove("web\(number)") } }
            try await group.waitForAll()
        }
        #expect(try store.list().map(\.key) == ["base"])
    }

    @Test func recordsOfAnotherVersionAreRefused() throws {
        let fixture = try SnapshotterFixture(.directory)
        try fixture.store.prepare("web", parent: nil)
        let file = fixture.path.appending("store/m").appending(SnapshotRecords.fileName("web"))
        try HostFile.replace(file, with: Array("schemaVersion 2\n".utf8), durability: .boot)
        let error = #expect(throws: NexcageError.self) { _ = try fixture.store.list() }
        #expect(error?.code == .unsupported)
        try HostFile.replace(file, with: [], durability: .boot)
        #expect(throws: NexcageError.self) { _ = try fixture.store.record("web") }
    }
}

/// Counts from any thread.
private final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increase() { count.add(1, ordering: .relaxed) }
}

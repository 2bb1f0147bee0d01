import Glibc
import NexcageRuntime
import NexcageSystem
import SystemPackage
import Testing

@testable import NexcageEngine

@Suite struct ContainerStoreTests {
    private let folder: TemporaryDirectory
    private let store: ContainerStore

    init() throws {
        folder = try TemporaryDirectory()
        store = ContainerStore(root: folder.path.appending("state"), durableRoot: folder.path.appending("data"))
    }

    private func record(_ id: String) throws -> ContainerRecord {
        ContainerRecord(
            id: try ContainerID(id), backend: .crun, bundle: "/b",
            creator: try ProcessIdentity(of: ProcessIdentity.ownPid), created: .now)
    }

    @Test func aReservedIdIsListedAndRead() throws {
        let record = try record("web")
        try store.reserve(record).release()
        #expect(try store.ids() == [record.id])
        #expect(try store.read(record.id) == record)
    }

    @Test func aStoreThatDoesNotExistYetIsEmpty() throws {
        #expect(try store.ids() == [])
    }

    @Test func aSavedChangeIsSeenByOthers() throws {
        let id = try ContainerID("web")
        try store.reserve(record("web")).release()
        var lease = try store.lease(id)
        lease.record.status = .created
        #expect(try store.read(id).status == .creating)
        try lease.save()
        #expect(try store.read(id).status == .created)
        lease.release()
    }

    @Test func ofManyWhoReserveAnIdExactlyOneGetsIt() async throws {
        let record = try record("web")
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    do throws(NexcageError) {
                        try store.reserve(record).release()
                        return true
                    } catch let error where error.code == .alreadyExists {
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
    }

    @Test func aTakenIdIsToldInRuncsWords() throws {
        try store.reserve(record("web")).release()
        let error = #expect(throws: NexcageError.self) { try store.reserve(record("web")).release() }
        #expect(error == NexcageError(.alreadyExists, #"container with id "web" already exists"#))
    }

    @Test func anIdIsFreeAgainAfterItsRemoval() throws {
        try store.reserve(record("web")).remove()
        #expect(try store.ids() == [])
        try store.reserve(record("web")).remove()
    }

    @Test func anUnknownIdDoesNotExist() throws {
        let id = try ContainerID("web")
        let missing = NexcageError(.notFound, #"container "web" does not exist"#)
        #expect(throws: missing) { try store.read(id) }
        #expect(throws: missing) { try store.lease(id).release() }
    }

    @Test func whoWaitedForADeletedContainerIsToldSo() async throws {
        let id = try ContainerID("web")
        let first = try store.reserve(record("web"))
        let waiting = Task.detached { [store] in
            do throws(NexcageError) {
                try store.lease(id).release()
                return nil as NexcageError?
            } catch {
                return error
            }
        }
        // Whichever comes first, the answer is the same; the pause lets the waiter come first as a rule.
        usleep(20_000)
        try first.remove()
        #expect(await waiting.value == NexcageError(.notFound, #"container "web" does not exist"#))
    }

    @Test func aLeaseExcludesASecondOne() throws {
        let id = try ContainerID("web")
        let first = try store.reserve(record("web"))
        let error = #expect(throws: NexcageError.self) { try store.lease(id, timeout: .milliseconds(20)).release() }
        #expect(error?.code == .busy)
        first.release()
        try store.lease(id).release()
    }

    @Test func foldersOfBackendsAreNoContainers() throws {
        try store.reserve(record("web")).release()
        try HostDirectory.create(store.root.appending(".crun"))
        try HostDirectory.create(store.root.appending("half-made"))
        #expect(try store.ids().map(\.description) == ["half-made", "web"])
    }

    /// A record of a container with files of its own, as a state root keeps it.
    private func imageRecord(_ id: String, of root: FilePath) throws -> ContainerRecord {
        var record = try record(id)
        record.status = .running
        record.process = record.creator
        var image = ImageOrigin(reference: "oci:/x")
        image.stateRoot = root
        record.image = image
        return record
    }

    @Test func aContainerWithFilesOutlivesItsStateRootAndHasStopped() throws {
        let record = try imageRecord("web", of: store.root)
        try HostDirectory.create(store.durableRoot.appending("web"))
        try store.saveDurably(record)
        #expect(try store.ids() == [record.id])
        let found = try store.read(record.id)
        #expect(found.status == .stopped)
        #expect(found.process == nil)
        #expect(found.image == record.image)
        try store.lease(record.id).remove()
    }

    @Test func theStateRootsOwnRecordCountsBeforeTheDurableOne() throws {
        let record = try imageRecord("web", of: store.root)
        try HostDirectory.create(store.durableRoot.appending("web"))
        try store.saveDurably(record)
        try store.reserve(record).release()
        #expect(try store.ids() == [record.id])
        #expect(try store.read(record.id).status == .running)
    }

    @Test func aContainerOfAnotherStateRootIsNotSeen() throws {
        let record = try imageRecord("web", of: "/run/other")
        try HostDirectory.create(store.durableRoot.appending("web"))
        try store.saveDurably(record)
        #expect(try store.ids() == [])
        #expect(throws: NexcageError(.notFound, #"container "web" does not exist"#)) { try store.read(record.id) }
    }
}

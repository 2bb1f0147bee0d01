import Glibc
import SystemPackage
import Testing

@testable import NexcageSystem

@Suite struct FileLockTests {
    private let scratch: SystemScratch
    private var file: FilePath { scratch.path.appending("lock") }

    init() throws {
        scratch = try SystemScratch()
    }

    /// The error of trying for a moment, or nil if the lock was free.
    private func refusal(_ mode: FileLock.Mode) -> NexcageError? {
        do throws(NexcageError) {
            try FileLock(file, mode, timeout: .zero).unlock()
            return nil
        } catch {
            return error
        }
    }

    @Test func oneWriterExcludesEverybody() throws {
        let lock = try FileLock(file, .exclusive)
        #expect(refusal(.exclusive)?.code == .busy)
        #expect(refusal(.shared)?.code == .busy)
        lock.unlock()
        #expect(refusal(.exclusive) == nil)
    }

    @Test func readersShare() throws {
        let first = try FileLock(file, .shared)
        #expect(refusal(.shared) == nil)
        #expect(refusal(.exclusive) == NexcageError(.busy, "lock \(quoted(file.string)): another process holds it"))
        first.unlock()
    }

    @Test func theEndOfTheValueFreesTheLock() throws {
        func hold() throws { _ = try FileLock(file, .exclusive) }
        try hold()
        #expect(refusal(.exclusive) == nil)
    }

    @Test func aMissingFileIsMadeOnlyIfAsked() throws {
        #expect(throws: NexcageError.self) { _ = try FileLock(file, .exclusive, create: false) }
        #expect(!HostFile.exists(file))
        try FileLock(file, .exclusive).unlock()
        #expect(HostFile.exists(file))
    }

    @Test func aLockThatWasRemovedMeanwhileIsNotCurrent() throws {
        let lock = try FileLock(file, .exclusive)
        var isCurrent = [lock.isCurrent]
        try HostFile.remove(file)
        isCurrent.append(lock.isCurrent)
        try HostFile.replace(file, with: [], durability: .boot)
        isCurrent.append(lock.isCurrent)
        #expect(isCurrent == [true, false, false])
        lock.unlock()
    }

    @Test func aSymbolicLinkIsNotFollowed() throws {
        #expect(symlink("elsewhere", file.string) == 0)
        #expect(throws: NexcageError.self) { _ = try FileLock(file, .exclusive) }
        #expect(!HostFile.exists(scratch.path.appending("elsewhere")))
    }

    @Test func itsDescriptorIsOutOfTheWayOfPassedOnes() throws {
        let lock = try FileLock(file, .exclusive)
        let number = lock.descriptor.rawValue
        #expect(number >= 200)
        #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
        lock.unlock()
    }

    @Test func aProcessThatInheritedTheFileIsFound() throws {
        let lock = try FileLock(file, .exclusive)
        #expect(try FileLock.holders(of: file) == [])
        var command = Command("/bin/sh", ["-c", "sleep 1000 > /dev/null 2>&1 & echo $!"])
        command.keptDescriptor = lock.descriptor
        command.inheritsDescriptors = true
        let result = try LiveCommandRunner().check(command)
        let pid = try #require(Int32(String(decoding: result.output.dropLast(), as: UTF8.self)))
        #expect(try FileLock.holders(of: file) == [pid])
        kill(pid, SIGKILL)
        lock.unlock()
    }
}

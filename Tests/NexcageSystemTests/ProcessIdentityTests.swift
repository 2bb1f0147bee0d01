import Glibc
import Testing

@testable import NexcageSystem

@Suite struct ProcessIdentityTests {
    /// A child that sleeps, and is reaped when the body has ended.
    private func withChild(_ body: (Int32) throws -> Void) throws {
        var pid: pid_t = 0
        let argv: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("1000"), nil]
        defer { for text in argv { free(text) } }
        #expect(posix_spawn(&pid, "/bin/sleep", nil, nil, argv, environ) == 0)
        defer {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        try body(pid)
    }

    @Test func aProcessIsItselfAsLongAsItLives() throws {
        let own = try ProcessIdentity(of: ProcessIdentity.ownPid)
        #expect(own.isAlive)
        #expect(try ProcessIdentity(of: ProcessIdentity.ownPid) == own)
    }

    @Test func anotherStartTimeIsAStranger() throws {
        let own = try ProcessIdentity(of: ProcessIdentity.ownPid)
        let stranger = ProcessIdentity(pid: own.pid, startTime: own.startTime &- 1)
        #expect(!stranger.isAlive)
        let finished = NexcageError(.wrongState, "process already finished")
        #expect(throws: finished) { try stranger.send(.kill) }
    }

    @Test func aNumberThatNobodyHasIsNotFound() {
        #expect(throws: NexcageError(.notFound, "process 2147483647 does not exist")) {
            try ProcessIdentity(of: .max)
        }
    }

    @Test func aZombieHasEnded() throws {
        try withChild { pid in
            let child = try ProcessIdentity(of: pid)
            #expect(child.isAlive)
            try child.send(.kill)
            #expect(child.waitUntilGone(timeout: .seconds(30)))
            // Nobody has reaped it yet, so its number is still there.
            #expect(kill(pid, 0) == 0)
            #expect(!child.isAlive)
        }
    }

    @Test func signalZeroOnlyLooks() throws {
        try withChild { pid in
            let child = try ProcessIdentity(of: pid)
            try child.send(Signal("0"))
            #expect(child.isAlive)
            #expect(!child.waitUntilGone(timeout: .milliseconds(20)))
        }
    }
}

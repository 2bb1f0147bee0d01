import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

extension Workbench {
    /// Creates the container, which has to succeed.
    @discardableResult
    func create(_ extra: String...) throws -> CallResult {
        let result = try tryCreate(extra)
        try expect(result.exitCode == 0, "create fails with \(result.summary)")
        return result
    }

    /// Writes the configuration and calls `create`.
    func tryCreate(_ extra: [String] = []) throws -> CallResult {
        try writeConfiguration()
        let pidFile = bundle.appending("pid")
        let result = try call(["create", "--bundle", bundle.string, "--pid-file", pidFile.string] + extra + [id])
        if result.exitCode == 0 {
            streams = result.files
            pid = try require(procText(pidFile).flatMap { Int32($0) }, "process id in the pid file")
        }
        return result
    }

    /// Starts the container, which has to succeed.
    func start() throws {
        let result = try call(["start", id])
        try expect(result.exitCode == 0, "start fails with \(result.summary)")
    }

    /// Sends a signal, which has to succeed.
    func signal(_ name: String) throws {
        let result = try call(["kill", id, name])
        try expect(result.exitCode == 0, "kill fails with \(result.summary)")
    }

    /// Deletes the container, which has to succeed.
    func delete() throws {
        let result = try call(["delete", id])
        try expect(result.exitCode == 0, "delete fails with \(result.summary)")
        forget()
    }

    /// Creates and starts a container that goes on running.
    func launch(_ script: String = "sleep 1000") throws {
        spec.process?.args = ["/bin/sh", "-c", script]
        try create()
        try start()
    }

    /// Ends a container that runs, and waits for its end.
    func stop() throws {
        try signal("KILL")
        try wait()
    }

    /// Creates and starts a container with a shell script, and waits for the script's end.
    @discardableResult
    func run(_ script: String) throws -> ScriptResult {
        spec.process?.args = ["/bin/sh", "-c", script]
        return try runArguments()
    }

    /// Creates and starts a container with the arguments of its configuration, and waits for its end.
    @discardableResult
    func runArguments() throws -> ScriptResult {
        try create()
        try start()
        return try finish()
    }

    /// Waits for the end of the container's script.
    func finish() throws -> ScriptResult {
        let exitCode = try wait()
        let files = try require(streams, "created container")
        return ScriptResult(
            exitCode: exitCode, output: procText(files.appending(suffix: ".out")) ?? "",
            error: procText(files.appending(suffix: ".err")) ?? "")
    }

    /// The container's state as a document.
    func state() throws -> JSONValue {
        let result = try call(["state", id])
        try expect(result.exitCode == 0, "state fails with \(result.summary)")
        return try JSONValue.decode(Array(result.output.utf8))
    }

    /// The state's status.
    func status() throws -> String { try require(state()["status"]?.string, "status in the state") }

    /// Waits for a status.
    func waitForStatus(_ expected: String) throws {
        try eventually("the status is \(expected)") { try status() == expected }
    }

    /// Creates and starts a container that asks for something that a runtime need not support.
    ///
    /// - Throws: ``Failure/refused(_:)`` when it reports an error, which it must where it does not support it.
    func launchOrBeRefused() throws {
        let created = try tryCreate()
        guard created.exitCode == 0 else {
            try expect(created.isRefusal, "create crashes: \(created.summary)")
            throw Failure.refused(created.summary)
        }
        let started = try call(["start", id])
        guard started.exitCode == 0 else {
            try expect(started.isRefusal, "start crashes: \(started.summary)")
            throw Failure.refused(started.summary)
        }
    }

    /// The same for a script, whose end is waited for.
    func runOrBeRefused(_ script: String) throws -> ScriptResult {
        spec.process?.args = ["/bin/sh", "-c", script]
        try launchOrBeRefused()
        return try finish()
    }

    /// `create` or at the latest `start` must report an error, and the program must not have run.
    func mustRefuse(_ what: String) throws {
        spec.process?.args = ["/bin/sh", "-c", "echo ran > /ran"]
        try mustRefuseArguments(what)
        try expect(!HostFile.exists(root.appending("ran")), "the program ran with \(what)")
    }

    /// The same for a configuration with arguments of its own.
    func mustRefuseArguments(_ what: String) throws {
        let created = try tryCreate()
        guard created.exitCode == 0 else {
            try expect(created.isRefusal, "create crashes on \(what): \(created.summary)")
            try expect(try call(["state", id]).isRefusal, "a container is there although create refused \(what)")
            return
        }
        let started = try call(["start", id])
        try expect(started.exitCode != 0, "\(what) is accepted")
        try expect(started.isRefusal, "start crashes on \(what): \(started.summary)")
    }

    /// `create` must report an error and leave no container behind.
    func mustRefuseCreate(_ what: String) throws {
        let created = try tryCreate()
        try expect(created.exitCode != 0, "\(what) is accepted")
        try expect(created.isRefusal, "create crashes on \(what): \(created.summary)")
        try expect(try call(["state", id]).isRefusal, "a container is there although create refused \(what)")
    }
}

/// What a script in a container left behind.
struct ScriptResult {
    /// 128 + n after signal n; nil when it could not be learnt.
    let exitCode: Int32?
    /// Standard output, without the newline at its end.
    let output: String
    /// Standard error, likewise.
    let error: String
}

/// Waits for something that a process is about to do.
func eventually(_ what: String, _ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !condition() {
        guard ContinuousClock.now < deadline else { throw Failure.broken("waited in vain: \(what)") }
        usleep(2_000)
    }
}

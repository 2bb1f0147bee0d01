import CNexcageSystem
package import Glibc
import NexcageSystem
package import OCISpec
package import SystemPackage

/// A program that a test calls, with its output in files.
///
/// Never pipes: a created container keeps its creator's standard streams, so that a pipe would not close before its end.
package struct Program: Sendable {
    /// The program.
    package var path: FilePath
    /// `NAME=value` entries; of the test's own environment only PATH is passed on, which leads to a criu that works.
    package var environment = ["PATH=\(Environment.value(of: "PATH") ?? Command.searchPath)", "HOME=/root"]

    /// A program at a path.
    package init(path: FilePath) {
        self.path = path
    }

    /// What a call left behind.
    package struct Outcome: Sendable {
        /// 128 + n after signal n.
        package let exitCode: Int32
        package let output: String
        package let error: String
        /// The output as a document.
        package func document() throws -> JSONValue { try JSONValue.decode(Array(output.utf8)) }
        /// The output without the newline at its end.
        package var word: String { String(output.hasSuffix("\n") ? output.dropLast() : output[...]) }
    }

    /// The `nexcage` that was built beside the running test bundle, never one of PATH.
    package static let nexcage = Program(path: ownFolder.appending("nexcage"))
    /// The program that judges runtimes, built there too.
    package static let conformance = Program(path: ownFolder.appending("nexcage-conformance"))
    /// A shell, where a call needs redirections.
    package static let shell = Program(path: "/bin/sh")

    private static let ownFolder: FilePath = {
        guard let path = realpath("/proc/self/exe", nil) else { return "/" }
        defer { free(path) }
        return FilePath(platformString: path).removingLastComponent()
    }()

    /// Calls the program and waits for its end.
    ///
    /// - Parameters:
    ///   - input: what it finds on its standard input.
    ///   - folder: where its output files are put for the time of the call.
    ///   - directory: its working directory; nil is `folder`.
    ///   - timeout: after how long it is killed, which fails the test.
    package func run(
        _ arguments: [String], input: String = "", in folder: FilePath, directory: FilePath? = nil,
        timeout: Duration = .seconds(60)
    ) throws -> Outcome {
        let call = try Call(in: folder, input: input)
        let pid = try call.start(self, arguments, directory: directory ?? folder)
        let exitCode = try Self.wait(for: pid, timeout: timeout, arguments)
        return try call.outcome(exitCode)
    }

    /// Waits for a child's end; kills it when the time is over.
    package static func wait(for pid: pid_t, timeout: Duration, _ arguments: [String]) throws -> Int32 {
        let deadline = ContinuousClock.now + timeout
        var status: Int32 = 0
        while waitpid(pid, &status, WNOHANG) != pid {
            guard ContinuousClock.now < deadline else {
                kill(pid, SIGKILL)
                waitpid(pid, &status, 0)
                throw NexcageError(.busy, "\(arguments) did not end in \(timeout)")
            }
            usleep(1_000)
        }
        return nxc_exit_code(status)
    }
}

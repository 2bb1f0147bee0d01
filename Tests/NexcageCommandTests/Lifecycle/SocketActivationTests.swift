import NexcageSystem
import NexcageTesting
import OCISpec
import SystemPackage
import Testing

/// sd_listen_fds(3): descriptors that systemd or podman hands to the runtime reach the container.
@Suite struct SocketActivationTests {
    /// Runs a container with one such descriptor, whose owner is said to be `pid`.
    private func output(pid: String, in scratch: Scratch) throws -> Program.Outcome {
        let bundle = try TestBundle(in: scratch, "bundle", "echo $LISTEN_FDS $LISTEN_PID; cat <&3")
        let file = try scratch.write("activated", to: "socket")
        let words = scratch.globalFlags + ["run", "--bundle", bundle.path.string, scratch.id()]
        let script = "file=$1; shift; exec 3<$file; LISTEN_FDS=1 LISTEN_PID=\(pid) exec \"$@\""
        return try Program.shell.run(
            ["-c", script, "sh", file.string, scratch.program.path.string] + words, in: scratch.path)
    }

    @Test func theDescriptorsReachTheContainer() throws {
        let outcome = try output(pid: "$$", in: TestBackend.scratchWithLibcrun())
        #expect(outcome.output == "1 1\nactivated")
    }

    @Test func thoseOfAnotherProcessDoNot() throws {
        let outcome = try output(pid: "1", in: TestBackend.scratchWithLibcrun())
        #expect(!outcome.output.contains("activated"))
    }
}

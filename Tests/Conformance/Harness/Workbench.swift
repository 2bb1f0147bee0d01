import Glibc
import NexcageSystem
import OCISpec
import SystemPackage

/// What a case works with: the runtime, a bundle and at most one container at a time.
final class Workbench {
    /// The program that is judged.
    let runtime: RuntimeUnderTest
    /// Where the run keeps its files.
    let place: Place
    /// The container's id.
    var id: String
    /// The bundle's directory.
    let bundle: FilePath
    /// The bundle's configuration, written at ``create(_:)``.
    var spec: RuntimeSpec
    /// Stands before the runtime's own words: `unshare -n`.
    var wrapper: [String] = []
    /// The container's process on the host, once it is created.
    var pid: Int32 = 0
    /// Files of the container's standard streams, without their suffix.
    var streams: FilePath?
    /// After how long a call of the runtime is given up.
    var timeout = Duration.seconds(60)
    /// Processes of ours that the case needs, ended with it.
    var helpers: [Int32] = []
    private var edits: [(path: ArraySlice<String>, value: JSONValue?)] = []
    private var callCount = 0
    private var ended: Int32?
    private var siblings: [Workbench] = []

    /// The root file system.
    var root: FilePath { bundle.appending("rootfs") }

    /// Makes the bundle.
    init(_ runtime: RuntimeUnderTest, _ place: Place, name: String) throws {
        self.runtime = runtime
        self.place = place
        id = "\(place.mark)-\(name)"
        bundle = place.path.appending(name)
        spec = .example()
        spec.hostname = nil
        spec.root = RootSpec(path: "rootfs")
        spec.process?.terminal = false
        spec.process?.rlimits = []
        spec.process?.args = ["/bin/sh", "-c", "sleep 1000"]
        try place.makeRoot(root)
    }

    /// A second bundle and container, taken away with this one.
    func sibling(_ name: String) throws -> Workbench {
        let other = try Workbench(runtime, place, name: "\(bundle.lastComponent?.string ?? "")-\(name)")
        siblings.append(other)
        return other
    }

    /// Sets a member of config.json that the typed document cannot say, or removes one.
    func set(_ path: String..., to value: JSONValue?) { edits.append((path[...], value)) }

    /// Writes config.json.
    func writeConfiguration() throws {
        var document = try JSONValue.decode(spec.encoded())
        for edit in edits { document.set(edit.path, to: edit.value) }
        try HostFile.replace(
            bundle.appending("config.json"), with: document.encoded(.pretty), mode: 0o644, durability: .boot)
    }

    /// Calls the runtime with files as its standard streams, because a container keeps those of its creator.
    func call(_ words: [String]) throws -> CallResult {
        callCount += 1
        let files = bundle.appending("call\(callCount)")
        let runtimeWords = [runtime.program.string, "--root", place.stateRoot.string] + runtime.flags + words
        var command = Command(
            "/bin/sh",
            ["-c", #"exec "$@" >"$0.out" 2>"$0.err" </dev/null"#, files.string] + wrapper + runtimeWords,
            environment: Self.environment)
        command.timeout = timeout
        let exitCode = try LiveCommandRunner().run(command).exitCode
        return CallResult(exitCode: exitCode, files: files)
    }

    /// PATH, and what nexcage is told by its environment.
    private static let environment: [String] = {
        var found = ["PATH=\(Environment.value(of: "PATH") ?? Command.searchPath)", "HOME=/root"]
        for name in ["NEXCAGE_CONFIG", "NEXCAGE_RUNTIME_DATA_PATH"] {
            if let value = Environment.value(of: name) { found.append("\(name)=\(value)") }
        }
        return found
    }()

    /// Waits for the end of the container's process.
    ///
    /// - Returns: its exit code; 128 + n after signal n, nil when another process is its parent.
    @discardableResult
    func wait() throws -> Int32? {
        if let ended { return ended }
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            var status: Int32 = 0
            switch waitpid(pid, &status, WNOHANG) {
            case pid:
                let signal = status & 0x7F
                ended = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
                return ended
            case -1 where kill(pid, 0) != 0: return nil
            default: usleep(500)
            }
        }
        throw Failure.broken("the container's process \(pid) did not end in a minute")
    }

    /// Forgets the container, so that the next one can be created.
    func forget() {
        pid = 0
        ended = nil
        streams = nil
    }

    /// Takes everything away that the case has made.
    func clear() throws {
        wrapper = []
        _ = try call(["delete", "--force", id])
        for helper in helpers where helper > 0 {
            kill(helper, SIGKILL)
            waitpid(helper, nil, 0)
        }
        if pid > 0, ended == nil {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        // Last, because the first process of a pid namespace does not end before the others in it are reaped.
        for other in siblings { try other.clear() }
    }
}

/// What a call of the runtime left behind.
struct CallResult {
    /// 128 + n after signal n.
    let exitCode: Int32
    /// Path of the files with its output, without their suffix.
    let files: FilePath

    /// Standard output, without the newline at its end.
    var output: String { procText(files.appending(suffix: ".out")) ?? "" }
    /// Standard error, likewise.
    var error: String { procText(files.appending(suffix: ".err")) ?? "" }
    /// Whether the runtime reported an error, and was not ended by a signal.
    var isRefusal: Bool { exitCode != 0 && !(129...192).contains(exitCode) }
    /// For messages.
    var summary: String {
        "exit code \(exitCode)\(error.isEmpty ? "" : ": \(error.lines.suffix(2).joined(separator: " / "))")"
    }
}

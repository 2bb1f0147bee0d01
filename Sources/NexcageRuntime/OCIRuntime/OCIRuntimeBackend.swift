public import NexcageSystem
public import OCISpec
internal import SystemPackage

/// Any program with runc's command line: runc itself, the crun command, youki, kata and their like.
public struct OCIRuntimeBackend: ExecutingBackend, PausableBackend, UpdatableBackend, ListingBackend,
    CheckpointableBackend, MeasurableBackend
{
    /// The word of the configuration.
    public let name: BackendName
    /// A directory.
    public let rootForm = RootForm.directory
    private let program: String
    private let runner: any CommandRunner

    /// A backend that calls a program.
    ///
    /// - Parameters:
    ///   - program: a path, or a name that is looked for in ``Command/searchPath`` when it is needed.
    public init(name: BackendName, program: String, runner: any CommandRunner) {
        self.name = name
        self.program = program
        self.runner = runner
    }

    /// Ready if the program exists.
    public func availability() -> BackendAvailability {
        let path: FilePath
        do throws(NexcageError) {
            path = try Command.locate(program)
        } catch {
            return .missing(reason: "\(error); install it or name its path in runtimes.\(name).path")
        }
        if program.hasSuffix("crun"), let obstacle = CgroupLayout.obstacleForCrun() {
            return .missing(reason: obstacle)
        }
        return .ready(detail: path.string)
    }

    /// The first line of `--version`, `runc version 1.1.5+ds1`.
    public func version() throws(NexcageError) -> String {
        let result = try runner.check(Command(try Command.locate(program), ["--version"]))
        let line = result.output.prefix { $0 != UInt8(ascii: "\n") }
        return String(decoding: line, as: UTF8.self)
    }

    /// Does nothing: the program that a container can reach is the runtime's, and that one protects itself.
    public func sealProcess() {}

    /// `PROGRAM create`; our standard streams become the container's.
    public func create(_ request: CreateRequest) throws(NexcageError) -> ProcessIdentity {
        try refuseUnknown(SpecMember.used(by: request.bundle.spec))
        let pidFile = LibcrunBackend.pidFile(of: request.container)
        var call = try command(request.container, OCIRuntimeArguments.create(request, pidFile: pidFile))
        call.passesStandardStreams()
        call.keptDescriptor = request.lockDescriptor
        try check(call, request.container)
        return try ProcessIdentity(readingPidFile: pidFile)
    }

    /// `PROGRAM start`.
    public func start(_ container: BackendContainer) throws(NexcageError) {
        try check(command(container, ["start", "\(container.id)"]), container)
    }

    /// What `PROGRAM state` says.
    public func hasStarted(_ container: BackendContainer) throws(NexcageError) -> Bool {
        let result = try check(command(container, ["state", "\(container.id)"]), container)
        do throws(JSONError) {
            return try ContainerState.decode(result.output).status != .created
        } catch {
            throw NexcageError(.failed, "\(program) state: \(error)")
        }
    }

    /// By pidfd, or `PROGRAM kill --all`.
    public func kill(
        _ container: BackendContainer, _ signal: Signal, everyProcess: Bool
    ) throws(NexcageError) {
        guard everyProcess else { return try container.signalInit(signal) }
        try check(command(container, ["kill", "--all", "\(container.id)", "\(signal.number)"]), container)
    }

    /// `PROGRAM delete`.
    public func delete(_ container: BackendContainer, force: Bool) throws(NexcageError) {
        let flags = force ? ["--force"] : []
        do throws(NexcageError) {
            try check(command(container, ["delete"] + flags + ["\(container.id)"]), container)
        } catch let error where force && error.description.contains("does not exist") {
            // crun reports what runc passes over: with force, gone is what was asked for.
        }
    }

    /// `PROGRAM exec --process`.
    public func exec(_ container: BackendContainer, _ request: ExecRequest) throws(NexcageError) -> Int32 {
        try refuseUnknown(SpecMember.used(by: request.process))
        let folder = container.stateRoot.appending("\(container.id)")
        let file = folder.appending("exec.\(ProcessIdentity.ownPid).json")
        try HostFile.replace(file, with: request.process.encoded(), durability: .boot)
        let result: CommandResult
        do throws(NexcageError) {
            var call = try command(container, OCIRuntimeArguments.exec(container.id, request, processFile: file))
            call.passesStandardStreams()
            result = try runner.run(call)
        } catch {
            try HostFile.remove(file)
            throw error
        }
        try HostFile.remove(file)
        // The program's own failures and the process's exit codes share one number; only the log tells them apart.
        if result.exitCode != 0, let complaint = try lastError(of: container) {
            throw NexcageError(Self.code(of: complaint), complaint).reported()
        }
        return result.exitCode
    }

    /// `PROGRAM pause`.
    public func pause(_ container: BackendContainer) throws(NexcageError) {
        try check(command(container, ["pause", "\(container.id)"]), container)
    }

    /// `PROGRAM resume`.
    public func resume(_ container: BackendContainer) throws(NexcageError) {
        try check(command(container, ["resume", "\(container.id)"]), container)
    }

    /// `PROGRAM update --resources`.
    public func update(_ container: BackendContainer, _ limits: LinuxResources) throws(NexcageError) {
        let file = container.stateRoot.appending("\(container.id)").appending("resources.json")
        try HostFile.replace(file, with: limits.encoded(), durability: .boot)
        try check(command(container, ["update", "--resources", file.string, "\(container.id)"]), container)
        try HostFile.remove(file)
    }

    /// `PROGRAM ps --format json`.
    public func processes(_ container: BackendContainer) throws(NexcageError) -> [Int32] {
        let result = try check(command(container, ["ps", "--format", "json", "\(container.id)"]), container)
        do throws(JSONError) {
            return try [Int32].decode(result.output).sorted()
        } catch {
            throw NexcageError(.failed, "\(program) ps: \(error)")
        }
    }

    /// `PROGRAM checkpoint`, without a timeout.
    public func checkpoint(_ container: BackendContainer, _ options: CheckpointOptions) throws(NexcageError) {
        var call = try command(container, OCIRuntimeArguments.checkpoint(container.id, options))
        call.timeout = nil
        try check(call, container)
    }

    /// `PROGRAM restore --detach`.
    public func restore(
        _ request: CreateRequest, _ options: CheckpointOptions
    ) throws(NexcageError) -> ProcessIdentity {
        let pidFile = LibcrunBackend.pidFile(of: request.container)
        var call = try command(
            request.container, OCIRuntimeArguments.restore(request, options, pidFile: pidFile))
        call.passesStandardStreams()
        try check(call, request.container)
        return try ProcessIdentity(readingPidFile: pidFile)
    }

    private func command(_ container: BackendContainer, _ verb: [String]) throws(NexcageError) -> Command {
        let log = Self.log(of: container)
        try HostFile.remove(log)
        let global = OCIRuntimeArguments.global(
            root: container.folder(of: name), log: log, systemdCgroup: container.systemdCgroup)
        var call = Command(try Command.locate(program), global + verb)
        call.environment = OCIRuntimeArguments.environment()
        return call
    }

    /// Runs a verb that has to succeed; its error is the last one of its log, else its complaint on stderr.
    @discardableResult
    private func check(_ command: Command, _ container: BackendContainer) throws(NexcageError) -> CommandResult {
        let result = try runner.run(command)
        guard result.exitCode != 0 else { return result }
        let complaint = try lastError(of: container) ?? result.complaint ?? "exit code \(result.exitCode)"
        let error = NexcageError(Self.code(of: complaint), "\(program): \(complaint)")
        throw command.error == .inherited ? error.reported() : error
    }

    private static func log(of container: BackendContainer) -> FilePath {
        container.stateRoot.appending("\(container.id)").appending("runtime.log")
    }

    private func lastError(of container: BackendContainer) throws(NexcageError) -> String? {
        let log = Self.log(of: container)
        guard HostFile.exists(log) else { return nil }
        let bytes = try HostFile.read(log, limit: 1 << 20)
        return OCIRuntimeLog.lastError(in: bytes)
    }

    private static func code(of complaint: String) -> ErrorCode {
        if complaint.contains("does not exist") { return .notFound }
        if complaint.contains("not running") { return .wrongState }
        return ProgramFailure.code(of: complaint) ?? .failed
    }
}

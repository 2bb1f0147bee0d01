internal import CLibcrun
internal import Glibc
public import NexcageSystem
public import OCISpec
internal import SystemPackage

/// libcrun, called in this process through its C functions.
///
/// libcrun forks: the process must have one thread and no Task, Dispatch or NIO before any of these calls (docs/adr/0001).
public struct LibcrunBackend: ExecutingBackend, PausableBackend, UpdatableBackend, ListingBackend,
    CheckpointableBackend, MeasurableBackend
{
    /// `crun`.
    public let name = BackendName.crun
    /// A directory.
    public let rootForm = RootForm.directory

    /// A backend; it keeps nothing between calls.
    public init() {}

    /// Whether libcrun is part of this build.
    public static var isBuiltIn: Bool { nxc_crun_available() }

    /// The linked release, `1.8.1`.
    public static var version: String { String(cString: nxc_crun_version()) }

    /// The same as a number that can be compared; 0.0.0 without libcrun.
    static var release: RuntimeRelease { RuntimeRelease(parsing: version) ?? RuntimeRelease(0, 0) }

    /// Ready if libcrun is linked and the host's control groups are mounted as it wants them.
    public func availability() -> BackendAvailability {
        guard Self.isBuiltIn else {
            return .missing(reason: "libcrun is not part of this build; run scripts/setup.sh and build again")
        }
        if let obstacle = CgroupLayout.obstacleForCrun() { return .missing(reason: obstacle) }
        return .ready(detail: "libcrun \(Self.version), in this process")
    }

    /// Re-executes the program, see ``NexcageSystem/ProcessImage/seal()``.
    public func sealProcess() throws(NexcageError) {
        try ProcessImage.seal()
    }

    /// Opens the FIFO at which libcrun's init waits.
    public func start(_ container: BackendContainer) throws(NexcageError) {
        try call(container) { context, failure in nxc_crun_start(&context, &failure) }
    }

    /// Whether that FIFO is gone.
    public func hasStarted(_ container: BackendContainer) throws(NexcageError) -> Bool {
        // libcrun removes the FIFO at which init waits as soon as it has opened it.
        !HostFile.exists(container.folder(of: name).appending("\(container.id)").appending("exec.fifo"))
    }

    /// By pidfd, or for every process by the container's cgroup.
    public func kill(
        _ container: BackendContainer, _ signal: Signal, everyProcess: Bool
    ) throws(NexcageError) {
        guard everyProcess else { return try container.signalInit(signal) }
        try call(container) { context, failure in nxc_crun_kill(&context, "\(signal.number)", true, &failure) }
    }

    /// libcrun's delete: cgroup, state and poststop hooks.
    public func delete(_ container: BackendContainer, force: Bool) throws(NexcageError) {
        try call(container) { context, failure in nxc_crun_delete(&context, force, &failure) }
    }

    /// libcrun's exec; attached, it takes over this process's signals until the end.
    public func exec(_ container: BackendContainer, _ request: ExecRequest) throws(NexcageError) -> Int32 {
        let release = Self.release
        let unknown = SpecMember.used(by: request.process).filter { !$0.isKnown(to: .crun, release) }
        // The new process inherits these from us, who do nothing from here on but wait for it.
        if unknown.contains(.execCPUAffinity) { try request.process.placeOnCPUs() }
        try request.process.place(nil, doing: unknown)
        let document = request.process.encoded()
        return try call(container, consoleSocket: request.consoleSocket, pidFile: request.pidFile) { context, failure in
            context.detach = request.detached
            context.preserve_fds = request.preservedDescriptors
            return document.withUnsafeBytes { json in
                var process = nxc_crun_process()
                process.json = json.baseAddress
                process.json_length = json.count
                return nxc_crun_exec(&context, &process, &failure)
            }
        }
    }

    /// Freezes the cgroup.
    public func pause(_ container: BackendContainer) throws(NexcageError) {
        try call(container) { context, failure in nxc_crun_pause(&context, &failure) }
    }

    /// Thaws the cgroup.
    public func resume(_ container: BackendContainer) throws(NexcageError) {
        try call(container) { context, failure in nxc_crun_resume(&context, &failure) }
    }

    /// Writes the limits to the cgroup.
    public func update(_ container: BackendContainer, _ limits: LinuxResources) throws(NexcageError) {
        let resources = limits.encoded()
        try call(container) { context, failure in
            resources.withUnsafeBytes { nxc_crun_update(&context, $0.baseAddress, $0.count, &failure) }
        }
        guard !SpecMember.cpuBurst.isKnown(to: .crun, Self.release), let process = container.process,
            let burst = limits.cpu?.burst
        else { return }
        try CgroupMembership(of: process).setBurst(burst)
    }

    /// The pids of the cgroup and of those below it.
    public func processes(_ container: BackendContainer) throws(NexcageError) -> [Int32] {
        var list: UnsafeMutablePointer<pid_t>?
        defer { free(list) }
        let count = try call(container) { context, failure in
            Int32(nxc_crun_pids(&context, true, &list, &failure))
        }
        return UnsafeBufferPointer(start: list, count: Int(count)).sorted()
    }

    /// Where create leaves the pid of init.
    static func pidFile(of container: BackendContainer) -> FilePath {
        container.stateRoot.appending("\(container.id)").appending("init.pid")
    }

    /// One call of libcrun: strings that live as long as the call, its failure as our error.
    @discardableResult
    func call(
        _ container: BackendContainer, consoleSocket: FilePath? = nil, pidFile: FilePath? = nil,
        _ body: (inout nxc_crun_context, inout nxc_crun_error) -> Int32
    ) throws(NexcageError) -> Int32 {
        var strings = CStrings()
        var failure = nxc_crun_error()
        var context = nxc_crun_context()
        context.state_root = strings.copy(container.folder(of: name))
        context.id = strings.copy(container.id.description)
        context.bundle = strings.copy(container.bundle)
        context.console_socket = strings.copy(consoleSocket)
        context.pid_file = strings.copy(pidFile)
        context.notify_socket = strings.copy(Environment.value(of: "NOTIFY_SOCKET").map { FilePath($0) })
        context.systemd_cgroup = container.systemdCgroup
        let result = body(&context, &failure)
        guard result >= 0 else { throw NexcageError(failure) }
        return result
    }
}

extension NexcageError {
    /// libcrun's report; its status is an error number, where it has one.
    init(_ failure: nxc_crun_error) {
        let text = withUnsafePointer(to: failure) { String(cString: nxc_crun_error_message($0)) }
        self.init(ProgramFailure.code(of: text) ?? .failed, text)
    }
}

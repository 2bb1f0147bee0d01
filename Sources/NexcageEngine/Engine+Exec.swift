public import NexcageRuntime
public import NexcageSystem
internal import OCISpec
public import SystemPackage

/// What `exec` is given on its command line; what is nil comes from the container's own process.
public struct ExecOptions: Sendable {
    /// The program and its arguments; empty if a process file says it all.
    public var arguments: [String] = []
    /// A file with an OCI `process` object, which then is all that counts.
    public var processFile: FilePath?
    /// Working directory.
    public var cwd: String?
    /// `NAME=value` entries on top of the container's.
    public var environment: [String] = []
    /// `UID[:GID]`.
    public var user: String?
    /// Further groups.
    public var additionalGroups: [UInt32] = []
    /// Capabilities on top of the container's.
    public var capabilities: [String] = []
    /// Forbids gaining privileges.
    public var noNewPrivileges = false
    /// AppArmor profile.
    public var apparmorProfile: String?
    /// SELinux label.
    public var processLabel: String?
    /// Whether the process gets a terminal.
    public var terminal = false
    /// Return once it runs.
    public var detached = false
    /// Where the terminal is sent.
    public var consoleSocket: FilePath?
    /// Where its pid is written.
    public var pidFile: FilePath?
    /// Descriptors 3 ..< 3 + n reach it.
    public var preservedDescriptors: Int32 = 0
    /// Also in a paused container.
    public var ignoresPause = false

    /// Options with nothing set.
    public init() {}
}

extension Engine {
    /// Runs a further process in a container.
    ///
    /// - Returns: its exit code, 0 if it is detached.
    public func exec(_ id: ContainerID, _ options: ExecOptions) throws(NexcageError) -> Int32 {
        let record = try store.read(id)
        switch try status(of: record) {
        case .creating, .stopped: throw NexcageError(.wrongState, "cannot exec in a stopped container")
        case .paused where !options.ignoresPause:
            throw NexcageError(
                .wrongState, "cannot exec in a paused container (use --ignore-paused to override)")
        case .created, .running, .paused: break
        }
        let process = try execProcess(options, in: record)
        var request = ExecRequest(process: process)
        request.terminal = process.terminal
        request.detached = options.detached
        request.consoleSocket = options.consoleSocket
        request.pidFile = options.pidFile
        request.preservedDescriptors = options.preservedDescriptors
        if process.terminal, options.detached, options.consoleSocket == nil {
            throw NexcageError(.invalid, "cannot allocate tty if runc will detach without setting console socket")
        }
        let backend = try ability((any ExecutingBackend).self, of: record, verb: "exec")
        try backend.sealProcess()
        return try backend.exec(container(record), request)
    }

    private func execProcess(_ options: ExecOptions, in record: ContainerRecord) throws(NexcageError) -> ProcessSpec {
        var process: ProcessSpec
        if let file = options.processFile {
            process = try Self.readProcess(file)
        } else {
            process = try inheritedProcess(of: record)
            try options.apply(to: &process)
        }
        if let violation = process.validate().first { throw NexcageError(.invalid, "\(violation)") }
        return process
    }

    private static func readProcess(_ file: FilePath) throws(NexcageError) -> ProcessSpec {
        // Engines pass pipes and descriptors here, so any kind of file has to do.
        let bytes = try HostFile.readStream(file, limit: 16 << 20)
        do throws(JSONError) {
            return try ProcessSpec.decode(bytes)
        } catch {
            throw NexcageError(.invalid, "\(quoted(file.string)): \(error)")
        }
    }

    private func inheritedProcess(of record: ContainerRecord) throws(NexcageError) -> ProcessSpec {
        guard let process = try Bundle(at: record.bundle).spec.process else {
            throw NexcageError(
                .invalid, "the bundle of container \"\(record.id)\" has no process to take defaults from")
        }
        return process
    }
}

extension ExecOptions {
    /// Puts what was said on the command line over the container's own process, as runc does.
    func apply(to process: inout ProcessSpec) throws(NexcageError) {
        guard !arguments.isEmpty else { throw NexcageError(.usage, "exec needs a command or --process") }
        process.args = arguments
        process.terminal = terminal
        process.consoleSize = nil
        process.env += environment
        if let cwd { process.cwd = cwd }
        if let user { try Self.apply(user: user, to: &process.user) }
        process.user.additionalGids += additionalGroups
        if let apparmorProfile { process.apparmorProfile = apparmorProfile }
        if let processLabel { process.selinuxLabel = processLabel }
        if noNewPrivileges { process.noNewPrivileges = true }
        addCapabilities(to: &process)
    }

    /// `UID[:GID]`, both plain numbers: nothing is looked up in the container's files (CVE-2026-30892).
    private static func apply(user: String, to target: inout UserSpec) throws(NexcageError) {
        let parts = user.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let uid = UInt32(parts[0]), uid != .max else {
            throw NexcageError(.invalid, "invalid user \(quoted(user)): expected UID or UID:GID")
        }
        target.uid = uid
        target.username = nil
        // Groups that the container's own user is in are no right of this one.
        target.additionalGids = []
        guard parts.count == 2 else { return }
        guard let gid = UInt32(parts[1]), gid != .max else {
            throw NexcageError(.invalid, "invalid user \(quoted(user)): expected UID or UID:GID")
        }
        target.gid = gid
    }

    private func addCapabilities(to process: inout ProcessSpec) {
        guard !capabilities.isEmpty else { return }
        var sets = process.capabilities ?? CapabilitySets()
        // Never into the inheritable set (CVE-2022-29162); ambient follows so that a user other than root has them too.
        for capability in capabilities {
            for list in [\CapabilitySets.bounding, \.effective, \.permitted]
            where !sets[keyPath: list].contains(capability) {
                sets[keyPath: list].append(capability)
            }
        }
        process.capabilities = sets
    }
}

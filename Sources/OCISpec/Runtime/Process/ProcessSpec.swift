/// The process of a container, or of `exec` (config.md, "Process").
public struct ProcessSpec: Equatable, Sendable {
    /// Whether the process gets a pseudo-terminal as its standard streams.
    public var terminal = false
    /// Size of the terminal; ignored without one.
    public var consoleSize: ConsoleSize?
    /// The user as whom the process runs.
    public var user: UserSpec = UserSpec()
    /// The program and its arguments, never passed to a shell.
    public var args: [String] = []
    /// The environment as `NAME=value`.
    public var env: [String] = []
    /// Absolute path of the working directory; empty when the document does not say.
    public var cwd: String = ""
    /// The capabilities that are kept; absent, the runtime's default.
    public var capabilities: CapabilitySets?
    /// The limits of setrlimit(2).
    public var rlimits: [ResourceLimit] = []
    /// Whether execve(2) may no longer give privileges.
    public var noNewPrivileges = false
    /// Name of the AppArmor profile.
    public var apparmorProfile: String?
    /// Value for `/proc/PID/oom_score_adj`, -1000 to 1000.
    public var oomScoreAdj: Int32?
    /// Scheduling of sched_setattr(2).
    public var scheduler: SchedulerSpec?
    /// SELinux context.
    public var selinuxLabel: String?
    /// Priority of ioprio_set(2).
    public var ioPriority: IOPrioritySpec?
    /// CPUs for a process that `exec` adds.
    public var execCPUAffinity: ExecCPUAffinity?

    /// A process of root in `/` without arguments.
    public init() {}
}

extension ProcessSpec: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "terminal": terminal = try reader.value()
            case "consoleSize": consoleSize = try reader.value()
            case "user": user = try reader.value()
            case "args": args = try reader.value()
            case "env": env = try reader.value()
            case "cwd": cwd = try reader.value()
            case "capabilities": capabilities = try reader.value()
            case "rlimits": rlimits = try reader.value()
            case "noNewPrivileges": noNewPrivileges = try reader.value()
            case "apparmorProfile": apparmorProfile = try reader.value()
            case "oomScoreAdj": oomScoreAdj = try reader.value()
            case "scheduler": scheduler = try reader.value()
            case "selinuxLabel": selinuxLabel = try reader.value()
            case "ioPriority": ioPriority = try reader.value()
            case "execCPUAffinity": execCPUAffinity = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("terminal", ifTrue: terminal)
        writer.member("consoleSize", consoleSize)
        writer.member("user", user)
        writer.member("args", unlessEmpty: args)
        writer.member("env", unlessEmpty: env)
        writer.member("cwd", cwd)
        writer.member("capabilities", capabilities)
        writer.member("rlimits", unlessEmpty: rlimits)
        writer.member("noNewPrivileges", ifTrue: noNewPrivileges)
        writer.member("apparmorProfile", apparmorProfile)
        writer.member("oomScoreAdj", oomScoreAdj)
        writer.member("scheduler", scheduler)
        writer.member("selinuxLabel", selinuxLabel)
        writer.member("ioPriority", ioPriority)
        writer.member("execCPUAffinity", execCPUAffinity)
        writer.endObject()
    }
}

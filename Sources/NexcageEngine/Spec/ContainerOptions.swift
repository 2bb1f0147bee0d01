/// What a user asks for beyond the image: the flags of `run` and `create`.
///
/// Everything but the name has a value that means "as the image says" or "as is usual".
public struct ContainerOptions: Sendable {
    /// The container's name; its hostname too unless ``hostname`` says otherwise.
    public var name: String
    /// The words behind the image: they replace the image's Cmd. Empty: the image's.
    public var command: [String] = []
    /// Replaces the image's Entrypoint and drops its Cmd. Nil: the image's; empty: none.
    public var entrypoint: [String]?
    /// Put over the image's variables, name by name; of two with one name the last wins.
    public var environment: [EnvironmentVariable] = []
    /// Absolute. Nil: the image's, else `/`.
    public var workingDirectory: String?
    /// `name|uid[:group|gid]`, resolved in the container's file system. Nil: the image's, else root.
    public var user: String?
    /// Nil: the container's name.
    public var hostname: String?
    /// The bind mounts; one whose destination is that of a usual mount replaces it.
    public var volumes: [VolumeArgument] = []
    /// Limit of the memory. Nil or zero: none.
    public var memory: ByteSize?
    /// Limit of the CPU time. Nil: none.
    public var cpus: CPUCount?
    /// Limit of the processes and threads. Nil or zero: none.
    public var pidsLimit: Int64?
    /// Whether the process gets a terminal.
    public var terminal = false
    /// Whether the root file system is read-only.
    public var readOnly = false
    /// Whether the process may gain no privileges through execve(2).
    public var noNewPrivileges = false
    /// Whether system calls are filtered by the usual profile.
    public var filtersSystemCalls = true
    /// Whether the container shares the host's network instead of having one of its own with nothing but `lo`.
    public var hostNetwork = false
    /// What the process may do as root.
    public var capabilities = CapabilityPolicy.usual
    /// Annotations of the container; they win over those made from the image.
    public var annotations: [String: String] = [:]
    /// Labels: kept as annotations, over the image's labels of the same name.
    public var labels: [String: String] = [:]

    /// Options that change nothing.
    public init(name: String) {
        self.name = name
    }
}

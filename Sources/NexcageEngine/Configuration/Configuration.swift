public import Logging
public import NexcageRuntime
public import NexcageSystem
public import SystemPackage

/// Everything that can be configured; each property is documented by its ``ConfigurationKey``.
public struct Configuration: Sendable {
    /// Which backend serves a container that no rule matches.
    public var defaultRuntime = RuntimeChoice.automatic
    /// The routing rules of the file, in order.
    public var routing: [RoutingRule] = []
    /// Backends to try, in order, when the chosen one is missing.
    public var fallback: [BackendName] = []
    /// Programs with runc's command line, by backend name.
    public var runtimePrograms: [BackendName: String] = [:]
    /// The boot-scoped state root.
    public var stateRoot: FilePath = "/run/nexcage"
    /// The durable root: images, snapshots, containers.
    public var dataRoot: FilePath = "/var/lib/nexcage"
    /// The storage driver, `auto` or its name.
    public var storageDriver = "auto"
    /// Where log lines go besides the messages on stderr.
    public var logPath: FilePath?
    /// Which lines are written.
    public var logLevel = Logger.Level.warning
    /// How they look.
    public var logFormat = LogFormat.text
    /// The pct program of a Proxmox node.
    public var pctPath: FilePath = "/usr/sbin/pct"
    /// The name of the Proxmox node; empty is this host's.
    public var proxmoxNode = ""
    /// How long a Proxmox program may take, in seconds.
    public var proxmoxTimeout: Int64 = 30

    /// The defaults.
    public init() {}

    /// Infrastructure pods need the host's namespaces, which only crun and runc can share.
    public static let builtInRouting = [
        RoutingRule(glob: "kube-ovn-*", to: .crun), RoutingRule(glob: "cilium-*", to: .crun),
    ]

    /// Where the file is looked for; never in the working directory.
    public static let defaultPath: FilePath = "/etc/nexcage/config.json"
}

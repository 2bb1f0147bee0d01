internal import NexcageRuntime
public import NexcageSystem
public import OCISpec

extension Engine {
    /// The version of nexcage.
    public static let version = "0.1.0"

    /// What the runtime can do (features.md): the document's members speak for the default backend, and an annotation for
    /// each backend lists its verbs, read off the protocols that it conforms to.
    public func features() throws(NexcageError) -> Features {
        var features = Features()
        features.ociVersionMin = "1.0.0"
        features.ociVersionMax = RuntimeSpec.currentVersion
        features.hooks = ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"]
        features.mountOptions = Self.mountOptions
        features.linux = linuxFeatures
        features.annotations["io.nexcage.version"] = Self.version
        for name in backends.names {
            let backend = try backends.backend(name)
            features.annotations["io.nexcage.backend.\(name).verbs"] = backend.verbs.joined(separator: ",")
            switch backend.availability() {
            case .ready(let detail): features.annotations["io.nexcage.backend.\(name).ready"] = detail
            case .missing(let reason): features.annotations["io.nexcage.backend.\(name).missing"] = reason
            }
        }
        return features
    }

    private var linuxFeatures: LinuxFeatures {
        var linux = LinuxFeatures()
        linux.namespaces = ["cgroup", "ipc", "mount", "network", "pid", "user", "uts"]
        linux.capabilities = CapabilityPolicy.allNames
        var cgroup = CgroupFeatures()
        cgroup.v1 = true
        cgroup.v2 = true
        cgroup.systemd = true
        cgroup.systemdUser = true
        linux.cgroup = cgroup
        var seccomp = SeccompFeatures()
        seccomp.enabled = true
        seccomp.actions = [
            "SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD",
            "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY", "SCMP_ACT_TRACE", "SCMP_ACT_TRAP",
        ]
        seccomp.operators = [
            "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_LE", "SCMP_CMP_LT", "SCMP_CMP_MASKED_EQ",
            "SCMP_CMP_NE",
        ]
        linux.seccomp = seccomp
        linux.apparmor = FeatureSwitch(enabled: true)
        linux.selinux = FeatureSwitch(enabled: true)
        linux.intelRdt = nil
        return linux
    }

    /// The options that libcrun turns into mount flags (libcrun 1.8.1, mount_flags.c), sorted.
    private static let mountOptions = [
        "async", "atime", "bind", "copy-symlink", "defaults", "dev", "diratime", "dirsync", "exec", "iversion",
        "lazytime",
        "loud", "mand", "noatime", "nodev", "nodiratime", "noexec", "noiversion", "nolazytime", "nomand", "norelatime",
        "nostrictatime", "nosuid", "private", "rbind", "relatime", "remount", "ro", "rprivate", "rshared", "rslave",
        "runbindable", "rw", "shared", "silent", "slave", "strictatime", "suid", "sync", "tmpcopyup", "unbindable",
    ]
}

extension RuntimeBackend {
    /// The verbs that the conformances stand for.
    var verbs: [String] {
        var verbs = ["create", "start", "state", "kill", "delete", "run", "list", "stop"]
        if self is any ExecutingBackend { verbs.append("exec") }
        if self is any PausableBackend { verbs += ["pause", "resume"] }
        if self is any UpdatableBackend { verbs.append("update") }
        if self is any ListingBackend { verbs.append("ps") }
        if self is any MeasurableBackend { verbs.append("events") }
        if self is any CheckpointableBackend { verbs += ["checkpoint", "restore"] }
        return verbs
    }
}

internal import NexcageRuntime
public import NexcageSystem
public import OCISpec

extension Engine {
    /// The version of nexcage.
    public static let version = "0.1.0"

    /// What the runtime can do (features.md): the document's members speak for the crun backend, and annotations for each
    /// backend list its verbs, read off the protocols that it conforms to, and the members of config.json that it refuses.
    public func features() throws(NexcageError) -> Features {
        var features = Features()
        features.ociVersionMin = "1.0.0"
        features.ociVersionMax = RuntimeSpec.currentVersion
        features.hooks = ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"]
        features.mountOptions = LibcrunBackend.mountOptions
        var linux = LibcrunBackend.linuxFeatures
        linux.capabilities = CapabilityPolicy.allNames
        features.linux = linux
        features.potentiallyUnsafeConfigAnnotations = LibcrunBackend.unsafeAnnotations
        features.annotations["io.nexcage.version"] = Self.version
        for name in backends.names { try describe(backends.backend(name), in: &features.annotations) }
        return features
    }

    private func describe(
        _ backend: any RuntimeBackend, in annotations: inout [String: String]
    ) throws(NexcageError) {
        let prefix = "io.nexcage.backend.\(backend.name)"
        annotations["\(prefix).verbs"] = backend.verbs.joined(separator: ",")
        switch backend.availability() {
        case .missing(let reason):
            annotations["\(prefix).missing"] = reason
        case .ready(let detail):
            annotations["\(prefix).ready"] = detail
            guard let backend = backend as? any RefusingBackend else { return }
            annotations["\(prefix).refuses"] = try backend.refusedMembers().joined(separator: ",")
        }
    }
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

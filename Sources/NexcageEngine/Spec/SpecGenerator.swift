public import NexcageSystem
public import OCISpec

/// Makes the configuration of a container from an image's configuration and a user's options.
///
/// What comes out is complete and as tight as what docker and podman make: own namespaces, fourteen capabilities, a system
/// call filter, the tell-tale parts of /proc and /sys hidden. The image is not trusted: none of its values names a path of
/// the host, and its labels do not become annotations that runtimes act on.
public struct SpecGenerator: Sendable {
    let configuration: ImageConfiguration?
    let options: ContainerOptions

    /// Takes what the configuration is made of; nothing is checked yet.
    ///
    /// - Parameter configuration: nil for a root file system that came without one.
    public init(configuration: ImageConfiguration?, options: ContainerOptions) {
        self.configuration = configuration
        self.options = options
    }

    /// What the image says about its containers; nothing if it does not.
    var image: ImageDefaults { configuration?.config ?? ImageDefaults() }

    /// Makes the configuration.
    ///
    /// Rlimits are left as they are: raising one needs CAP_SYS_RESOURCE, which a host that is a guest itself may lack.
    /// The image's volumes get no mount of their own; their directories are part of the root.
    ///
    /// - Parameters:
    ///   - rootPath: the root file system for the runtime: absolute, or relative to the bundle.
    ///   - rootfs: the same, to look up the user in; read only.
    /// - Throws: `invalid` for a value that makes no sense, `notFound` for a user, group or volume that is not there.
    public func makeSpec(rootPath: String, rootfs: borrowing RootDirectory) throws(NexcageError) -> RuntimeSpec {
        try makeSpec(rootPath: rootPath, accounts: AccountDatabase(in: rootfs))
    }

    func makeSpec(rootPath: String, accounts: AccountDatabase) throws(NexcageError) -> RuntimeSpec {
        let user = try ContainerUser(options.user ?? image.user ?? "", in: accounts)
        // Nothing newer than this version is used, so that runtimes of any age take it.
        var spec = RuntimeSpec(ociVersion: "1.0.2")
        spec.process = try process(user)
        spec.root = RootSpec(path: rootPath, readonly: options.readOnly)
        spec.hostname = try hostname()
        spec.mounts = try mounts()
        spec.annotations = annotations()
        spec.linux = linux()
        return spec
    }
}

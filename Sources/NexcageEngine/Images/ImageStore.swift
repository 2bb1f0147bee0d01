internal import NexcageImages
internal import NexcageRuntime
internal import NexcageStorage
internal import NexcageSystem
internal import OCISpec
internal import SystemPackage

/// The durable side of containers that come from images: layers that they share, and a folder for each of them.
///
///     <data root>/snapshots/<driver>/…          layers by ChainID, and each container's own
///     <data root>/containers/<id>/config.json   the bundle
///     <data root>/containers/<id>/rootfs        where its root is mounted
///     <data root>/containers/<id>/output.log    what a detached one prints
struct ImageStore {
    private let dataRoot: FilePath
    private let driver: String

    init(_ configuration: Configuration) {
        dataRoot = configuration.dataRoot
        driver = configuration.storageDriver
    }

    func folder(of id: ContainerID) -> FilePath {
        dataRoot.appending("containers").appending("\(id)")
    }

    func outputFile(of id: ContainerID) -> FilePath {
        folder(of: id).appending("output.log")
    }

    /// Where the monitor of a detached container writes the exit code of its first process.
    func exitFile(of id: ContainerID) -> FilePath {
        folder(of: id).appending("exit-code")
    }

    private func mountPoint(of id: ContainerID) -> FilePath {
        folder(of: id).appending("rootfs")
    }

    /// The key of a container's own layer.
    static func snapshotKey(of id: ContainerID) -> String {
        "container \(id)"
    }

    /// The image that a reference names, with its layers unpacked.
    ///
    /// - Throws: before anything is made, if the reference or the image is wrong.
    func open(
        _ text: String, _ context: Context, report: @escaping @Sendable (ImageProgress) -> Void
    ) throws(NexcageError) -> ImageSource {
        let reference = try ImageReference(parsing: text)
        guard let reader = try reference.reader() else { return try Self.directory(reference) }
        let image = try ImageResolver().resolve(reference, in: reader)
        let snapshots = try chosenSnapshotter()
        let parent = try Self.unpack(image, from: reader, into: snapshots, context, report)
        return ImageSource(
            configuration: image.configuration, manifestDigest: image.manifestDigest.description,
            driver: type(of: snapshots).name, parent: parent, directory: nil)
    }

    private static func directory(_ reference: ImageReference) throws(NexcageError) -> ImageSource {
        guard case .rootfs(let place) = reference else {
            throw NexcageError(.unsupported, "image \(quoted(reference.description)) cannot be read")
        }
        let path = try HostDirectory.absolute(place)
        guard HostDirectory.isDirectory(path) else {
            throw NexcageError(.notFound, "root file system \(quoted(path.string)) is not a directory")
        }
        return ImageSource(configuration: nil, manifestDigest: nil, driver: nil, parent: nil, directory: path)
    }

    private static func unpack(
        _ image: ResolvedImage, from reader: some ContentReader, into snapshots: some Snapshotter,
        _ context: Context, _ report: @escaping @Sendable (ImageProgress) -> Void
    ) throws(NexcageError) -> String {
        try ImageUnpacker(into: snapshots).unpack(image, from: reader) { step in
            switch step.stage {
            case .present: break
            case .reading(let bytes):
                report(ImageProgress(layer: step.layer, layerCount: step.layerCount, bytes: bytes, size: step.size))
            case .unpacked(let layer):
                for warning in layer.warnings { context.logger.warning("layer \(step.layer): \(warning)") }
                context.reached(.unpackLayerApplied)
            }
        }
    }

    /// The word of the driver that new containers get.
    func driverInUse() throws(NexcageError) -> String {
        type(of: try chosenSnapshotter()).name
    }

    /// The driver of the configuration; `auto` is overlay wherever the kernel has it.
    private func chosenSnapshotter() throws(NexcageError) -> any Snapshotter {
        guard driver == "auto" else {
            let chosen = try snapshotter(driver)
            try chosen.checkAvailability()
            return chosen
        }
        let overlay = try snapshotter(OverlaySnapshotter.name)
        do throws(NexcageError) {
            try overlay.checkAvailability()
            return overlay
        } catch let error where error.code == .unavailable {
            return try snapshotter(DirectorySnapshotter.name)
        }
    }

    private func snapshotter(_ name: String) throws(NexcageError) -> any Snapshotter {
        let root = dataRoot.appending("snapshots").appending(name)
        try HostDirectory.create(root)
        switch name {
        case OverlaySnapshotter.name: return OverlaySnapshotter(root: root)
        case DirectorySnapshotter.name: return DirectorySnapshotter(root: root)
        default: throw NexcageError(.unsupported, "storage driver \(quoted(name)) is not part of this version")
        }
    }

    /// Makes a container's folder and its root.
    ///
    /// - Returns: the root file system.
    func prepare(_ id: ContainerID, _ source: ImageSource, _ context: Context) throws(NexcageError) -> FilePath {
        try HostDirectory.create(folder(of: id).removingLastComponent())
        guard try HostDirectory.createNew(folder(of: id)) else {
            throw NexcageError(
                .alreadyExists,
                "container with id \"\(id)\" already exists: \(quoted(folder(of: id).string)) belongs to another state root"
            )
        }
        if let directory = source.directory { return directory }
        guard let driver = source.driver else { throw NexcageError(.failed, "the image has no layers") }
        let snapshots = try snapshotter(driver)
        try snapshots.prepare(Self.snapshotKey(of: id), parent: source.parent)
        context.reached(.createSnapshotPrepared)
        let root = mountPoint(of: id)
        try HostDirectory.create(root)
        for mount in try snapshots.mounts(Self.snapshotKey(of: id)) { try mount.attach(below: root) }
        context.reached(.createMounted)
        return root
    }

    func makeSpec(
        _ source: ImageSource, root: FilePath, options: ContainerOptions
    ) throws(NexcageError) -> RuntimeSpec {
        let files = try RootDirectory(root)
        let path = source.directory == nil ? "rootfs" : root.string
        return try SpecGenerator(configuration: source.configuration, options: options)
            .makeSpec(rootPath: path, rootfs: files)
    }

    func writeBundle(_ spec: RuntimeSpec, for id: ContainerID) throws(NexcageError) {
        try HostFile.replace(
            folder(of: id).appending("config.json"), with: spec.encoded(.pretty) + [0x0A], durability: .boot)
    }

    func unmount(_ id: ContainerID) throws(NexcageError) {
        try HostMount.unmount(mountPoint(of: id))
    }

    func removeSnapshot(_ origin: ImageOrigin) throws(NexcageError) {
        guard let driver = origin.snapshotDriver, let key = origin.snapshotKey else { return }
        try snapshotter(driver).remove(key)
    }

    func removeFolder(of id: ContainerID) throws(NexcageError) {
        try HostDirectory.removeTree(folder(of: id))
    }
}

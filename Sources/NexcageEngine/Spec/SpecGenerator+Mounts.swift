internal import NexcageSystem
internal import OCISpec

extension SpecGenerator {
    /// The usual mounts, each replaced by the volume that has its destination, and the other volumes behind them: parents
    /// before what lies below them, whatever the order of the flags.
    func mounts() throws(NexcageError) -> [MountSpec] {
        let volumes = try options.volumes.enumerated().sorted { first, second in
            let depths = (first.element.destination.components.count, second.element.destination.components.count)
            return depths.0 == depths.1 ? first.offset < second.offset : depths.0 < depths.1
        }.map { (_, volume) throws(NexcageError) in try Self.mount(volume) }
        for (index, volume) in volumes.enumerated()
        where volumes[..<index].contains(where: { $0.destination == volume.destination }) {
            throw NexcageError(.usage, "volume: \(quoted(volume.destination)) is the destination of two volumes")
        }
        let usual = Self.usualMounts.map { mount in volumes.first { $0.destination == mount.destination } ?? mount }
        return usual + volumes.filter { !usual.contains($0) }
    }

    private static func mount(_ volume: VolumeArgument) throws(NexcageError) -> MountSpec {
        guard HostFile.exists(volume.source) else {
            throw NexcageError(
                .notFound, "volume source \(quoted(volume.source.string)) does not exist; create it first")
        }
        return MountSpec(
            destination: volume.destination.string, type: "bind", source: volume.source.string,
            options: volume.options)
    }

    private static let usualMounts: [MountSpec] = [
        usual("/proc", "proc", ["nosuid", "noexec", "nodev"]),
        usual("/dev", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        // Group 5 is tty in every distribution; grantpt(3) of old C libraries insists on it.
        usual("/dev/pts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]),
        usual("/dev/shm", "tmpfs", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"], source: "shm"),
        usual("/dev/mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
        usual("/sys", "sysfs", ["nosuid", "noexec", "nodev", "ro"]),
        usual("/sys/fs/cgroup", "cgroup", ["nosuid", "noexec", "nodev", "relatime", "ro"]),
    ]

    private static func usual(
        _ destination: String, _ type: String, _ options: [String], source: String? = nil
    ) -> MountSpec {
        MountSpec(destination: destination, type: type, source: source ?? type, options: options)
    }
}

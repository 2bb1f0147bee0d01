internal import CNexcageSystem
public import SystemPackage

extension RootDirectory {
    /// A mount that is attached nowhere: only the holder of its descriptor can look into it, and it goes away with that,
    /// also when the process is killed.
    public struct DetachedMount: ~Copyable {
        private let handle: OwnedDescriptor

        /// Clones the mount of a directory, with what is mounted below it: a bind mount.
        public init(binding path: FilePath) throws(NexcageError) {
            handle = try OwnedDescriptor(
                checking: path.withPlatformString { nxc_tree_clone($0, 1) }, "bind", path.string)
        }

        /// Mounts overlayfs.
        ///
        /// - Parameters:
        ///   - lower: the directories below, nearest first.
        ///   - upper: where changes go; nil for a mount that cannot be written to, which needs two lower directories.
        ///   - work: a directory for overlayfs itself, on the file system of `upper`.
        ///   - options: further options, `key=value` or a flag.
        /// - Throws: the error number with the kernel's own words about it.
        public init(
            overlay lower: [FilePath], upper: FilePath?, work: FilePath?, options: [String] = []
        ) throws(NexcageError) {
            var context = try OverlayContext()
            // index and metacopy would put marks into the upper directory that only mean something with the same options.
            for option in ["index=off", "metacopy=off"] + options { try context.set(option: option) }
            try context.setLayers(lower: lower, upper: upper, work: work)
            handle = try context.mount()
        }

        /// Forbids writing through the mount.
        public borrowing func makeReadOnly() throws(NexcageError) {
            guard nxc_mount_read_only(handle.descriptor.rawValue) == 0 else {
                throw NexcageError.system("make mount read-only", nil, .current)
            }
        }

        /// Attaches the mount to a directory; it stays there when this value ends.
        public consuming func attach(at target: FilePath) throws(NexcageError) {
            let result = target.withPlatformString { nxc_mount_attach(handle.descriptor.rawValue, $0) }
            guard result == 0 else { throw NexcageError.system("mount on", target, .current) }
        }

        /// Gives the mount away as the root of a tree.
        public consuming func root() -> RootDirectory {
            RootDirectory(handle)
        }
    }
}

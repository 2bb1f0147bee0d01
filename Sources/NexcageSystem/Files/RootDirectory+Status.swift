internal import CNexcageSystem
public import Glibc

extension RootDirectory {
    /// What kind of file a name is.
    public enum Kind: Sendable, Equatable {
        /// A regular file.
        case file
        /// A directory.
        case directory
        /// A symbolic link.
        case symbolicLink
        /// A character device.
        case characterDevice
        /// A block device.
        case blockDevice
        /// A FIFO.
        case fifo
        /// A socket.
        case socket
    }

    /// stat(2) of a name, links not followed.
    public struct Status: Sendable {
        /// What it is.
        public let kind: Kind
        /// Permission bits with set-uid, set-gid and sticky.
        public let mode: mode_t
        /// Owner.
        public let owner: uid_t
        /// Group.
        public let group: gid_t
        /// Content in bytes; length of the target for a link.
        public let size: Int64
        /// Space it takes, in bytes.
        public let allocated: Int64
        /// How many names it has.
        public let linkCount: UInt64
        /// Its number on ``fileSystem``.
        public let inode: UInt64
        /// The device number of the file system that it lies on.
        public let fileSystem: dev_t
        /// The device that a device node stands for.
        public let device: dev_t
        /// When its content changed.
        public let modified: timespec

        init(_ status: stat) {
            kind =
                switch status.st_mode & S_IFMT {
                case S_IFDIR: .directory
                case S_IFLNK: .symbolicLink
                case S_IFCHR: .characterDevice
                case S_IFBLK: .blockDevice
                case S_IFIFO: .fifo
                case S_IFSOCK: .socket
                default: .file
                }
            mode = status.st_mode & 0o7777
            owner = status.st_uid
            group = status.st_gid
            size = Int64(status.st_size)
            allocated = Int64(status.st_blocks) * 512
            linkCount = UInt64(status.st_nlink)
            inode = UInt64(status.st_ino)
            fileSystem = status.st_dev
            device = status.st_rdev
            modified = status.st_mtim
        }
    }
}

extension dev_t {
    /// The number of a device, put together as this host's kernel has it.
    public static func device(_ major: UInt32, _ minor: UInt32) -> dev_t {
        dev_t(nxc_device(major, minor))
    }
}

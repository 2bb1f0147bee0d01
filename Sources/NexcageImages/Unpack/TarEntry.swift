/// One entry of a tar archive, all its headers put together.
struct TarEntry {
    /// What kind of file it is.
    enum Kind: Equatable {
        case file
        case hardLink
        case symbolicLink
        case directory
        case fifo
        /// A socket, which only the `SCHILY.filetype` record can say.
        case socket
        case characterDevice(major: UInt32, minor: UInt32)
        case blockDevice(major: UInt32, minor: UInt32)
    }

    var kind = Kind.file
    /// The bytes of the name, as they stand in the archive.
    var path: [UInt8] = []
    /// The bytes of a link's target.
    var linkTarget: [UInt8] = []
    /// Permission bits with set-uid, set-gid and sticky.
    var mode: UInt32 = 0
    var owner: UInt32 = 0
    var group: UInt32 = 0
    /// Bytes of content; 0 for anything but a file.
    var size: Int64 = 0
    /// Seconds since 1970, which may be negative, and nanoseconds on top.
    var modified: (seconds: Int, nanoseconds: Int) = (0, 0)
    /// Extended attributes in the order of the archive.
    var attributes: [(key: [UInt8], value: [UInt8])] = []
}

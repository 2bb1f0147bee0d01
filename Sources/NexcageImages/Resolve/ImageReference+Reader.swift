public import NexcageSystem

extension ImageReference {
    /// The name of the image in its place: a tag or, in a docker archive, a name; nil if the user gave none.
    public var name: String? {
        switch self {
        case .layout(_, let tag), .layoutArchive(_, let tag): tag
        case .dockerArchive(_, let name): name
        case .rootfs: nil
        }
    }

    /// Opens the place that the reference names.
    ///
    /// - Returns: nil for a root file system, which has nothing to read: it is used where it lies.
    /// - Throws: `notFound` if there is no such place; else what the reader's initialiser throws.
    public func reader() throws(NexcageError) -> (any ContentReader)? {
        switch self {
        case .layout(let path, _): try LayoutDirectory(path)
        case .layoutArchive(let path, _): try LayoutArchive(path)
        case .dockerArchive(let path, _): try DockerArchive(path)
        case .rootfs: nil
        }
    }
}

public import NexcageSystem
public import OCISpec
public import SystemPackage

/// An OCI image layout in a directory (image-spec image-layout.md).
///
/// Every file is looked up inside the directory: a symbolic link in a layout that came from elsewhere cannot show a file
/// of the host.
public struct LayoutDirectory: ContentReader {
    /// The directory.
    public let path: FilePath

    /// Checks that the directory holds a layout of the version that is known.
    ///
    /// - Throws: `notFound` if there is no such directory, `invalid` if it is no layout.
    public init(_ path: FilePath) throws(NexcageError) {
        self.path = path
        let root = try RootDirectory(path)
        do throws(NexcageError) {
            let marker = try root.readFile(
                RootDirectory.Path(ImageLayoutFile.marker), limit: ImageLayoutFile.markerLimit)
            try ImageLayoutFile.checkMarker(marker)
        } catch {
            throw NexcageError(.invalid, "\(quoted(path.string)) is not an OCI image layout: \(error)")
        }
    }

    /// The image with this value of `org.opencontainers.image.ref.name` in `index.json`.
    public func resolve(_ name: String?) throws(NexcageError) -> Descriptor {
        let index = try RootDirectory(path).readFile(
            RootDirectory.Path(ImageLayoutFile.index), limit: ImageResolver.documentLimit)
        return try ImageLayoutFile.resolve(name, index: index)
    }

    /// Opens the file below `blobs/`.
    public func open(_ descriptor: Descriptor) throws(NexcageError) -> BlobHandle {
        let name = ImageLayoutFile.blob(descriptor.digest)
        let file = try RootDirectory(path).openFile(RootDirectory.Path(name))
        return try BlobHandle(whole: file, name: name)
    }
}

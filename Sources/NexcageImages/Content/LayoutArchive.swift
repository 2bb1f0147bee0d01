public import NexcageSystem
public import OCISpec
public import SystemPackage

/// An OCI image layout in an uncompressed tar file, as `skopeo copy … oci-archive:` and `podman save` write it.
///
/// The archive is indexed once and read where it lies.
public struct LayoutArchive: ContentReader {
    /// The tar file.
    public let path: FilePath
    private let files: ArchiveIndex

    /// Indexes the archive and checks that it holds a layout of the version that is known.
    ///
    /// - Throws: `notFound` if there is no such file, `invalid` if it holds no layout, `integrity` for a hostile archive,
    ///   `unsupported` for one that is compressed as a whole.
    public init(_ path: FilePath) throws(NexcageError) {
        self.path = path
        files = try ArchiveIndex(path, links: .refused)
        do throws(NexcageError) {
            try ImageLayoutFile.checkMarker(files.read(ImageLayoutFile.marker, limit: ImageLayoutFile.markerLimit))
        } catch {
            throw NexcageError(.invalid, "\(quoted(path.string)) is not an OCI image layout: \(error)")
        }
    }

    /// The image with this value of `org.opencontainers.image.ref.name` in `index.json`.
    public func resolve(_ name: String?) throws(NexcageError) -> Descriptor {
        try ImageLayoutFile.resolve(
            name, index: files.read(ImageLayoutFile.index, limit: ImageResolver.documentLimit))
    }

    /// Opens the file below `blobs/`.
    public func open(_ descriptor: Descriptor) throws(NexcageError) -> BlobHandle {
        try files.open(ImageLayoutFile.blob(descriptor.digest))
    }
}

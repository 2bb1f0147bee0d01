public import NexcageSystem
public import OCISpec

/// A place that images come from: a layout directory, an archive, later a registry or the local store.
///
/// Content is asked for by descriptor, so that whoever reads it can check it. A reader says what is there; it vouches for
/// nothing. What is not on this host yet a reader downloads to a file without a name and hands that out.
public protocol ContentReader: Sendable {
    /// The descriptor of the manifest or index that `name` stands for.
    ///
    /// - Parameter name: a tag or an image's name, as the place has them; nil for the only image there.
    /// - Throws: `notFound` with the names there are; `invalid` if the place is not what it should be.
    func resolve(_ name: String?) throws(NexcageError) -> Descriptor

    /// Opens the content behind a descriptor. Size and digest are not compared yet.
    ///
    /// - Throws: `notFound` if it is not there.
    func open(_ descriptor: Descriptor) throws(NexcageError) -> BlobHandle
}

extension ContentReader {
    /// The whole of a small document, after its size and then its digest were found right.
    ///
    /// - Parameter limit: how many bytes are accepted, whatever the descriptor says.
    /// - Throws: `integrity` if the content is not what the descriptor promises or too large.
    public func read(_ descriptor: Descriptor, limit: Int) throws(NexcageError) -> [UInt8] {
        guard descriptor.size <= limit else {
            throw NexcageError(
                .integrity,
                "\(descriptor.digest) has \(descriptor.size) bytes, more than the \(limit) that are accepted")
        }
        let bytes = if let data = descriptor.data { data } else { try open(descriptor).read(limit: limit) }
        guard bytes.count == descriptor.size else {
            throw NexcageError(
                .integrity, "\(descriptor.digest) has \(bytes.count) bytes, but its descriptor says \(descriptor.size)")
        }
        try descriptor.digest.verify(bytes)
        return bytes
    }
}

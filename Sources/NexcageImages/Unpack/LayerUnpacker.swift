public import NexcageSystem
public import OCISpec

/// Unpacks one layer: from the bytes of its blob to files in a tree, verified, in one pass.
///
/// ```swift
/// try snapshots.ensureCommitted(layer.chainID, parent: parent) {
///     (root: borrowing RootDirectory) throws(NexcageError) in
///     report = try LayerUnpacker().unpack(BlobSource(blob), layer.descriptor, diffID: layer.diffID, into: root)
/// }
/// ```
public struct LayerUnpacker: Sendable {
    /// What a layer may cost.
    public var limits: LayerLimits

    /// Makes an unpacker.
    public init(limits: LayerLimits = LayerLimits()) {
        self.limits = limits
    }

    /// Applies a layer to a tree that shows the layers below it.
    ///
    /// - Parameters:
    ///   - raw: the bytes of the blob.
    ///   - descriptor: what the manifest says of it.
    ///   - diffID: the digest of its tar, from the image configuration.
    ///   - root: the tree; worthless if this throws, since files appear before the digests are known to be right.
    /// - Throws: `integrity` if the layer is not what it should be or tries to leave the root; `failed` if there is not
    ///   enough space, before anything is written.
    public func unpack<Raw: ByteSource & ~Copyable>(
        _ raw: consuming Raw, _ descriptor: Descriptor, diffID: Digest, into root: borrowing RootDirectory
    ) throws(NexcageError) -> LayerReport {
        do throws(NexcageError) {
            try checkSpace(for: descriptor, in: root)
            let stream = try LayerStream(raw, descriptor: descriptor, diffID: diffID, limits: limits)
            var reader = TarReader(stream, limits: limits)
            let report = try LayerApplier.apply(&reader, to: root)
            try reader.end().finish()
            return report
        } catch {
            throw error.wrapped("unpack layer \(descriptor.digest)")
        }
    }

    /// A tar is hardly ever smaller than its blob, and its files hardly ever smaller than the tar.
    private func checkSpace(for descriptor: Descriptor, in root: borrowing RootDirectory) throws(NexcageError) {
        let free = try root.freeBytes()
        guard UInt64(clamping: descriptor.size) <= free else {
            throw NexcageError(.failed, "it needs more than \(descriptor.size) bytes, and \(free) are free")
        }
    }
}

public import NexcageStorage
public import NexcageSystem

/// Unpacks an image's layers into snapshots, each on top of the one below it and each once, however many images share it.
///
/// ```swift
/// let image = try ImageResolver().resolve(reference, in: reader)
/// let top = try ImageUnpacker(into: snapshots).unpack(image, from: reader) { progress in draw(progress) }
/// try snapshots.prepare("web", parent: top)
/// ```
public struct ImageUnpacker<Snapshots: Snapshotter>: Sendable {
    /// Where the layers go.
    public let snapshots: Snapshots
    private let unpacker: LayerUnpacker

    /// An unpacker into a snapshotter.
    ///
    /// - Parameter limits: what a layer may cost.
    public init(into snapshots: Snapshots, limits: LayerLimits = LayerLimits()) {
        self.snapshots = snapshots
        unpacker = LayerUnpacker(limits: limits)
    }

    /// Makes sure that every layer of the image has its committed snapshot, keyed by its ChainID.
    ///
    /// A layer that is there already is not read again. Of several processes that want one layer, one unpacks it and the
    /// others wait. When a layer fails, nothing of it is left; the layers below it stay and serve the next attempt.
    ///
    /// - Parameters:
    ///   - image: what ``ImageResolver`` found.
    ///   - reader: where it found it.
    ///   - report: is called as the work goes on, on the calling thread.
    /// - Returns: the key of the uppermost snapshot, the parent for a container's own.
    /// - Throws: `integrity` for a layer that is not what it should be; always with the image and the layer's number.
    @discardableResult
    public func unpack(
        _ image: ResolvedImage, from reader: some ContentReader,
        report: @escaping (UnpackProgress) -> Void = { _ in }
    ) throws(NexcageError) -> String {
        let top = image.topChainID.description
        // What was committed keeps everything below it alive, so that the usual case costs one look.
        if let record = try snapshots.record(top), record.kind == .committed, record.state == .ready {
            for number in 1...image.layers.count { report(UnpackProgress(image, number, .present)) }
            return top
        }
        var parent: String?
        for (index, layer) in image.layers.enumerated() {
            let key = layer.chainID.description
            do throws(NexcageError) {
                let isNew = try snapshots.ensureCommitted(key, parent: parent) {
                    (root: borrowing RootDirectory) throws(NexcageError) in
                    try unpack(layer, from: reader, into: root) { report(UnpackProgress(image, index + 1, $0)) }
                }
                if !isNew { report(UnpackProgress(image, index + 1, .present)) }
            } catch {
                let place = "layer \(index + 1) of \(image.layers.count)"
                throw error.wrapped(place).wrapped("unpack image \(quoted(image.reference.description))")
            }
            parent = key
        }
        return top
    }

    private func unpack(
        _ layer: ImageLayer, from reader: some ContentReader, into root: borrowing RootDirectory,
        report: @escaping (UnpackProgress.Stage) -> Void
    ) throws(NexcageError) {
        let blob = BlobSource(try reader.open(layer.descriptor))
        let counted = CountingSource(blob) { report(.reading(bytes: $0)) }
        report(.unpacked(try unpacker.unpack(counted, layer.descriptor, diffID: layer.diffID, into: root)))
    }
}

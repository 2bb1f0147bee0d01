public import NexcageSystem

/// The bytes of an open blob, from its beginning.
public struct BlobSource: ByteSource, ~Copyable {
    private let blob: BlobHandle
    private let buffer = ByteBuffer()
    private var position: Int64 = 0

    /// Takes over a blob.
    public init(_ blob: consuming BlobHandle) {
        self.blob = blob
    }

    /// See ``ByteSource/next()``.
    public mutating func next() throws(NexcageError) -> UnsafeRawBufferPointer {
        let count = try blob.read(at: position, into: buffer.bytes)
        position += Int64(count)
        return buffer.prefix(count)
    }
}

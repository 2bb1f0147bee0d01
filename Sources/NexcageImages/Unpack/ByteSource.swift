public import NexcageSystem

/// Bytes that are pulled, chunk by chunk: a blob, a download, an inflated layer.
public protocol ByteSource: ~Copyable {
    /// The next bytes, as many as are at hand; empty at the end, and then at each further call.
    ///
    /// The buffer belongs to the source and is valid until the next call.
    mutating func next() throws(NexcageError) -> UnsafeRawBufferPointer
}

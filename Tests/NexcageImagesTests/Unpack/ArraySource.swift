import NexcageImages
import NexcageSystem

/// The bytes of an array, handed out in chunks of a chosen size: small ones split headers and names in odd places.
struct ArraySource: ByteSource, ~Copyable {
    private let bytes: UnsafeMutableRawBufferPointer
    private let chunk: Int
    private var position = 0

    init(_ content: [UInt8], chunk: Int = 1 << 20) {
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 1)
        bytes.copyBytes(from: content)
        self.chunk = chunk
    }

    mutating func next() throws(NexcageError) -> UnsafeRawBufferPointer {
        let end = min(position + chunk, bytes.count)
        defer { position = end }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<end])
    }

    deinit { bytes.deallocate() }
}

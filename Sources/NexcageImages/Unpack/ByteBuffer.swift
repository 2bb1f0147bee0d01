/// Memory of a fixed size that is filled again and again.
struct ByteBuffer: ~Copyable {
    /// The size that makes system calls rare and still fits a second-level cache.
    static let chunk = 1 << 20

    let bytes: UnsafeMutableRawBufferPointer

    init(count: Int = ByteBuffer.chunk) {
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
    }

    /// The first bytes, for readers.
    func prefix(_ count: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[..<count])
    }

    deinit { bytes.deallocate() }
}

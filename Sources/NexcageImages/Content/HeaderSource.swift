internal import NexcageSystem

/// Hands a tar archive to a reader that only wants the headers: what the reader passes over is not read at all.
///
/// Headers come block by block, so that after each entry ``place`` is where its content begins. The content is then made
/// up: the reader, which throws it away, gets as many bytes of nothing as it has to skip.
struct HeaderSource: ByteSource, ~Copyable {
    /// Where the source is; shared with whoever gives the source to a reader.
    final class Place {
        /// Offset of the next block in the file.
        var offset: Int64 = 0
        /// How many bytes from there are content that nobody wants.
        var toSkip: Int64 = 0
    }

    let place: Place
    private let file: BlobHandle
    private let block = ByteBuffer(count: TarHeader.blockSize)
    /// Neither written nor read: it costs addresses, not memory.
    private let nothing = ByteBuffer()

    init(_ file: consuming BlobHandle, _ place: Place) {
        self.file = file
        self.place = place
    }

    mutating func next() throws(NexcageError) -> UnsafeRawBufferPointer {
        if place.toSkip > 0 {
            let count = Int(min(place.toSkip, Int64(nothing.bytes.count)))
            place.toSkip -= Int64(count)
            place.offset += Int64(count)
            return nothing.prefix(count)
        }
        let count = try file.read(at: place.offset, into: block.bytes)
        place.offset += Int64(count)
        return block.prefix(count)
    }
}

internal import NexcageSystem

/// Reads a tar archive in one pass: ustar, pax with global headers, GNU long names and base-256 numbers.
///
/// Names are handed out as the bytes that the archive has; nothing about them is checked here.
struct TarReader<Source: ByteSource & ~Copyable>: ~Copyable {
    private var source: Source
    private let limits: LayerLimits
    private var window = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Holds a header that the source hands out in two parts.
    private let split = ByteBuffer(count: TarHeader.blockSize)
    /// Content of the current entry that nobody has read yet, and the filling behind it.
    private var contentLeft: Int64 = 0
    private var paddingLeft: Int64 = 0
    private var globals = PAXRecords()
    private var headers = 0

    init(_ source: consuming Source, limits: LayerLimits = LayerLimits()) {
        self.source = source
        self.limits = limits
    }

    /// The next entry; what is left of the last one's content is skipped. nil at the end of the archive.
    mutating func next() throws(NexcageError) -> TarEntry? {
        var extended: [UInt8] = []
        var longPath: [UInt8]?
        var longTarget: [UInt8]?
        while true {
            try skipContent()
            guard let block = try nextBlock(), !TarHeader.isEnd(block) else { return nil }
            headers += 1
            guard headers <= limits.entries else {
                throw NexcageError(.integrity, "the layer has more than \(limits.entries) entries")
            }
            let header = try TarHeader(block)
            switch header.type {
            case UInt8(ascii: "x"): extended = try extendedHeader(header)
            case UInt8(ascii: "g"): try globals.add(extendedHeader(header))
            case UInt8(ascii: "L"): longPath = Array(try extendedHeader(header).prefix { $0 != 0 })
            case UInt8(ascii: "K"): longTarget = Array(try extendedHeader(header).prefix { $0 != 0 })
            default:
                var records = globals
                try records.add(extended)
                var entry = try TarEntry(header, records, longPath: longPath, longTarget: longTarget)
                if entry.kind != .file { entry.size = 0 }
                setContent(entry.size)
                return entry
            }
        }
    }

    /// Hands out the content of the entry that ``next()`` returned last, chunk by chunk.
    mutating func readContent(
        _ body: (UnsafeRawBufferPointer) throws(NexcageError) -> Void
    ) throws(NexcageError) {
        while contentLeft > 0 {
            if window.isEmpty { try refill() }
            let count = Int(min(Int64(window.count), contentLeft))
            try body(UnsafeRawBufferPointer(rebasing: window[..<count]))
            advance(count)
            contentLeft -= Int64(count)
        }
    }

    /// Gives the source back, to read and verify what is behind the archive.
    consuming func end() -> Source {
        source
    }

    private mutating func extendedHeader(_ header: TarHeader) throws(NexcageError) -> [UInt8] {
        let size = try header.size()
        guard size <= limits.extendedHeaderBytes else {
            throw NexcageError(.integrity, "an extended header of the tar has \(size) bytes")
        }
        setContent(size)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(size))
        while contentLeft > 0 {
            if window.isEmpty { try refill() }
            let count = Int(min(Int64(window.count), contentLeft))
            bytes.append(contentsOf: window[..<count])
            advance(count)
            contentLeft -= Int64(count)
        }
        return bytes
    }

    private mutating func setContent(_ size: Int64) {
        let block = Int64(TarHeader.blockSize)
        contentLeft = size
        paddingLeft = (block - size % block) % block
    }

    private mutating func skipContent() throws(NexcageError) {
        while contentLeft > 0 {
            if window.isEmpty { try refill() }
            contentLeft -= skip(upTo: contentLeft)
        }
        // `umoci insert` leaves out the filling behind the last entry, and with it the empty blocks.
        while paddingLeft > 0 {
            if window.isEmpty { window = try source.next() }
            guard !window.isEmpty else { break }
            paddingLeft -= skip(upTo: paddingLeft)
        }
        paddingLeft = 0
    }

    private mutating func skip(upTo limit: Int64) -> Int64 {
        let count = Int(min(Int64(window.count), limit))
        advance(count)
        return Int64(count)
    }

    /// The next block, or nil if the archive ends here without its two empty blocks, as some do.
    private mutating func nextBlock() throws(NexcageError) -> UnsafeRawBufferPointer? {
        let size = TarHeader.blockSize
        if window.count >= size {
            defer { advance(size) }
            return UnsafeRawBufferPointer(rebasing: window[..<size])
        }
        var filled = 0
        while filled < size {
            if window.isEmpty {
                window = try source.next()
                if window.isEmpty, filled == 0 { return nil }
                guard !window.isEmpty else { throw Self.truncated }
            }
            let count = min(window.count, size - filled)
            split.bytes[filled..<filled + count].copyBytes(from: window[..<count])
            advance(count)
            filled += count
        }
        return split.prefix(size)
    }

    private mutating func refill() throws(NexcageError) {
        window = try source.next()
        guard !window.isEmpty else { throw Self.truncated }
    }

    private mutating func advance(_ count: Int) {
        window = UnsafeRawBufferPointer(rebasing: window[count...])
    }

    private static var truncated: NexcageError { NexcageError(.integrity, "the tar ends in the middle of an entry") }
}

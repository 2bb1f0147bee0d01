internal import NexcageSystem

/// One block of 512 bytes that begins an entry: ustar (POSIX.1-1988), GNU or the old format without a magic.
struct TarHeader {
    static let blockSize = 512

    private let block: UnsafeRawBufferPointer

    /// Looks at a block.
    ///
    /// - Throws: `integrity` if its checksum is wrong.
    init(_ block: UnsafeRawBufferPointer) throws(NexcageError) {
        self.block = block
        // The checksum counts its own field as spaces. Some old programs added signed bytes.
        var sum = 0
        var signed = 0
        for index in 0..<Self.blockSize {
            let byte = 148..<156 ~= index ? 0x20 : block[index]
            sum += Int(byte)
            signed += Int(Int8(bitPattern: byte))
        }
        let stored = try number(148..<156, "checksum")
        guard stored == sum || stored == signed else {
            throw NexcageError(.integrity, "the checksum of a tar header is wrong")
        }
    }

    /// Whether a block is one of the two that end an archive.
    static func isEnd(_ block: UnsafeRawBufferPointer) -> Bool {
        block.allSatisfy { $0 == 0 }
    }

    /// The letter that says what the entry is.
    var type: UInt8 { block[156] }

    /// The name, put together from both of ustar's fields.
    var path: [UInt8] {
        let name = text(0..<100)
        // GNU's magic is "ustar  ", and it keeps other things where the prefix would be.
        guard block[257..<263].elementsEqual("ustar\0".utf8), block[345] != 0 else { return name }
        return text(345..<500) + [0x2F] + name
    }

    /// The target of a link.
    var linkTarget: [UInt8] { text(157..<257) }

    func size() throws(NexcageError) -> Int64 {
        let size = try number(124..<136, "size")
        guard size >= 0 else { throw NexcageError(.integrity, "a tar header has a negative size") }
        return Int64(size)
    }

    func mode() throws(NexcageError) -> UInt32 { UInt32(truncatingIfNeeded: try number(100..<108, "mode")) & 0o7777 }

    func owner() throws(NexcageError) -> Int { try number(108..<116, "uid") }

    func group() throws(NexcageError) -> Int { try number(116..<124, "gid") }

    func modified() throws(NexcageError) -> Int { try number(136..<148, "mtime") }

    func device() throws(NexcageError) -> (major: UInt32, minor: UInt32) {
        let major = try number(329..<337, "devmajor")
        let minor = try number(337..<345, "devminor")
        guard let major = UInt32(exactly: major), let minor = UInt32(exactly: minor) else {
            throw NexcageError(.integrity, "a tar header has an impossible device number")
        }
        return (major, minor)
    }

    private func text(_ range: Range<Int>) -> [UInt8] {
        Array(block[range].prefix { $0 != 0 })
    }

    /// Octal digits, or with the top bit set a big-endian number of two's complement (GNU's base-256).
    private func number(_ range: Range<Int>, _ field: StaticString) throws(NexcageError) -> Int {
        let first = block[range.lowerBound]
        if first & 0x80 != 0 { return try binary(range, field) }
        var value = 0
        var index = range.lowerBound
        while index < range.upperBound, block[index] == 0x20 { index += 1 }
        while index < range.upperBound, block[index] != 0, block[index] != 0x20 {
            let digit = block[index]
            guard 0x30...0x37 ~= digit else {
                throw NexcageError(.integrity, "the \(field) of a tar header is not a number")
            }
            value = value << 3 | Int(digit & 7)
            index += 1
        }
        return value
    }

    private func binary(_ range: Range<Int>, _ field: StaticString) throws(NexcageError) -> Int {
        let first = block[range.lowerBound]
        // The bit below the marker is the sign.
        var value = Int(first & 0x7F)
        if first & 0x40 != 0 { value -= 0x80 }
        for index in range.dropFirst() {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 256)
            guard !overflow else { throw NexcageError(.integrity, "the \(field) of a tar header is too large") }
            value = shifted + Int(block[index])
        }
        return value
    }
}

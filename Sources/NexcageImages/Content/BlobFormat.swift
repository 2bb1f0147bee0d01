/// How bytes are packed, told by the first of them.
enum BlobFormat: Equatable {
    /// Not compressed in a way that is known here; a tar, it is to be hoped.
    case plain
    case gzip
    case zstd
    /// Compressed in a way that no image has: bzip2 or xz.
    case foreign

    /// How many bytes the decision needs.
    static let prefixLength = 6

    init(_ prefix: [UInt8]) {
        self =
            if prefix.starts(with: [0x1F, 0x8B]) {
                .gzip
            } else if prefix.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
                .zstd
            } else if prefix.starts(with: Array("BZh".utf8)) || prefix.starts(with: [0xFD] + Array("7zXZ".utf8)) {
                .foreign
            } else {
                .plain
            }
    }
}

package import NexcageSystem
package import OCISpec

extension Digest {
    /// The digest of bytes in memory.
    package static func sha256(of bytes: [UInt8]) throws(NexcageError) -> Digest {
        try of(bytes, .sha256)
    }

    /// The digest of the content of a file.
    static func sha256(of blob: consuming BlobHandle) throws(NexcageError) -> Digest {
        var source = BlobSource(blob)
        var hasher = try DigestHasher(.sha256)
        while true {
            let chunk = try source.next()
            if chunk.isEmpty { return try hasher.finish() }
            hasher.update(chunk)
        }
    }

    /// Compares the digest of bytes in memory with this one.
    ///
    /// - Throws: `integrity` if they differ.
    func verify(_ bytes: [UInt8]) throws(NexcageError) {
        let found = try Self.of(bytes, algorithm)
        guard found == self else { throw NexcageError(.integrity, "\(self) has the digest \(found)") }
    }

    /// The ChainID of a layer on top of others (image-spec config.md, "Layer ChainID").
    static func chain(_ below: Digest, _ diffID: Digest) throws(NexcageError) -> Digest {
        try sha256(of: Array("\(below) \(diffID)".utf8))
    }

    private static func of(_ bytes: [UInt8], _ algorithm: Algorithm) throws(NexcageError) -> Digest {
        var hasher = try DigestHasher(algorithm)
        bytes.withUnsafeBytes { hasher.update($0) }
        return try hasher.finish()
    }
}

internal import CGcrypt
public import NexcageSystem
public import OCISpec

/// Computes a digest while the bytes pass by, with libgcrypt, which uses the processor's own SHA instructions.
public struct DigestHasher: ~Copyable {
    private let handle: gcry_md_hd_t
    private let algorithm: Digest.Algorithm

    /// Initialises the library at the first look, once: two threads may not do it at a time.
    private static let libraryIsReady = gcry_check_version(nil) != nil

    /// Begins an empty digest.
    ///
    /// - Throws: `unavailable` if libgcrypt refuses the algorithm, as it may by a host's policy.
    public init(_ algorithm: Digest.Algorithm) throws(NexcageError) {
        guard Self.libraryIsReady else {
            throw NexcageError(.unavailable, "libgcrypt does not accept the version that nexcage was built with")
        }
        var handle: gcry_md_hd_t?
        let status = gcry_md_open(&handle, algorithm.gcrypt, 0)
        guard status == 0, let handle else {
            let reason = String(cString: gcry_strerror(status))
            throw NexcageError(.unavailable, "hash with \(algorithm.rawValue): libgcrypt: \(reason)")
        }
        self.handle = handle
        self.algorithm = algorithm
    }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        gcry_md_write(handle, bytes.baseAddress, bytes.count)
    }

    /// Ends it.
    public consuming func finish() throws(NexcageError) -> Digest {
        guard let hash = gcry_md_read(handle, algorithm.gcrypt) else {
            throw NexcageError(.failed, "hash with \(algorithm.rawValue): libgcrypt has no result")
        }
        do {
            return try Digest(algorithm, hash: Array(UnsafeBufferPointer(start: hash, count: algorithm.byteCount)))
        } catch {
            throw NexcageError(.failed, error.description)
        }
    }

    deinit { gcry_md_close(handle) }
}

extension Digest.Algorithm {
    fileprivate var gcrypt: Int32 {
        switch self {
        case .sha256: Int32(GCRY_MD_SHA256.rawValue)
        case .sha512: Int32(GCRY_MD_SHA512.rawValue)
        }
    }
}

/// The identity of content: an algorithm and its hash in hexadecimal (image-spec descriptor.md, "Digests").
///
/// A value of this type is well formed: nothing in it can leave the directory that it names a file of.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The algorithms that nexcage can verify. What it cannot verify it refuses.
    public enum Algorithm: String, CaseIterable, Sendable {
        /// SHA-256
        case sha256
        /// SHA-512
        case sha512

        /// Length of the hash in bytes.
        public var byteCount: Int {
            switch self {
            case .sha256: 32
            case .sha512: 64
            }
        }
    }

    /// The algorithm.
    public let algorithm: Algorithm
    /// The hash in lower-case hexadecimal.
    public let encoded: String

    /// Reads `sha256:…`; an unknown algorithm, a wrong length or an upper-case letter is an error.
    public init(parsing text: String) throws(DigestError) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw DigestError(text, .noAlgorithm) }
        guard let algorithm = Algorithm(rawValue: String(text[..<colon])) else {
            throw DigestError(text, .unsupportedAlgorithm)
        }
        let encoded = text[text.utf8.index(after: colon)...]
        guard encoded.utf8.count == 2 * algorithm.byteCount else { throw DigestError(text, .wrongLength(algorithm)) }
        guard encoded.utf8.allSatisfy(Self.isLowerHex) else { throw DigestError(text, .notLowerHex) }
        self.algorithm = algorithm
        self.encoded = String(encoded)
    }

    /// Wraps a hash that has just been computed.
    public init(_ algorithm: Algorithm, hash: [UInt8]) throws(DigestError) {
        let digits = Array("0123456789abcdef".utf8)
        let encoded = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
        try self.init(parsing: "\(algorithm.rawValue):\(String(decoding: encoded, as: UTF8.self))")
    }

    /// The whole digest, `sha256:…`.
    public var description: String {
        "\(algorithm.rawValue):\(encoded)"
    }

    private static func isLowerHex(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
    }
}

extension Digest: JSONDecodable, JSONEncodable {
    /// Reads a digest from a string.
    public init(json reader: inout JSONReader) throws(JSONError) {
        reader.skipWhitespace()
        let start = reader.position
        let text = try reader.string()
        do {
            try self.init(parsing: text)
        } catch {
            throw reader.error(error.description, at: start)
        }
    }

    /// Writes the digest as a string.
    public func encode(to writer: inout JSONWriter) {
        writer.string(description)
    }
}

/// Why a text is not a digest.
public struct DigestError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// There is no colon.
        case noAlgorithm
        /// The algorithm cannot be verified.
        case unsupportedAlgorithm
        /// The hash is too short or too long for its algorithm.
        case wrongLength(Digest.Algorithm)
        /// The hash has a character other than 0-9 and a-f.
        case notLowerHex
    }

    /// The text.
    public let text: String
    /// What is wrong with it.
    public let reason: Reason

    init(_ text: String, _ reason: Reason) {
        self.text = text
        self.reason = reason
    }

    /// The whole sentence, with the text shortened: it comes from outside.
    public var description: String {
        let message =
            switch reason {
            case .noAlgorithm: "there is no algorithm before a colon"
            case .unsupportedAlgorithm: "the algorithm is not supported, expected sha256 or sha512"
            case .wrongLength(let algorithm):
                "\(algorithm.rawValue) needs \(2 * algorithm.byteCount) hexadecimal digits"
            case .notLowerHex: "the hash has characters other than 0-9 and a-f"
            }
        return "\(text.quoted) is not a digest: \(message)"
    }
}

import Testing

@testable import OCISpec

@Suite struct DigestTests {
    @Test func `a digest is read and printed`() throws {
        let digest = try Digest(parsing: Fixtures.digest)
        #expect(digest.algorithm == .sha256)
        #expect(digest.encoded == String(repeating: "0a", count: 32))
        #expect(digest.description == Fixtures.digest)
        #expect(try Digest(.sha256, hash: Array(repeating: 10, count: 32)) == digest)
        #expect(try Digest(parsing: "sha512:" + String(repeating: "f", count: 128)).algorithm == .sha512)
    }

    private static let refused: [(text: String, reason: DigestError.Reason)] = [
        ("", .noAlgorithm), ("abc", .noAlgorithm), (":abc", .unsupportedAlgorithm),
        ("sha1:\(zeros(40))", .unsupportedAlgorithm), ("SHA256:\(zeros(64))", .unsupportedAlgorithm),
        ("sha256:\(zeros(63))", .wrongLength(.sha256)), ("sha256:\(zeros(65))", .wrongLength(.sha256)),
        ("sha512:\(zeros(64))", .wrongLength(.sha512)), ("sha256:A\(zeros(63))", .notLowerHex),
        ("sha256:../../\(zeros(58))", .notLowerHex), ("sha256:é\(zeros(62))", .notLowerHex),
    ]

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

    @Test(arguments: refused)
    func `what is not a digest is refused`(text: String, reason: DigestError.Reason) {
        do {
            _ = try Digest(parsing: text)
            Issue.record("\(text) was accepted")
        } catch {
            #expect(error.reason == reason)
            #expect(error.description.contains("is not a digest: "))
        }
    }

    @Test func `an error in a document says where`() {
        let text = #"{"mediaType":"a","size":1,"digest":"md5:1"}"#
        do {
            _ = try Descriptor.decode(Array(text.utf8))
            Issue.record("the digest was accepted")
        } catch {
            #expect(
                error.description == "line 1, column 36: \"digest\": \"md5:1\" is not a digest: "
                    + "the algorithm is not supported, expected sha256 or sha512")
        }
    }
}

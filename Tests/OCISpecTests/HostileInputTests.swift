import Testing

@testable import OCISpec

/// Documents come from registries, bundles and peers: whatever the bytes, decoding returns or throws.
@Suite struct HostileInputTests {
    private static let documents = [
        Fixtures.runtimeSpec, Fixtures.index, Fixtures.manifest, Fixtures.configuration,
    ]

    /// Whether the document's own type accepts the bytes; the tree of any value has to survive them as well.
    private func accepts(_ bytes: [UInt8], as document: Int) -> Bool {
        func decodes<Value: JSONDecodable>(_: Value.Type) -> Bool {
            do {
                _ = try Value.decode(bytes)
                return true
            } catch {
                return error.line < 1 || error.column < 1
            }
        }
        _ = decodes(JSONValue.self)
        return switch document {
        case 0: decodes(RuntimeSpec.self)
        case 1: decodes(ImageIndex.self)
        case 2: decodes(ImageManifest.self)
        default: decodes(ImageConfiguration.self)
        }
    }

    @Test(arguments: documents.indices)
    func `every prefix of a document is an error`(document: Int) {
        let bytes = Array(Self.documents[document].utf8)
        #expect(accepts(bytes, as: document))
        for count in 0..<bytes.count {
            #expect(!accepts(Array(bytes[..<count]), as: document), "the first \(count) bytes were accepted")
        }
    }

    @Test(arguments: documents.indices)
    func `mutated documents never crash, and what is accepted can be written and read again`(document: Int) throws {
        let original = Array(Self.documents[document].utf8)
        let alphabet = Array("{}[]\",:\\u0-19.eEntf \u{0}\u{1F}".utf8) + [0x80, 0xC0, 0xED, 0xF4, 0xFF]
        var random = SplitMix64(state: UInt64(document) + 1)
        for _ in 0..<5_000 {
            var bytes = original
            for _ in 0...Int(random.next() % 3) {
                let place = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 4 {
                case 0: bytes[place] = alphabet[Int(random.next() % UInt64(alphabet.count))]
                case 1: bytes[place] ^= 1 << (random.next() % 8)
                case 2: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(Int(random.next() % 16)), at: place)
                }
            }
            guard accepts(bytes, as: document) else { continue }
            let value = try JSONValue.decode(bytes)
            #expect(try JSONValue.decode(value.encoded()) == value)
            if document == 0 {
                let spec = try RuntimeSpec.decode(bytes)
                _ = spec.validate()
                #expect(try RuntimeSpec.decode(spec.encoded()) == spec)
            }
        }
    }
}

/// A generator with a fixed seed, so that a failure can be repeated.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

import Glibc
import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageImages

@Suite struct LayerStreamTests {
    /// A tar of some size that does not compress to nothing.
    private static let tar: [UInt8] = {
        var archive = LayerArchive()
        var state: UInt32 = 1
        for number in 0..<40 {
            let words = (0..<8000).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return String(state >> 20, radix: 36)
            }
            archive.file("f\(number)", words.joined(separator: " "))
        }
        return archive.finished
    }()

    private static func digest(_ bytes: [UInt8], _ algorithm: Digest.Algorithm = .sha256) throws -> Digest {
        var hasher = try DigestHasher(algorithm)
        bytes.withUnsafeBytes { hasher.update($0) }
        return try hasher.finish()
    }

    /// What the real program makes of the bytes.
    private static func pack(_ bytes: [UInt8], _ program: String) throws -> [UInt8] {
        let fixture = try LayerFixture(.directory)
        let file = fixture.path.appending("outside/plain")
        try HostFile.replace(file, with: bytes, durability: .boot)
        guard system("\(program) < \(file) > \(file).packed") == 0 else {
            throw NexcageError(.commandNotFound, "\(program) does not run here")
        }
        return try HostFile.read(file.appending(suffix: ".packed"), limit: 1 << 30)
    }

    private static func type(_ program: String) -> MediaType {
        program.hasPrefix("gzip") ? .layerTarGzip : program.hasPrefix("zstd") ? .layerTarZstd : .layerTar
    }

    private func stream(
        _ blob: [UInt8], _ type: MediaType, digest: Digest? = nil, size: Int? = nil, diffID: Digest? = nil,
        chunk: Int = 1 << 20, limits: LayerLimits = LayerLimits()
    ) throws -> [UInt8] {
        let descriptor = Descriptor(
            mediaType: type, digest: try digest ?? Self.digest(blob), size: Int64(size ?? blob.count))
        var stream = try LayerStream(
            ArraySource(blob, chunk: chunk), descriptor: descriptor, diffID: diffID ?? Self.digest(Self.tar),
            limits: limits)
        var plain: [UInt8] = []
        while true {
            let bytes = try stream.next()
            if bytes.isEmpty { break }
            plain += bytes
        }
        try stream.finish()
        return plain
    }

    private func expect(_ part: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
        let error = #expect(throws: NexcageError.self, sourceLocation: sourceLocation, performing: body)
        #expect(error?.code == .integrity, sourceLocation: sourceLocation)
        #expect(error?.message.contains(part) == true, "\(String(describing: error))", sourceLocation: sourceLocation)
    }

    @Test func hashesAreThoseOfTheStandards() throws {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(try Self.digest([]).description == "sha256:\(empty)")
        let abc = try Self.digest(Array("abc".utf8), .sha512)
        #expect(abc.encoded.hasPrefix("ddaf35a193617abacc417349ae204131") && abc.encoded.hasSuffix("2a9ac94fa54ca49f"))
    }

    @Test(arguments: ["cat", "gzip -9", "gzip -1", "zstd -q -3", "zstd -q -19"], [1000, 1 << 20])
    func everyCompressionGivesTheTarBack(program: String, chunk: Int) throws {
        let blob = try Self.pack(Self.tar, program)
        #expect(try stream(blob, Self.type(program), chunk: chunk) == Self.tar)
    }

    @Test(arguments: ["gzip", "zstd -q"], [3, 1 << 20])
    func severalMembersMakeOneTar(program: String, chunk: Int) throws {
        let half = Self.tar.count / 2
        var blob = try Self.pack(Array(Self.tar[..<half]), program)
        blob += try Self.pack([], program)
        // A skippable frame, as zstd:chunked has them (RFC 8878, section 3.1.2).
        if program != "gzip" { blob += [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3] }
        blob += try Self.pack(Array(Self.tar[half...]), program)
        #expect(try stream(blob, Self.type(program), chunk: chunk) == Self.tar)
    }

    /// The last chunk is as large as the buffer: is there more, or is it the end?
    @Test(arguments: ["gzip", "zstd -q"], [1, 2, 3])
    func tarsOfWholeBuffersEndWhereTheyEnd(program: String, mebibytes: Int) throws {
        let tar = [UInt8](repeating: 7, count: mebibytes << 20)
        let blob = try Self.pack(tar, program)
        #expect(try stream(blob, Self.type(program), diffID: Self.digest(tar)).count == tar.count)
    }

    @Test(arguments: ["cat", "gzip", "zstd -q"])
    func whatIsNotAsDescribedIsRefused(program: String) throws {
        let blob = try Self.pack(Self.tar, program)
        let type = Self.type(program)
        let other = try Self.digest([1])
        expect("has the digest") { _ = try stream(blob, type, digest: other) }
        expect("diff_id") { _ = try stream(blob, type, diffID: other) }
        expect("longer than") { _ = try stream(blob, type, size: blob.count - 1) }
        expect("descriptor says") { _ = try stream(blob, type, size: blob.count + 1) }
    }

    @Test(arguments: ["gzip", "zstd -q"])
    func damageAndTruncationAreNoticed(program: String) throws {
        let blob = try Self.pack(Self.tar, program)
        let type = Self.type(program)
        for count in [0, 5, blob.count / 2, blob.count - 1] {
            expect("ends too early") { _ = try stream(Array(blob.prefix(count)), type) }
        }
        expect("") { _ = try stream(blob + [1, 2, 3, 4, 5, 6, 7, 8], type) }
        var flipped = blob
        flipped[blob.count / 2] ^= 0x55
        expect("") { _ = try stream(flipped, type) }
        expect("") { _ = try stream(Self.tar, type) }
    }

    @Test(arguments: ["gzip -9", "zstd -q -19"])
    func aBombIsStoppedAtItsLimits(program: String) throws {
        let blob = try Self.pack([UInt8](repeating: 0, count: 8 << 20), program)
        var limits = LayerLimits()
        limits.plainBytes = 4 << 20
        expect("more than 4194304 bytes") { _ = try stream(blob, Self.type(program), limits: limits) }
        limits = LayerLimits()
        limits.ratioFreeBytes = 1 << 20
        expect("250 times") { _ = try stream(blob, Self.type(program), limits: limits) }
    }

    @Test func aFrameThatAsksForTooMuchMemoryIsRefused() throws {
        let blob = try Self.pack(Self.tar, "zstd -q --long=25 -19")
        var limits = LayerLimits()
        limits.zstdWindowLog = 20
        // Input from a pipe makes zstd ask for the whole window, whatever the size.
        let piped = try Self.pack(Self.tar, "cat | zstd -q --long=25 -3")
        expect("memory") { _ = try stream(piped, .layerTarZstd, limits: limits) }
        #expect(try stream(blob, .layerTarZstd) == Self.tar)
    }

    @Test func onlyLayersAreLayers() throws {
        #expect(throws: NexcageError.self) { _ = try stream([], .manifest) }
    }
}

import NexcageSystem
import OCISpec
import Testing

@testable import NexcageImages

@Suite("From a name to the layers")
struct ImageResolverTests {
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
    }

    /// Writes what `build` makes and resolves what it returns.
    private func resolve(
        platform: Platform = .host, _ build: (inout LayoutBuilder) throws -> Descriptor
    ) throws -> ResolvedImage {
        var builder = LayoutBuilder()
        builder.tag("t", try build(&builder))
        try builder.write(to: scratch)
        return try ImageResolver(platform: platform).resolve(
            .layout(scratch.path, tag: "t"), in: try LayoutDirectory(scratch.path))
    }

    private func refusal(_ build: (inout LayoutBuilder) throws -> Descriptor) throws -> NexcageError {
        try #require(throws: NexcageError.self) { try resolve(build) }
    }

    @Test("layers are keyed by the chain of all below them")
    func chain() throws {
        let image = try resolve { try $0.image([Layers.hello, Layers.other]) }
        let first = try Digest.sha256(of: Layers.hello)
        let second = try Digest.sha256(of: Layers.other)
        #expect(image.layers.map(\.diffID) == [first, second])
        #expect(image.layers[0].chainID == first)
        #expect(image.layers[1].chainID == (try Digest.sha256(of: Array("\(first) \(second)".utf8))))
        #expect(image.indexDigest == nil)
        #expect(image.configuration.architecture == Platform.host.architecture)
    }

    @Test("the platform is found through nested indices, attestations are passed over, and both digests are kept")
    func nestedIndex() throws {
        var outer: Digest?
        var wanted: Digest?
        let image = try resolve { builder in
            var attestation = try builder.image([Layers.other])
            attestation.platform = Platform(os: "unknown", architecture: "unknown")
            var foreign = try builder.image([Layers.other], platform: Platform(architecture: "mips64"))
            foreign.platform = Platform(architecture: "mips64")
            var own = try builder.image([Layers.hello])
            own.platform = .host
            wanted = own.digest
            let inner = try builder.blob(ImageIndex(manifests: [attestation, foreign, own]).encoded(), .index)
            let index = try builder.blob(ImageIndex(manifests: [inner]).encoded(), .index)
            outer = index.digest
            return index
        }
        #expect(image.manifestDigest == wanted)
        #expect(image.indexDigest == outer)
    }

    @Test("an image for other platforms only is an error that lists them")
    func noPlatform() throws {
        let error = try refusal { builder in
            let entries = try ["mips64", "s390x"].map { name in
                var entry = try builder.image([Layers.hello], platform: Platform(architecture: name))
                entry.platform = Platform(architecture: name)
                return entry
            }
            return try builder.blob(ImageIndex(manifests: entries).encoded(), .index)
        }
        #expect(error.code == .notFound)
        #expect(error.description.contains("linux/mips64, linux/s390x"))
    }

    @Test("a manifest without an index is checked for its platform too")
    func barePlatform() throws {
        let error = try refusal { try $0.image([Layers.hello], platform: Platform(architecture: "mips64")) }
        #expect(error.description.contains("linux/mips64"))
    }

    @Test("fewer or more diff_ids than layers are refused")
    func countOfLayers() throws {
        let digest = try Digest.sha256(of: Layers.hello)
        for diffIDs in [[], [digest, digest]] {
            let error = try refusal { try $0.image([Layers.hello], diffIDs: diffIDs) }
            #expect(error.code == .integrity)
        }
        #expect(try refusal { try $0.image([]) }.code == .unsupported)
    }

    @Test("a manifest that could be read as an index, or the other way round, is refused (CVE-2021-41190)")
    func confusion() throws {
        _ = try refusal { builder in
            let image = try builder.image([Layers.hello])
            return try builder.blob(try Self.confused(image), .manifest)
        }
        _ = try refusal { builder in
            let image = try builder.image([Layers.hello])
            return try builder.blob(try Self.confused(image), .index)
        }
        _ = try refusal { builder in
            var image = try builder.image([Layers.hello])
            image.mediaType = .index
            return image
        }
        let typed = try refusal { builder in
            var image = try builder.image([Layers.hello])
            image.mediaType = .dockerManifest
            return image
        }
        #expect(typed.code == .integrity)
    }

    private static func confused(_ image: Descriptor) throws -> [UInt8] {
        let entry = String(decoding: image.encoded(), as: UTF8.self)
        return Array(#"{"schemaVersion":2,"manifests":[\#(entry)],"config":\#(entry),"layers":[]}"#.utf8)
    }

    @Test("a digest that is a path is refused before anything is opened (CVE-2024-3727)")
    func digestAsPath() throws {
        _ = try refusal { builder in
            let text = #"{"schemaVersion":2,"config":{"mediaType":"\#(MediaType.config)","digest":"sha256:../../x","#
            return try builder.blob(Array("\(text)\"size\":2},\"layers\":[]}".utf8), .manifest)
        }
    }

    @Test("an artifact, a blob and a layer of a foreign type are no images")
    func artifacts() throws {
        let artifact = try refusal { try $0.image([Layers.hello]) { $0.config.mediaType = .empty } }
        #expect(artifact.code == .unsupported)
        #expect(try refusal { try $0.blob([1, 2, 3], .layerTar) }.code == .unsupported)
        let foreign = try refusal {
            try $0.image([Layers.hello]) { $0.layers[0].mediaType = MediaType(rawValue: "text/plain") }
        }
        #expect(foreign.code == .unsupported)
    }

    @Test("indices nested without end are refused")
    func depth() throws {
        let error = try refusal { builder in
            var current = try builder.image([Layers.hello])
            for _ in 0..<20 { current = try builder.blob(ImageIndex(manifests: [current]).encoded(), .index) }
            return current
        }
        #expect(error.code == .integrity)
    }

    @Test("a configuration of more than 4 MiB is refused (CVE-2023-25153)")
    func hugeConfiguration() throws {
        let error = try refusal { builder in
            try builder.image([Layers.hello]) { $0.config.size = 5 << 20 }
        }
        #expect(error.code == .integrity)
    }
}

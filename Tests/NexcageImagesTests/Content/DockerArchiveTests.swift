import NexcageSystem
import OCISpec
import SystemPackage
import Testing

@testable import NexcageImages

@Suite("Archives of docker save")
struct DockerArchiveTests {
    private let scratch: ScratchDirectory
    private var path: FilePath { scratch.path.appending("image.tar") }

    init() throws {
        scratch = try ScratchDirectory()
    }

    private func configuration(_ diffIDs: [Digest]) -> [UInt8] {
        ImageConfiguration(
            architecture: Platform.host.architecture, os: "linux", rootfs: ImageRootFS(diffIDs: diffIDs)
        ).encoded()
    }

    private func write(_ images: [DockerArchiveImage], _ fill: (inout TarBuilder) throws -> Void) throws {
        var tar = TarBuilder()
        tar.file("manifest.json", DockerArchiveManifest(images: images).encoded())
        try fill(&tar)
        try scratch.write("image.tar", tar.finished)
    }

    private func resolve(_ name: String? = nil) throws -> ResolvedImage {
        try ImageResolver().resolve(.dockerArchive(path, name: name), in: DockerArchive(path))
    }

    @Test("plain and gzip layers, also behind links, resolve and can be read")
    func layers() throws {
        let diffIDs = try [Layers.hello, Layers.other].map { try Digest.sha256(of: $0) }
        let config = configuration(diffIDs)
        let image = DockerArchiveImage(
            config: "c.json", repoTags: ["docker.io/library/web:latest"], layers: ["a/layer.tar", "b/layer.tar"])
        try write([image]) { tar in
            tar.file("c.json", config)
            tar.symbolicLink("a/layer.tar", to: "../shared/layer.tar")
            tar.file("shared/layer.tar", Layers.hello)
            tar.file("b/layer.tar", storedGzip(Layers.other))
        }
        let resolved = try resolve("web")
        #expect(resolved.configurationDigest == (try Digest.sha256(of: config)))
        #expect(resolved.layers.map(\.diffID) == diffIDs)
        #expect(resolved.layers.map(\.descriptor.mediaType) == [.layerTar, .layerTarGzip])
        let archive = try DockerArchive(path)
        #expect(try archive.read(resolved.layers[0].descriptor, limit: 1 << 20) == Layers.hello)
        #expect(try archive.read(resolved.layers[1].descriptor, limit: 1 << 20) == storedGzip(Layers.other))
        #expect(try resolve() == ResolvedImage(resolved, reference: .dockerArchive(path, name: nil)))
        for name in ["docker.io/library/web", "library/web:latest", "docker.io/library/web:latest"] {
            #expect(try resolve(name).manifestDigest == resolved.manifestDigest)
        }
    }

    @Test("a missing or doubtful name is an error that lists the names")
    func names() throws {
        let diffIDs = [try Digest.sha256(of: Layers.hello)]
        let first = DockerArchiveImage(config: "1.json", repoTags: ["a:1"], layers: ["l.tar"])
        let second = DockerArchiveImage(config: "2.json", repoTags: ["a:2"], layers: ["l.tar"])
        try write([first, second]) { tar in
            tar.file("1.json", configuration(diffIDs))
            tar.file("2.json", configuration(diffIDs) + [0x20])
            tar.file("l.tar", Layers.hello)
        }
        for name in [nil, "a", "b:1"] {
            let error = #expect(throws: NexcageError.self) { try resolve(name) }
            #expect(error?.description.contains(#""a:1", "a:2""#) == true)
        }
        #expect(try resolve("a:2").layers.count == 1)
    }

    @Test(
        "links that lead out or in a circle and missing files are refused",
        arguments: [
            { $0.symbolicLink("l.tar", to: "../../etc/shadow") }, { $0.symbolicLink("l.tar", to: "/etc/shadow") },
            { $0.symbolicLink("l.tar", to: "l.tar") }, { $0.hardLink("l.tar", to: "1.json") },
            { $0.file("../l.tar", Layers.hello) }, { _ in },
        ] as [@Sendable (inout TarBuilder) -> Void])
    func hostile(fill: @Sendable (inout TarBuilder) -> Void) throws {
        let diffIDs = [try Digest.sha256(of: Layers.hello)]
        try write([DockerArchiveImage(config: "1.json", layers: ["l.tar"])]) { tar in
            tar.file("1.json", configuration(diffIDs))
            fill(&tar)
        }
        #expect(throws: NexcageError.self) { try DockerArchive(path) }
    }

    @Test("a count of layers that is not that of the diff_ids is refused")
    func countOfLayers() throws {
        try write([DockerArchiveImage(config: "1.json", layers: ["l.tar"])]) { tar in
            tar.file("1.json", configuration([]))
            tar.file("l.tar", Layers.hello)
        }
        let error = #expect(throws: NexcageError.self) { try DockerArchive(path) }
        #expect(error?.code == .integrity)
    }
}

extension ResolvedImage {
    /// The same image, asked for in another way.
    fileprivate init(_ other: ResolvedImage, reference: ImageReference) {
        self.init(
            reference: reference, indexDigest: other.indexDigest, manifestDigest: other.manifestDigest,
            configurationDigest: other.configurationDigest, configuration: other.configuration, layers: other.layers,
            topChainID: other.topChainID)
    }
}

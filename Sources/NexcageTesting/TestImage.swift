import NexcageImages
import NexcageSystem
package import OCISpec
package import SystemPackage

/// An OCI image of two layers: busybox, and on top of it `/app/hello`. Made with tar(1) alone.
package struct TestImage {
    private let folder: FilePath
    /// The image-layout directory.
    package var layout: FilePath { folder.appending("layout") }
    /// The layers' blobs, the lowest first.
    package let layers: [Digest]

    /// The four forms in which the image can be named.
    package enum Form: String, CaseIterable, Sendable {
        case layout, layoutArchive, dockerArchive, directory
    }

    /// Makes the image in the place of a test.
    package init(in scratch: Scratch, edit: (inout ImageDefaults) -> Void = { _ in }) throws {
        let folder = scratch.path.appending("image")
        self.folder = folder
        let upper = folder.appending("upper")
        try HostDirectory.create(upper.appending("app"), mode: 0o755)
        try HostFile.replace(
            upper.appending("app/hello"), with: Array("#!/bin/sh\necho hello $GREETED $*\n".utf8), mode: 0o755,
            durability: .boot)
        try TestBundle.makeRoot(folder.appending("rootfs"))
        try HostDirectory.create(folder.appending("layout/blobs/sha256"))

        let blobs = try ["rootfs", "upper"].map { try Self.archive(folder.appending($0)) }
        layers = try blobs.map { try Digest.sha256(of: $0) }
        var configuration = ImageConfiguration(
            architecture: Platform.host.architecture, os: "linux", rootfs: ImageRootFS(diffIDs: layers))
        var defaults = ImageDefaults()
        defaults.env = ["PATH=/bin", "GREETED=world"]
        defaults.entrypoint = ["/app/hello"]
        defaults.cmd = ["again"]
        defaults.workingDir = "/app"
        edit(&defaults)
        configuration.config = defaults

        let layerDescriptors = try blobs.map { try blob($0, .layerTar) }
        let manifest = ImageManifest(
            config: try blob(configuration.encoded(), .config), layers: layerDescriptors)
        var entry = try blob(manifest.encoded(), .manifest)
        entry.annotations["org.opencontainers.image.ref.name"] = "latest"
        try write(ImageIndex(manifests: [entry]).encoded(), "layout/index.json")
        try write(Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8), "layout/oci-layout")
    }

    /// The reference of one of the forms; archives are made when they are asked for.
    package func reference(_ form: Form = .layout) throws -> String {
        switch form {
        case .layout: return "oci:\(layout):latest"
        case .directory: return "rootfs:\(folder.appending("rootfs"))"
        case .layoutArchive:
            try Self.tar(layout, to: folder.appending("layout.tar"), ["oci-layout", "index.json", "blobs"])
            return "oci-archive:\(folder.appending("layout.tar")):latest"
        case .dockerArchive:
            let index = try ImageIndex.decode(HostFile.read(layout.appending("index.json")))
            let manifest = try ImageManifest.decode(HostFile.read(path(of: index.manifests[0].digest)))
            let names = manifest.layers.map { "\"blobs/sha256/\($0.digest.hex)\"" }.joined(separator: ",")
            let document =
                #"[{"Config":"blobs/sha256/\#(manifest.config.digest.hex)","RepoTags":["test:latest"],"Layers":[\#(names)]}]"#
            try write(Array(document.utf8), "layout/manifest.json")
            try Self.tar(layout, to: folder.appending("docker.tar"), ["manifest.json", "blobs"])
            return "docker-archive:\(folder.appending("docker.tar"))"
        }
    }

    /// The file of a blob.
    package func path(of digest: Digest) -> FilePath { layout.appending("blobs/sha256").appending(digest.hex) }

    private func blob(_ bytes: [UInt8], _ type: MediaType) throws -> Descriptor {
        let digest = try Digest.sha256(of: bytes)
        try HostFile.replace(path(of: digest), with: bytes, durability: .boot)
        return Descriptor(mediaType: type, digest: digest, size: Int64(bytes.count))
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try HostFile.replace(folder.appending(name), with: bytes, durability: .boot)
    }

    /// A directory as a layer.
    private static func archive(_ directory: FilePath) throws -> [UInt8] {
        let file = directory.appending(suffix: ".tar")
        try tar(directory, to: file, ["."])
        return try HostFile.read(file)
    }

    private static func tar(_ directory: FilePath, to file: FilePath, _ names: [String]) throws {
        _ = try LiveCommandRunner().check(
            Command(Command.locate("tar"), ["-C", directory.string, "-cf", file.string] + names))
    }
}

extension Digest {
    fileprivate var hex: String { String(description.drop { $0 != ":" }.dropFirst()) }
}

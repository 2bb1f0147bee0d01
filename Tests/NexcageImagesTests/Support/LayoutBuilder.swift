import NexcageSystem
import OCISpec
import SystemPackage

@testable import NexcageImages

/// The files of an image layout, name by name, to be written to a directory or an archive after a test has spoilt them.
struct LayoutBuilder {
    private(set) var files: [(name: String, bytes: [UInt8])] = [
        ("oci-layout", Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))
    ]
    /// The entries of `index.json`.
    var entries: [Descriptor] = []

    /// Adds a blob and describes it.
    mutating func blob(_ bytes: [UInt8], _ type: MediaType) throws -> Descriptor {
        let digest = try Digest.sha256(of: bytes)
        set(ImageLayoutFile.blob(digest), bytes)
        return Descriptor(mediaType: type, digest: digest, size: Int64(bytes.count))
    }

    /// Replaces or adds a file.
    mutating func set(_ name: String, _ bytes: [UInt8]) {
        files.removeAll { $0.name == name }
        files.append((name, bytes))
    }

    /// Adds an image of the given layers, which are plain tars.
    ///
    /// - Parameters:
    ///   - change: spoils the manifest before it is written.
    ///   - diffIDs: the configuration's; those of the layers if nil.
    mutating func image(
        _ layers: [[UInt8]], platform: Platform = .host, diffIDs: [Digest]? = nil,
        defaults: ImageDefaults = ImageDefaults(), change: (inout ImageManifest) -> Void = { _ in }
    ) throws -> Descriptor {
        let blobs = try layers.map { try blob($0, .layerTar) }
        var configuration = ImageConfiguration(
            architecture: platform.architecture, os: platform.os,
            rootfs: ImageRootFS(diffIDs: diffIDs ?? blobs.map(\.digest)))
        configuration.variant = platform.variant
        configuration.config = defaults
        var manifest = ImageManifest(config: try blob(configuration.encoded(), .config), layers: blobs)
        change(&manifest)
        return try blob(manifest.encoded(), .manifest)
    }

    /// Lists an image or index in `index.json`.
    mutating func tag(_ name: String?, _ descriptor: Descriptor) {
        var entry = descriptor
        if let name { entry.annotations["org.opencontainers.image.ref.name"] = name }
        entries.append(entry)
    }

    /// All files, with `index.json` made of ``entries`` unless a test has set it.
    var complete: [(name: String, bytes: [UInt8])] {
        if files.contains(where: { $0.name == "index.json" }) { return files }
        return files + [("index.json", ImageIndex(manifests: entries).encoded())]
    }

    /// Writes the layout to a directory.
    func write(to directory: ScratchDirectory) throws {
        for (name, bytes) in complete { try directory.write(name, bytes) }
    }

    /// The layout as an archive.
    func archive(_ change: (inout TarBuilder) -> Void = { _ in }) -> [UInt8] {
        var tar = TarBuilder()
        for (name, bytes) in complete { tar.file(name, bytes) }
        change(&tar)
        return tar.finished
    }
}

/// The configuration of an image (image-spec config.md). Members that are not named here are not kept.
public struct ImageConfiguration: Equatable, Sendable {
    /// When the image was made, RFC 3339.
    public var created: String?
    /// Who made the image.
    public var author: String?
    /// Architecture that the programs are for, such as `amd64`.
    public var architecture: String
    /// Variant of the architecture.
    public var variant: String?
    /// Operating system that the programs are for.
    public var os: String
    /// Version of the operating system.
    public var osVersion: String?
    /// Features of the operating system that are needed.
    public var osFeatures: [String]
    /// What a container of the image does by default.
    public var config: ImageDefaults?
    /// The layers.
    public var rootfs: ImageRootFS
    /// How the layers came about, first one first.
    public var history: [ImageHistory]

    /// Makes a configuration.
    public init(
        created: String? = nil, author: String? = nil, architecture: String, variant: String? = nil, os: String,
        osVersion: String? = nil, osFeatures: [String] = [], config: ImageDefaults? = nil, rootfs: ImageRootFS,
        history: [ImageHistory] = []
    ) {
        self.created = created
        self.author = author
        self.architecture = architecture
        self.variant = variant
        self.os = os
        self.osVersion = osVersion
        self.osFeatures = osFeatures
        self.config = config
        self.rootfs = rootfs
        self.history = history
    }
}

extension ImageConfiguration {
    /// The platform that the image is made for.
    public var platform: Platform {
        var platform = Platform(os: os, architecture: architecture, variant: variant)
        platform.osVersion = osVersion
        platform.osFeatures = osFeatures
        return platform
    }
}

extension ImageConfiguration: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var architecture: String?
        var os: String?
        var rootfs: ImageRootFS?
        var created: String?
        var author: String?
        var variant: String?
        var osVersion: String?
        var osFeatures: [String] = []
        var config: ImageDefaults?
        var history: [ImageHistory] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "created": created = try reader.value()
            case "author": author = try reader.value()
            case "architecture": architecture = try reader.value()
            case "variant": variant = try reader.value()
            case "os": os = try reader.value()
            case "os.version": osVersion = try reader.value()
            case "os.features": osFeatures = try reader.value()
            case "config": config = try reader.value()
            case "rootfs": rootfs = try reader.value()
            case "history": history = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            created: created,
            author: author,
            architecture: try reader.required(architecture, "architecture", at: start),
            variant: variant,
            os: try reader.required(os, "os", at: start),
            osVersion: osVersion,
            osFeatures: osFeatures,
            config: config,
            rootfs: try reader.required(rootfs, "rootfs", at: start),
            history: history)
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("created", created)
        writer.member("author", author)
        writer.member("architecture", architecture)
        writer.member("variant", variant)
        writer.member("os", os)
        writer.member("os.version", osVersion)
        writer.member("os.features", unlessEmpty: osFeatures)
        writer.member("config", config)
        writer.member("rootfs", rootfs)
        writer.member("history", unlessEmpty: history)
        writer.endObject()
    }
}

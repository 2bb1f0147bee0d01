/// One image of a docker-archive.
public struct DockerArchiveImage: Equatable, Sendable {
    /// Path of the image configuration inside the archive.
    public var config: String
    /// Names of the image.
    public var repoTags: [String]
    /// Paths of the layers' tars inside the archive, lowest first.
    public var layers: [String]

    /// Makes the entry.
    public init(config: String, repoTags: [String] = [], layers: [String]) {
        self.config = config
        self.repoTags = repoTags
        self.layers = layers
    }
}

extension DockerArchiveImage: JSONDecodable, JSONEncodable {
    /// Reads the object; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var config: String?
        var layers: [String]?
        var repoTags: [String] = []
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "Config": config = try reader.value()
            case "RepoTags": repoTags = try reader.value()
            case "Layers": layers = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            config: try reader.required(config, "Config", at: start),
            repoTags: repoTags,
            layers: try reader.required(layers, "Layers", at: start))
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("Config", config)
        writer.member("RepoTags", unlessEmpty: repoTags)
        writer.member("Layers", layers)
        writer.endObject()
    }
}

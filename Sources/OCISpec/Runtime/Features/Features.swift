/// What a runtime can do: the document of the `features` verb (features.md). Absent means unknown, not unsupported.
public struct Features: Equatable, Sendable {
    /// Oldest version of the specification that is understood.
    public var ociVersionMin: String?
    /// Newest version of the specification that is understood.
    public var ociVersionMax: String?
    /// Names of the hooks that are run.
    public var hooks: [String]?
    /// Mount options that the runtime itself acts on.
    public var mountOptions: [String]?
    /// What only Linux has.
    public var linux: LinuxFeatures?
    /// Further facts, such as the runtime's version.
    public var annotations: [String: String] = [:]
    /// Annotations of a configuration that widen what a container may do; a name ending in a dot is a prefix.
    public var potentiallyUnsafeConfigAnnotations: [String]?

    /// A document that says nothing.
    public init() {}
}

extension Features: JSONDecodable, JSONEncodable {
    /// Reads the object.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "ociVersionMin": ociVersionMin = try reader.value()
            case "ociVersionMax": ociVersionMax = try reader.value()
            case "hooks": hooks = try reader.value()
            case "mountOptions": mountOptions = try reader.value()
            case "linux": linux = try reader.value()
            case "annotations": annotations = try reader.value()
            case "potentiallyUnsafeConfigAnnotations": potentiallyUnsafeConfigAnnotations = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the object in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ociVersionMin", ociVersionMin)
        writer.member("ociVersionMax", ociVersionMax)
        writer.member("hooks", hooks)
        writer.member("mountOptions", mountOptions)
        writer.member("linux", linux)
        writer.member("annotations", unlessEmpty: annotations)
        writer.member("potentiallyUnsafeConfigAnnotations", potentiallyUnsafeConfigAnnotations)
        writer.endObject()
    }
}

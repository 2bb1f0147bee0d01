/// The configuration of a container: `config.json` of a bundle, OCI runtime-spec 1.0 to 1.3, Linux part.
///
/// Members of other platforms are passed over. An empty list or map means the same as an absent one, as in the
/// specification. Decoding checks syntax and types; ``validate()`` checks what the values mean.
public struct RuntimeSpec: Equatable, Sendable {
    /// Version of the specification that the bundle follows; empty when the document does not say.
    public var ociVersion: String
    /// The container's process; absent, the container can be created but not started.
    public var process: ProcessSpec?
    /// The container's root file system.
    public var root: RootSpec?
    /// Host name inside the container's UTS namespace.
    public var hostname: String?
    /// NIS domain name inside the container's UTS namespace.
    public var domainname: String?
    /// Mounts on top of the root, in the order in which they are made.
    public var mounts: [MountSpec] = []
    /// Programs to run at points of the life cycle.
    public var hooks: Hooks?
    /// Metadata of the caller.
    public var annotations: [String: String] = [:]
    /// What only Linux has.
    public var linux: LinuxSpec?

    /// A configuration that says nothing but its version.
    public init(ociVersion: String = RuntimeSpec.currentVersion) {
        self.ociVersion = ociVersion
    }

    /// The newest version of the specification that this type knows in full.
    public static let currentVersion = "1.3.0"
}

extension RuntimeSpec: JSONDecodable, JSONEncodable {
    /// Reads a configuration.
    public init(json reader: inout JSONReader) throws(JSONError) {
        self.init(ociVersion: "")
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "ociVersion": ociVersion = try reader.value()
            case "process": process = try reader.value()
            case "root": root = try reader.value()
            case "hostname": hostname = try reader.value()
            case "domainname": domainname = try reader.value()
            case "mounts": mounts = try reader.value()
            case "hooks": hooks = try reader.value()
            case "annotations": annotations = try reader.value()
            case "linux": linux = try reader.value()
            default: try reader.skip()
            }
        }
    }

    /// Writes the configuration in the order of the specification.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ociVersion", ociVersion)
        writer.member("process", process)
        writer.member("root", root)
        writer.member("hostname", hostname)
        writer.member("domainname", domainname)
        writer.member("mounts", unlessEmpty: mounts)
        writer.member("hooks", hooks)
        writer.member("annotations", unlessEmpty: annotations)
        writer.member("linux", linux)
        writer.endObject()
    }
}

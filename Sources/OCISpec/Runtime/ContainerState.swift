/// The state of a container, as `state` prints it and as hooks read it (runtime.md, "State").
public struct ContainerState: Equatable, Sendable {
    /// Version of the specification that the state follows.
    public var ociVersion: String
    /// The container's id.
    public var id: String
    /// Where the container is in its life cycle.
    public var status: ContainerStatus
    /// Process id of the container's process on the host; 0 or absent when there is none.
    public var pid: Int32?
    /// Absolute path of the bundle.
    public var bundle: String
    /// The annotations of the configuration.
    public var annotations: [String: String]
    /// Absolute path of the root file system, an extra of runc.
    public var rootfs: String?
    /// When the container was created, RFC 3339 in UTC, an extra of runc.
    public var created: String?
    /// Name of the user who created the container, an extra of runc.
    public var owner: String?

    /// Makes a state.
    public init(
        ociVersion: String = RuntimeSpec.currentVersion, id: String, status: ContainerStatus, pid: Int32? = nil,
        bundle: String, annotations: [String: String] = [:]
    ) {
        self.ociVersion = ociVersion
        self.id = id
        self.status = status
        self.pid = pid
        self.bundle = bundle
        self.annotations = annotations
    }
}

extension ContainerState: JSONDecodable, JSONEncodable {
    /// Reads a state; an error when a required member is missing.
    public init(json reader: inout JSONReader) throws(JSONError) {
        var ociVersion: String?
        var id: String?
        var status: ContainerStatus?
        var pid: Int32?
        var bundle: String?
        var annotations: [String: String] = [:]
        var rootfs: String?
        var created: String?
        var owner: String?
        let start = try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "ociVersion": ociVersion = try reader.value()
            case "id": id = try reader.value()
            case "status": status = try reader.value()
            case "pid": pid = try reader.value()
            case "bundle": bundle = try reader.value()
            case "annotations": annotations = try reader.value()
            case "rootfs": rootfs = try reader.value()
            case "created": created = try reader.value()
            case "owner": owner = try reader.value()
            default: try reader.skip()
            }
        }
        self.init(
            ociVersion: try reader.required(ociVersion, "ociVersion", at: start),
            id: try reader.required(id, "id", at: start),
            status: try reader.required(status, "status", at: start),
            pid: pid,
            bundle: try reader.required(bundle, "bundle", at: start))
        self.annotations = annotations
        self.rootfs = rootfs
        self.created = created
        self.owner = owner
    }

    /// Writes the state in the order of runc.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ociVersion", ociVersion)
        writer.member("id", id)
        writer.member("pid", pid)
        writer.member("status", status)
        writer.member("bundle", bundle)
        writer.member("rootfs", rootfs)
        writer.member("created", created)
        writer.member("annotations", unlessEmpty: annotations)
        writer.member("owner", owner)
        writer.endObject()
    }
}

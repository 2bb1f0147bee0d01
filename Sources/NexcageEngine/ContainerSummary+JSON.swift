public import OCISpec

extension ContainerSummary: JSONEncodable {
    /// runc's members of one container, and behind them ours.
    public func encode(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ociVersion", state.ociVersion)
        writer.member("id", state.id)
        writer.member("pid", state.pid ?? 0)
        writer.member("status", state.status)
        writer.member("bundle", state.bundle)
        writer.member("rootfs", state.rootfs)
        writer.member("created", state.created)
        writer.member("annotations", unlessEmpty: state.annotations)
        writer.member("owner", state.owner)
        writer.member("backend", backend)
        writer.member("name", name)
        writer.member("image", image)
        if let exitCode { writer.member("exitCode", exitCode) }
        writer.endObject()
    }
}

internal import OCISpec

extension SpecGenerator {
    /// What the image says about itself, under the names of the image specification ("Conversion to OCI Runtime
    /// Configuration"), then the user's labels and annotations over it.
    ///
    /// Of the image's labels only `org.opencontainers.image.*` are taken. A label such as `run.oci.handler` would otherwise
    /// steer the runtime, and `nexcage.runtime` the choice of the backend.
    func annotations() -> [String: String] {
        let prefix = "org.opencontainers.image."
        var annotations: [String: String] = [:]
        func describe(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { annotations[prefix + name] = value }
        }
        describe("os", configuration?.os)
        describe("architecture", configuration?.architecture)
        describe("variant", configuration?.variant)
        describe("author", configuration?.author)
        describe("created", configuration?.created)
        describe("stopSignal", image.stopSignal)
        describe("exposedPorts", image.exposedPorts.names.sorted().joined(separator: ","))
        for (name, value) in image.labels where name.hasPrefix(prefix) { annotations[name] = value }
        annotations.merge(options.labels) { _, label in label }
        annotations.merge(options.annotations) { _, annotation in annotation }
        return annotations
    }
}

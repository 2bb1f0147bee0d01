package import NexcageSystem
package import OCISpec
internal import SystemPackage

/// Where results go; messages go elsewhere.
package enum StandardOutput {
    /// Writes a result.
    package static func write(_ text: String) throws(NexcageError) {
        try write(Array(text.utf8))
    }

    /// Writes a result that is ready as bytes.
    package static func write(_ bytes: [UInt8]) throws(NexcageError) {
        try FileDescriptor.standardOutput.writeAll(bytes, name: "standard output")
    }

    /// Writes a document and a newline.
    package static func write(_ document: some JSONEncodable, style: JSONStyle = .pretty) throws(NexcageError) {
        try write(document.encoded(style) + [0x0A])
    }
}

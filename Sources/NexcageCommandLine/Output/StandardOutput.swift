internal import Glibc
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

    /// A second way to standard output, for a result that is known only after the first has become a container's.
    package static func duplicate() throws(NexcageError) -> OwnedDescriptor {
        // Above everything that could be passed to a container.
        try OwnedDescriptor(checking: fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 200), "copy", "standard output")
    }

    /// Writes a document and a newline.
    package static func write(_ document: some JSONEncodable, style: JSONStyle = .pretty) throws(NexcageError) {
        try write(document.encoded(style) + [0x0A])
    }
}

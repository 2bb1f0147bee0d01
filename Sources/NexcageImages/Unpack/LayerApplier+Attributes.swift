internal import NexcageSystem
internal import SystemPackage

extension LayerApplier {
    mutating func setAttributes(
        of file: FileDescriptor, _ entry: TarEntry
    ) throws(NexcageError) {
        try file.setOwner(entry.owner, entry.group)
        try file.setMode(entry.mode)
        for (key, value) in entry.attributes where mayKeep(key) {
            if try !file.setAttribute(key, value) { try noteRefused(key) }
        }
    }

    mutating func setExtendedAttributes(
        of name: RootDirectory.Name, _ entry: TarEntry
    ) throws(NexcageError) {
        for (key, value) in entry.attributes where mayKeep(key) {
            if try !parent.folder.setAttribute(of: name, key, value) { try noteRefused(key) }
        }
    }

    private static let user = Array("user.".utf8)
    private static let overlay = Array("user.overlay.".utf8)
    private static let capability = Array("security.capability".utf8)

    private mutating func mayKeep(_ key: [UInt8]) -> Bool {
        if key == Self.capability || key.starts(with: Self.user) && !key.starts(with: Self.overlay) { return true }
        report.droppedAttributes += 1
        return false
    }

    /// A program without its capability does not work; other attributes are missed by few.
    private mutating func noteRefused(_ key: [UInt8]) throws(NexcageError) {
        guard key != Self.capability else {
            throw NexcageError(.unsupported, "the file system of the snapshots cannot keep security.capability")
        }
        report.warn("the file system cannot keep the attribute \(quoted(String(decoding: key, as: UTF8.self)))")
    }
}

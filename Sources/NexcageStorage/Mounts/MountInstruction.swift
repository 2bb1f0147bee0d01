public import NexcageSystem
public import SystemPackage

/// One mount that a snapshot's tree needs.
///
/// ``type``, ``source`` and ``options`` are what mount(8), fstab and an OCI configuration write; ``attach(below:)`` does
/// it, without their limit of a page for all options.
public struct MountInstruction: Sendable, Equatable {
    /// The mount itself.
    public enum Content: Sendable, Equatable {
        /// A directory of the host.
        case bind(FilePath)
        /// overlayfs; lower directories nearest first, upper and work directory for one that can be written to.
        case overlay(lower: [FilePath], upper: FilePath?, work: FilePath?)
    }

    /// What is mounted.
    public let content: Content
    /// Where, relative to the root of the tree; empty for the root itself.
    public let target: String
    /// Whether nothing can be written through it.
    public let isReadOnly: Bool

    /// Makes an instruction.
    public init(_ content: Content, target: String = "", isReadOnly: Bool) {
        self.content = content
        self.target = target
        self.isReadOnly = isReadOnly
    }

    /// `bind` or `overlay`.
    public var type: String {
        switch content {
        case .bind: "bind"
        case .overlay: "overlay"
        }
    }

    /// The source as mount(8) has it.
    public var source: String {
        switch content {
        case .bind(let path): path.string
        case .overlay: "overlay"
        }
    }

    /// The options as mount(8) has them.
    public var options: [String] {
        let access = isReadOnly ? "ro" : "rw"
        switch content {
        case .bind: return ["rbind", access]
        case .overlay(let lower, let upper, let work):
            var options = [access, "lowerdir=" + lower.map(\.string).joined(separator: ":")]
            if let upper { options.append("upperdir=\(upper.string)") }
            if let work { options.append("workdir=\(work.string)") }
            return options
        }
    }

    /// Mounts it on the directory `root`, or on the directory ``target`` below that.
    ///
    /// - Throws: the error number with the kernel's own words about it.
    public func attach(below root: FilePath) throws(NexcageError) {
        let path = target.isEmpty ? root : root.pushing(FilePath(target))
        let mount = try detached()
        if isReadOnly { try mount.makeReadOnly() }
        try mount.attach(at: path)
    }

    private func detached() throws(NexcageError) -> RootDirectory.DetachedMount {
        switch content {
        case .bind(let path): try RootDirectory.DetachedMount(binding: path)
        case .overlay(let lower, let upper, let work):
            try RootDirectory.DetachedMount(overlay: lower, upper: upper, work: work)
        }
    }
}

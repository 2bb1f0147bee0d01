public import NexcageSystem
public import SystemPackage

/// A bind mount as users type it: `SOURCE:DESTINATION[:OPTION,…]`.
public struct VolumeArgument: Sendable, Hashable {
    /// The file or directory of the host, absolute.
    public let source: FilePath
    /// Where it appears in the container, absolute and without `.` and `..`.
    public let destination: FilePath
    /// Mount options of the runtime specification, `rbind` or `bind` among them.
    public let options: [String]

    /// Parses a `-v` argument.
    ///
    /// The options are `ro` and `rw`; `bind` and `rbind` (the default); `private`, `rprivate` (the default), `slave`,
    /// `rslave`, `shared` and `rshared`; `nosuid`, `nodev`, `noexec` and their opposites. `z` and `Z` ask for SELinux
    /// labels: they are taken and mean nothing, as no host that nexcage supports has SELinux.
    ///
    /// - Parameter currentDirectory: what a source that begins with `./` or `../` is relative to.
    /// - Throws: `usage` for anything else; `unsupported` for a named volume.
    public init(parsing text: String, currentDirectory: FilePath) throws(NexcageError) {
        func refusal(_ reason: String) -> NexcageError { NexcageError(.usage, "volume \(quoted(text)): \(reason)") }

        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw refusal("control characters are not allowed")
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
            throw refusal("expected SOURCE:DESTINATION or SOURCE:DESTINATION:OPTIONS, such as /srv/data:/data:ro")
        }
        if parts[0].first == "/" {
            source = FilePath(String(parts[0]))
        } else if parts[0].first == "." {
            source = currentDirectory.pushing(FilePath(String(parts[0])))
        } else {
            throw NexcageError(
                .unsupported,
                "volume \(quoted(text)): named volumes are not supported; write a path, such as /srv/\(parts[0])")
        }
        destination = try Self.destination(parts[1], refusal)
        options = try Self.options(parts.count == 3 ? parts[2] : "", refusal)
    }

    private static func destination(
        _ text: Substring, _ refusal: (String) -> NexcageError
    ) throws(NexcageError) -> FilePath {
        let path = FilePath(String(text))
        guard path.isAbsolute, !path.components.contains(where: { $0.kind == .parentDirectory }) else {
            throw refusal("the destination must be an absolute path without \"..\"")
        }
        let clean = path.lexicallyNormalized()
        guard let first = clean.components.first else { throw refusal("the destination must not be \"/\"") }
        // A mount there could hide the files that security modules and the runtime itself rely on (CVE-2019-16884).
        guard first.string != "proc" else { throw refusal("nothing can be mounted over /proc") }
        return clean
    }

    private static func options(
        _ text: Substring, _ refusal: (String) -> NexcageError
    ) throws(NexcageError) -> [String] {
        var access: String?
        var binding: String?
        var propagation: String?
        var flags: [String] = []

        /// A second word of the same group contradicts the first, or says it twice: neither can be meant.
        func assign(_ slot: inout String?, _ word: String) throws(NexcageError) {
            guard slot == nil else {
                throw refusal("options \(quoted(slot ?? "")) and \(quoted(word)) exclude each other")
            }
            slot = word
        }

        for part in text.split(separator: ",") {
            let word = String(part)
            switch word {
            case "ro", "rw": try assign(&access, word)
            case "bind", "rbind": try assign(&binding, word)
            case "private", "rprivate", "slave", "rslave", "shared", "rshared": try assign(&propagation, word)
            case "nosuid", "suid", "nodev", "dev", "noexec", "exec": flags.append(word)
            case "z", "Z": continue
            default: throw refusal("unknown option \(quoted(word))")
            }
        }
        return [binding ?? "rbind", propagation ?? "rprivate", access ?? "rw"] + flags
    }
}
